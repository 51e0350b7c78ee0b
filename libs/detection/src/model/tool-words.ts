import type { ToolWords } from './featurise.ts';

/** The words a tool goes by: its name, the start of its description, and the names that are its own. */
export function toolWordsOf(definition: unknown): ToolWords | null {
  if (typeof definition !== 'object' || definition === null) return null;
  const { name, description, inputSchema } = definition as Readonly<Record<string, unknown>>;
  const names = new Set<string>();
  if (typeof name === 'string') names.add(name.toLowerCase());
  for (const key of parametersOf(inputSchema)) names.add(key.toLowerCase());
  const words = typeof name === 'string' ? name.replace(/[_-]+/g, ' ') : '';
  const about = typeof description === 'string' ? description.slice(0, 120) : '';
  return { text: `${words} ${about}`, names };
}

const maxNames = 500;

function parametersOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { readonly properties?: unknown };
  return typeof properties === 'object' && properties !== null
    ? Object.keys(properties).slice(0, maxNames)
    : [];
}
