import { canonicalJson } from '@sallyport/kernel';

/** One argument of a tool, as a reader wants it. */
export interface SchemaField {
  readonly path: string;
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string | null;
  readonly values: readonly string[] | null;
  readonly defaultValue: string | null;
}

export interface ReadDefinition {
  readonly title: string | null;
  readonly description: string | null;
  readonly fields: readonly SchemaField[];
  /** The definition has an object schema, or needs none, so "no fields" means "no arguments". */
  readonly hasObjectSchema: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const maxDepth = 6;
const maxFields = 300;

function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function typeName(schema: Json): string {
  const { type } = schema;
  if (type === 'array') {
    const items = asObject(schema.items);
    return items === null ? 'array' : `${typeName(items)}[]`;
  }
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.filter((each) => typeof each === 'string').join(' | ');
  if (Array.isArray(schema.anyOf) || Array.isArray(schema.oneOf)) return 'any of';
  if (typeof schema.$ref === 'string') return schema.$ref;
  return 'any';
}

function collect(schema: Json, depth: number, prefix: string, into: SchemaField[]): void {
  const properties = asObject(schema.properties);
  if (properties === null || depth > maxDepth) return;
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  for (const [name, raw] of Object.entries(properties)) {
    if (into.length >= maxFields) return;
    const field = asObject(raw) ?? {};
    const path = `${prefix}/${name}`;
    into.push({
      path,
      depth,
      name,
      type: typeName(field),
      isRequired: required.has(name),
      description: asText(field.description),
      values: Array.isArray(field.enum) ? field.enum.map((value) => JSON.stringify(value)) : null,
      defaultValue: field.default === undefined ? null : JSON.stringify(field.default),
    });
    collect(field, depth + 1, path, into);
    const items = asObject(field.items);
    if (items !== null) collect(items, depth + 1, `${path}/items`, into);
  }
}

/** Arguments of a prompt: names and texts, no schema. */
function collectPromptArguments(given: readonly unknown[], into: SchemaField[]): void {
  for (const raw of given.slice(0, maxFields)) {
    const field = asObject(raw);
    const name = asText(field?.name);
    if (field === null || name === null) continue;
    into.push({
      path: `/${name}`,
      depth: 0,
      name,
      type: 'text',
      isRequired: field.required === true,
      description: asText(field.description),
      values: null,
      defaultValue: null,
    });
  }
}

/** Reads a definition for people; null when the text is not a JSON object. */
export function readDefinition(text: string): ReadDefinition | null {
  let parsed: Json | null;
  try {
    parsed = asObject(JSON.parse(text));
  } catch {
    return null;
  }
  if (parsed === null) return null;
  const schema = asObject(parsed.inputSchema);
  const fields: SchemaField[] = [];
  if (schema !== null) collect(schema, 0, '', fields);
  else if (Array.isArray(parsed.arguments)) collectPromptArguments(parsed.arguments, fields);
  const isWhole = Array.isArray(parsed.arguments) || asText(parsed.instructions) !== null;
  return {
    title: asText(parsed.title),
    description: asText(parsed.description) ?? asText(parsed.instructions),
    fields,
    hasObjectSchema: schema === null ? isWhole : schema.type === 'object' || schema.properties !== undefined,
  };
}

/** The definition indented, for reading and for diffs; the text itself when it is not JSON. */
export function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The same for a comparison: members in one order, so that only what differs in meaning differs in the text. */
export function indentInOrder(text: string): string {
  try {
    return indentJson(canonicalJson(JSON.parse(text)));
  } catch {
    return indentJson(text);
  }
}
