import { readDefinition } from '../../parts/read-schema.ts';

function sampleOf(type: string, values: readonly string[] | null): unknown {
  if (values !== null) return JSON.parse(values[0] ?? 'null');
  if (type === 'string') return 'hello';
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  if (type.endsWith('[]') || type === 'array') return [];
  return {};
}

/** Arguments to start from: the required fields of the schema with a plain value each. */
export function sampleArguments(definition: string): string {
  const read = readDefinition(definition);
  const fields = read?.fields.filter((field) => field.depth === 0 && field.isRequired) ?? [];
  const sample = Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.type, field.values)]));
  return JSON.stringify(sample, null, 2);
}
