import { RE2JS } from 're2js';

/** Schemas that apply at one place of a value; empty where nothing is known. */
export type SchemaPlace = readonly SchemaObject[];
type SchemaObject = Readonly<Record<string, unknown>>;

/** A schema and what its local references point into. */
export interface SchemaRoot {
  readonly root: unknown;
}

const maxSchemas = 32;
const maxFollow = 8;

/** Where a walk begins. */
export function rootPlace(root: SchemaRoot): SchemaPlace {
  return open([root.root], root);
}

/** Where a walk stands after it went to a member or an item. */
export function childPlace(place: SchemaPlace, key: string | number, root: SchemaRoot): SchemaPlace {
  if (place.length === 0) return place;
  const below = place.flatMap((schema) =>
    typeof key === 'number' ? itemSchemas(schema, key) : memberSchemas(schema, key),
  );
  return open(below, root);
}

function itemSchemas(schema: SchemaObject, index: number): readonly unknown[] {
  const { prefixItems, items } = schema;
  if (Array.isArray(prefixItems) && index < prefixItems.length) return [prefixItems[index]];
  return Array.isArray(items) ? [items[index]] : [items];
}

function memberSchemas(schema: SchemaObject, key: string): readonly unknown[] {
  const found: unknown[] = [];
  const { properties, patternProperties, additionalProperties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, key)) found.push(properties[key]);
  if (isObject(patternProperties)) {
    for (const [pattern, below] of Object.entries(patternProperties)) {
      if (matches(pattern, key)) found.push(below);
    }
  }
  return found.length > 0 ? found : [additionalProperties];
}

/** Follows references and opens combinations; a bounded number of schemas. */
function open(start: readonly unknown[], root: SchemaRoot): SchemaPlace {
  const found: SchemaObject[] = [];
  const queue = start.map((schema) => ({ schema, follow: 0 }));
  for (let at = 0; at < queue.length && found.length < maxSchemas; at += 1) {
    const { schema, follow } = queue[at] ?? { schema: undefined, follow: 0 };
    if (!isObject(schema) || follow > maxFollow) continue;
    found.push(schema);
    const more = [
      referenced(schema.$ref, root),
      ...listOf(schema.allOf),
      ...listOf(schema.anyOf),
      ...listOf(schema.oneOf),
    ];
    queue.push(...more.map((below) => ({ schema: below, follow: follow + 1 })));
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function referenced(ref: unknown, { root }: SchemaRoot): unknown {
  if (typeof ref !== 'string' || !ref.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const part of ref.slice(1).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null;
}

/** Whether a schema itself says this name: it was approved with it. */
export function isSchemasOwn(place: SchemaPlace, key: string): boolean {
  return place.some(
    ({ properties, required }) =>
      (isObject(properties) && Object.hasOwn(properties, key)) ||
      (Array.isArray(required) && required.includes(key)),
  );
}

/** Whether a new member name may stand beside the others. */
export function allowsName(place: SchemaPlace, key: string): boolean {
  return place.every((schema) => {
    const { properties, additionalProperties, propertyNames, required } = schema;
    if (isObject(properties) && Object.hasOwn(properties, key)) return false;
    if (Array.isArray(required) && required.includes(key)) return false;
    return (
      additionalProperties !== false && propertyNames === undefined && schema.patternProperties === undefined
    );
  });
}

function allowsChoice(schema: SchemaObject, value: unknown): boolean {
  if (schema.const !== undefined && schema.const !== value) return false;
  return !Array.isArray(schema.enum) || schema.enum.includes(value);
}

/** Whether a string keeps to what every schema of the place says of strings. */
export function allowsString(place: SchemaPlace, value: string): boolean {
  return place.every((schema) => {
    if (!allowsChoice(schema, value)) return false;
    const length = [...value].length;
    if (typeof schema.minLength === 'number' && length < schema.minLength) return false;
    if (typeof schema.maxLength === 'number' && length > schema.maxLength) return false;
    if (typeof schema.pattern === 'string' && !matches(schema.pattern, value)) return false;
    return typeof schema.format !== 'string' || allowsFormat(schema.format, value);
  });
}

/** Whether a number keeps to what every schema of the place says of numbers. */
export function allowsNumber(place: SchemaPlace, value: number): boolean {
  return place.every((schema) => {
    if (!allowsChoice(schema, value)) return false;
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
    if (typeof minimum === 'number' && value < minimum) return false;
    if (typeof maximum === 'number' && value > maximum) return false;
    if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return false;
    return !(typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum);
  });
}

/** Patterns come from servers: matched in linear time, and what cannot be read matches nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return false;
  }
}

/** Formats whose form a mask would break, each with a value that says nothing. */
export const formatMasks: Readonly<Record<string, string>> = {
  email: 'redacted@redacted.invalid',
  'idn-email': 'redacted@redacted.invalid',
  uri: 'https://redacted.invalid/',
  url: 'https://redacted.invalid/',
  'uri-reference': 'https://redacted.invalid/',
  iri: 'https://redacted.invalid/',
  'iri-reference': 'https://redacted.invalid/',
  hostname: 'redacted.invalid',
  'idn-hostname': 'redacted.invalid',
  ipv4: '0.0.0.0',
  ipv6: '::',
  date: '1900-01-01',
  'date-time': '1900-01-01T00:00:00Z',
  time: '00:00:00Z',
  uuid: '00000000-0000-0000-0000-000000000000',
  duration: 'PT0S',
  'json-pointer': '',
};

function allowsFormat(format: string, value: string): boolean {
  if (!Object.hasOwn(formatMasks, format) || value === formatMasks[format]) return true;
  // A mask or a token inside one of these is not worth a guess.
  return !value.includes('[') && !value.includes('<');
}
