import type { CedarValueJson } from '@cedar-policy/cedar-wasm';
import type { Json, JsonObject } from '@sallyport/kernel';
import {
  type CedarRecord,
  type CedarValue,
  decimalText,
  parseDecimal,
  recordOf,
  setOf,
} from './cedar-value.ts';
import type { NumberPlan } from './number-plan.ts';

/** Deepest argument that has a Cedar form. */
export const maxArgumentDepth = 32;

/** Names that Cedar would interpret (`__entity`, `__extn`) get this in front, so a caller cannot inject them. */
export const renamedPrefix = 'raw:';

/** Which top-level arguments a slice reads. */
export type ReadNames = 'all' | ReadonlySet<string>;

/** No Cedar form: too deep, or a number that Cedar cannot hold. */
class NotEvaluable extends Error {}

/**
 * The arguments that policies read, as a Cedar record; `undefined` when one of them has no Cedar form.
 * `null` is left out, text is made well formed, numbers follow the schema.
 */
export function mapArguments(input: {
  readonly args: JsonObject;
  readonly names: ReadNames;
  readonly plan: NumberPlan;
}): CedarRecord | undefined {
  const { args, names, plan } = input;
  try {
    return names === 'all' ? recordFrom(args, plan, 1) : pick(args, names, plan);
  } catch (error) {
    if (error instanceof NotEvaluable) return undefined;
    throw error;
  }
}

function pick(args: JsonObject, names: ReadonlySet<string>, plan: NumberPlan): CedarRecord {
  const fields = new Map<string, CedarValue>();
  for (const name of names) {
    const original =
      name.startsWith(`${renamedPrefix}__`) && !Object.hasOwn(args, name)
        ? name.slice(renamedPrefix.length)
        : name;
    if (original.startsWith('__') && original === name) continue;
    if (!Object.hasOwn(args, original)) continue;
    const value = valueFrom(args[original], plan.property(original), 2);
    if (value !== undefined) fields.set(name, value);
  }
  return recordOf(fields);
}

function valueFrom(json: Json | undefined, plan: NumberPlan, depth: number): CedarValue | undefined {
  switch (typeof json) {
    case 'string':
      return json.toWellFormed();
    case 'boolean':
      return json;
    case 'number':
      return numberFrom(json, plan);
    case 'object':
      if (json === null) return undefined;
      if (depth > maxArgumentDepth) throw new NotEvaluable('too deep');
      return isList(json) ? setFrom(json, plan, depth) : recordFrom(json, plan, depth);
    default:
      return undefined;
  }
}

function setFrom(list: readonly Json[], plan: NumberPlan, depth: number): CedarValue {
  const itemPlan = plan.item();
  const members: CedarValue[] = [];
  for (const member of list) {
    const value = valueFrom(member, itemPlan, depth + 1);
    if (value !== undefined) members.push(value);
  }
  return setOf(members);
}

function recordFrom(object: JsonObject, plan: NumberPlan, depth: number): CedarRecord {
  const fields = new Map<string, CedarValue>();
  for (const [name, json] of Object.entries(object)) {
    const value = valueFrom(json, plan.property(name), depth + 1);
    if (value === undefined) continue;
    const field = name.toWellFormed();
    // A name that was really given wins over a renamed one.
    if (!field.startsWith('__')) fields.set(field, value);
    else if (!Object.hasOwn(object, renamedPrefix + field)) fields.set(renamedPrefix + field, value);
  }
  return recordOf(fields);
}

/**
 * A Long must be exact: beyond 2^53 the parsed number may differ from the text that the upstream gets. A decimal is
 * rounded to four places.
 */
function numberFrom(value: number, plan: NumberPlan): CedarValue {
  if (plan.kind === 'long') {
    if (!Number.isSafeInteger(value)) throw new NotEvaluable('not a safe integer');
    return value + 0;
  }
  const decimal = Math.abs(value) < 1e15 ? parseDecimal(value.toFixed(4)) : undefined;
  if (!decimal) throw new NotEvaluable('decimal out of range');
  return decimal;
}

function isList(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json);
}

/** The same value in the form that the engine reads. */
export function toCedarJson(value: CedarValue): CedarValueJson {
  if (typeof value === 'bigint') throw new NotEvaluable('no argument is a bigint');
  if (typeof value !== 'object') return value;
  switch (value.kind) {
    case 'decimal':
      return { __extn: { fn: 'decimal', arg: decimalText(value) } };
    case 'entity':
      return { __entity: { type: value.entityType, id: value.id } };
    case 'set':
      return value.members.map(toCedarJson);
    case 'record':
      return Object.fromEntries([...value.fields].map(([name, field]) => [name, toCedarJson(field)]));
  }
}
