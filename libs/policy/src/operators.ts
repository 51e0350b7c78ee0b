import {
  areEqual,
  type CedarDecimal,
  type CedarEntity,
  type CedarLong,
  type CedarSet,
  type CedarValue,
  EvaluationError,
  indexOf,
  toLong,
  valueKey,
} from './cedar-value.ts';

type Binary = (left: CedarValue, right: CedarValue) => CedarValue;

/** Cedar's operators on two evaluated operands; each throws `EvaluationError` where Cedar reports a type error. */
export const binaryOperators: Readonly<Record<string, Binary>> = {
  '==': areEqual,
  '!=': (left, right) => !areEqual(left, right),
  '<': (left, right) => long(left) < long(right),
  '<=': (left, right) => long(left) <= long(right),
  '>': (left, right) => long(left) > long(right),
  '>=': (left, right) => long(left) >= long(right),
  '+': (left, right) => toLong(BigInt(long(left)) + BigInt(long(right))),
  '-': (left, right) => toLong(BigInt(long(left)) - BigInt(long(right))),
  '*': (left, right) => toLong(BigInt(long(left)) * BigInt(long(right))),
  in: isIn,
  contains: (left, right) => indexOf(set(left)).has(valueKey(right)),
  containsAll: (left, right) => {
    const index = indexOf(set(left));
    return set(right).members.every((member) => index.has(valueKey(member)));
  },
  containsAny: (left, right) => {
    const index = indexOf(set(left));
    return set(right).members.some((member) => index.has(valueKey(member)));
  },
};

/** Comparisons of the decimal extension. */
export const decimalOperators: Readonly<Record<string, Binary>> = {
  lessThan: (left, right) => decimal(left).units < decimal(right).units,
  lessThanOrEqual: (left, right) => decimal(left).units <= decimal(right).units,
  greaterThan: (left, right) => decimal(left).units > decimal(right).units,
  greaterThanOrEqual: (left, right) => decimal(left).units >= decimal(right).units,
};

export function truth(value: CedarValue): boolean {
  if (typeof value !== 'boolean') throw new EvaluationError('a condition needs true or false');
  return value;
}

export function negate(value: CedarValue): CedarLong {
  return toLong(-BigInt(long(value)));
}

export function setIsEmpty(value: CedarValue): boolean {
  return set(value).members.length === 0;
}

/** Our entities carry no attributes, so only records have any. */
export function attributeOf(value: CedarValue, name: string): CedarValue {
  if (typeof value === 'object' && value.kind === 'record') {
    const field = value.fields.get(name);
    if (field !== undefined) return field;
  }
  throw new EvaluationError(`no attribute ${name}`);
}

/** `has a.b.c`: each step but the last must be a record to go on. */
export function hasAttributes(value: CedarValue, path: readonly string[]): boolean {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object') throw new EvaluationError('has needs a record');
    if (current.kind === 'entity') return false;
    if (current.kind !== 'record') throw new EvaluationError('has needs a record');
    const next = current.fields.get(name);
    if (next === undefined) return false;
    current = next;
  }
  return true;
}

export function isOfType(value: CedarValue, entityType: string): boolean {
  return entity(value).entityType === entityType;
}

/** Whether an entity is a group or in it, or in one of a set of groups. */
export function isIn(left: CedarValue, right: CedarValue): boolean {
  const member = entity(left);
  if (typeof right === 'object' && right.kind === 'set') {
    // Cedar wants every member of the set to be an entity, also after a hit.
    return right.members.map(entity).some((group) => isMember(member, group));
  }
  return isMember(member, entity(right));
}

function isMember(member: CedarEntity, group: CedarEntity): boolean {
  return member.uid === group.uid || member.ancestors.has(group.uid);
}

function long(value: CedarValue): CedarLong {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new EvaluationError('expected a Long');
}

function set(value: CedarValue): CedarSet {
  if (typeof value === 'object' && value.kind === 'set') return value;
  throw new EvaluationError('expected a set');
}

function entity(value: CedarValue): CedarEntity {
  if (typeof value === 'object' && value.kind === 'entity') return value;
  throw new EvaluationError('expected an entity');
}

function decimal(value: CedarValue): CedarDecimal {
  if (typeof value === 'object' && value.kind === 'decimal') return value;
  throw new EvaluationError('expected a decimal');
}
