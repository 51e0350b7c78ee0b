import type { ToolWords } from './featurise.ts';

/** The names that are a tool's own: its name and those of its parameters. */
export function toolWordsOf(definition: unknown): ToolWords | null {
  if (typeof definition !== 'object' || definition === null) return null;
  const { name, inputSchema } = definition as Readonly<Record<string, unknown>>;
  const names = new Set<string>();
  if (typeof name === 'string') names.add(name.toLowerCase());
  for (const key of parametersOf(inputSchema)) names.add(key.toLowerCase());
  return { names };
}

const maxNames = 500;

function parametersOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { readonly properties?: unknown };
  return typeof properties === 'object' && properties !== null
    ? Object.keys(properties).slice(0, maxNames)
    : [];
}
