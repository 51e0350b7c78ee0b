import { isJsonObject } from '@sallyport/mcp';

/** Says `true` only when a value surely fits; `false` means: ask the full validator. */
export type QuickCheck = (value: unknown) => boolean;

/** Asks a quick check. */
export function acceptsSurely(check: QuickCheck, value: unknown): boolean {
  return check(value);
}

/** Keywords that say nothing about validity. */
const silent: ReadonlySet<string> = new Set([
  '$schema',
  'title',
  'description',
  'default',
  'examples',
  'format',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
  'x-mcp-header',
]);

const maxDepth = 8;

/**
 * Closures for the plain schemas that most tools have; `undefined` for a schema with any keyword this does not
 * know. No code is generated. What it accepts, the full validator accepts too (a property test says so).
 */
export function compileQuick(schema: unknown, depth = 0): QuickCheck | undefined {
  if (schema === true) return () => true;
  if (!isJsonObject(schema) || depth > maxDepth) return undefined;
  const checks: QuickCheck[] = [];
  for (const key of Object.keys(schema)) {
    if (silent.has(key) || partners.has(key)) continue;
    const check = Object.hasOwn(keywords, key) ? keywords[key]?.(schema[key], schema, depth) : undefined;
    if (!check) return undefined;
    checks.push(check);
  }
  if (hasPartnersAlone(schema)) checks.push(objectCheck({}, schema, depth) ?? never);
  return allOf(checks);
}

const never: QuickCheck = () => false;

function hasPartnersAlone(schema: Readonly<Record<string, unknown>>): boolean {
  if (Object.hasOwn(schema, 'properties')) return false;
  return Object.hasOwn(schema, 'required') || Object.hasOwn(schema, 'additionalProperties');
}

function allOf(checks: readonly QuickCheck[]): QuickCheck {
  return (value) => {
    for (const check of checks) if (!check(value)) return false;
    return true;
  };
}

type MakeCheck = (
  value: unknown,
  schema: Readonly<Record<string, unknown>>,
  depth: number,
) => QuickCheck | undefined;

/** Read together with `properties`. */
const partners: ReadonlySet<string> = new Set(['required', 'additionalProperties']);

const bound =
  (fits: (value: number, limit: number) => boolean): MakeCheck =>
  (limit) =>
    typeof limit === 'number' ? (value) => typeof value !== 'number' || fits(value, limit) : undefined;

/** A pair of units is one character for the schema: short enough in units is short enough, long enough in half of them. */
const longest: MakeCheck = (limit) =>
  typeof limit === 'number' ? (value) => typeof value !== 'string' || value.length <= limit : undefined;
const shortest: MakeCheck = (limit) =>
  typeof limit === 'number' ? (value) => typeof value !== 'string' || value.length >= limit * 2 : undefined;

const keywords: Readonly<Record<string, MakeCheck>> = {
  type: (type) => typeCheck(type),
  enum: (allowed) => enumCheck(allowed),
  const: (allowed) => enumCheck([allowed]),
  minimum: bound((value, limit) => value >= limit),
  maximum: bound((value, limit) => value <= limit),
  exclusiveMinimum: bound((value, limit) => value > limit),
  exclusiveMaximum: bound((value, limit) => value < limit),
  maxLength: longest,
  minLength: shortest,
  maxItems: (limit) =>
    typeof limit === 'number' ? (value) => !Array.isArray(value) || value.length <= limit : undefined,
  minItems: (limit) =>
    typeof limit === 'number' ? (value) => !Array.isArray(value) || value.length >= limit : undefined,
  items: (schema, _whole, depth) => itemsCheck(schema, depth),
  properties: (properties, schema, depth) => objectCheck(properties, schema, depth),
};

function typeCheck(type: unknown): QuickCheck | undefined {
  switch (type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === type;
    case 'number':
      return (value) => typeof value === 'number';
    case 'integer':
      return (value) => Number.isSafeInteger(value);
    case 'object':
      return isJsonObject;
    case 'array':
      return Array.isArray;
    case 'null':
      return (value) => value === null;
    default:
      return undefined;
  }
}

function enumCheck(allowed: unknown): QuickCheck | undefined {
  if (!Array.isArray(allowed) || allowed.some((item) => typeof item === 'object' && item !== null))
    return undefined;
  const set: ReadonlySet<unknown> = new Set(allowed);
  return (value) => set.has(value);
}

function itemsCheck(schema: unknown, depth: number): QuickCheck | undefined {
  const check = compileQuick(schema, depth + 1);
  return check && ((value) => !Array.isArray(value) || value.every(check));
}

function objectCheck(
  properties: unknown,
  schema: Readonly<Record<string, unknown>>,
  depth: number,
): QuickCheck | undefined {
  if (!isJsonObject(properties)) return undefined;
  const { required = [], additionalProperties = true } = schema;
  if (!Array.isArray(required) || typeof additionalProperties !== 'boolean') return undefined;
  const checks = new Map<string, QuickCheck>();
  for (const [name, child] of Object.entries(properties)) {
    const check = compileQuick(child, depth + 1);
    if (!check) return undefined;
    checks.set(name, check);
  }
  const isKnownGood = (value: Readonly<Record<string, unknown>>, name: string): boolean => {
    const check = checks.get(name);
    return check ? check(value[name]) : additionalProperties;
  };
  return (value) => {
    if (!isJsonObject(value)) return true;
    for (const name of required) if (!Object.hasOwn(value, String(name))) return false;
    for (const name of Object.keys(value)) if (!isKnownGood(value, name)) return false;
    return true;
  };
}
