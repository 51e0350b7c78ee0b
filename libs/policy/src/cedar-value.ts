/** An entity with everything it is in. */
export interface CedarEntity {
  readonly kind: 'entity';
  readonly entityType: string;
  readonly id: string;
  /** `uidText` of this entity. */
  readonly uid: string;
  /** All groups it is in, itself not included … */
  readonly groups: readonly CedarEntity[];
  /** … and their `uidText`. */
  readonly ancestors: ReadonlySet<string>;
}

/** A number with four decimal places: `units` are ten-thousandths. */
export interface CedarDecimal {
  readonly kind: 'decimal';
  readonly units: bigint;
}

export interface CedarSet {
  readonly kind: 'set';
  readonly members: readonly CedarValue[];
  /** `valueKey` of every member, made when first asked for. */
  index: ReadonlySet<string> | undefined;
}

export interface CedarRecord {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, CedarValue>;
}

/** A Cedar Long is a number while it is safe, else a bigint: one form per value. */
export type CedarLong = number | bigint;

/** Every value that compiled policies work on. */
export type CedarValue = boolean | CedarLong | string | CedarEntity | CedarDecimal | CedarSet | CedarRecord;

/** Why a policy could not be evaluated; Cedar skips such a policy, a forbid then denies here. */
export class EvaluationError extends Error {}

const noAncestors: ReadonlySet<string> = new Set();

/** A text that names one entity and no other. */
export function uidText(entityType: string, id: string): string {
  return `${entityType}::${JSON.stringify(id)}`;
}

/** An entity; `groups` are all it is in, directly or not. */
export function entityOf(entityType: string, id: string, groups: readonly CedarEntity[] = []): CedarEntity {
  const ancestors = groups.length === 0 ? noAncestors : new Set(groups.map((group) => group.uid));
  return { kind: 'entity', entityType, id, uid: uidText(entityType, id), groups, ancestors };
}

export function setOf(members: readonly CedarValue[]): CedarSet {
  return { kind: 'set', members, index: undefined };
}

export function recordOf(fields: ReadonlyMap<string, CedarValue>): CedarRecord {
  return { kind: 'record', fields };
}

/** Cedar equality: values of different types are unequal, sets ignore order and repetition. */
export function areEqual(left: CedarValue, right: CedarValue): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') return left === right;
  return left.kind === right.kind && valueKey(left) === valueKey(right);
}

export function indexOf(set: CedarSet): ReadonlySet<string> {
  set.index ??= new Set(set.members.map(valueKey));
  return set.index;
}

/** A text that two values share exactly when they are equal. */
export function valueKey(value: CedarValue): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'string':
      return JSON.stringify(value);
    case 'number':
    case 'bigint':
      return String(value);
    default:
      return objectKey(value);
  }
}

function objectKey(value: CedarEntity | CedarDecimal | CedarSet | CedarRecord): string {
  switch (value.kind) {
    case 'entity':
      return value.uid;
    case 'decimal':
      return `decimal(${value.units})`;
    case 'set':
      return `[${[...indexOf(value)].sort().join(',')}]`;
    case 'record':
      return `{${[...value.fields]
        .map(([name, field]) => `${JSON.stringify(name)}:${valueKey(field)}`)
        .sort()
        .join(',')}}`;
  }
}

const maxLong = 2n ** 63n - 1n;
const minLong = -(2n ** 63n);

/** The one form of a Long. @throws EvaluationError when it does not fit into 64 bits. */
export function toLong(value: bigint): CedarLong {
  if (value > maxLong || value < minLong) throw new EvaluationError('integer overflow');
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

const decimalPattern = /^(-?)0*(\d{1,15})\.(\d{1,4})$/;

/** Reads `123.45`; `undefined` when the text is no decimal or out of range. */
export function parseDecimal(text: string): CedarDecimal | undefined {
  const match = decimalPattern.exec(text);
  if (!match) return undefined;
  const units = BigInt(match[2] ?? '0') * 10_000n + BigInt((match[3] ?? '').padEnd(4, '0'));
  const signed = match[1] === '-' ? -units : units;
  if (signed > maxLong || signed < minLong) return undefined;
  return { kind: 'decimal', units: signed };
}

/** Writes a decimal so that the engine reads the same value. */
export function decimalText(value: CedarDecimal): string {
  const digits = (value.units < 0n ? -value.units : value.units).toString().padStart(5, '0');
  return `${value.units < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
