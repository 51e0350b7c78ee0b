import type { Random } from './random.ts';

type Tool = Readonly<Record<string, unknown>>;

/** Puts a text into a tool definition: its description, or a text of its schema. */
export function plantInDefinition(tool: Tool, text: string, random: Random): { tool: Tool } {
  const copy = structuredClone(tool) as Record<string, unknown>;
  const parameters = parametersOf(copy);
  if (parameters.length > 0 && random.next() < 0.3) {
    const parameter = random.pick(parameters);
    const old = typeof parameter.description === 'string' ? parameter.description : '';
    parameter.description = join(old, text, random);
    return { tool: copy };
  }
  const old = typeof copy.description === 'string' ? copy.description : '';
  copy.description = join(old, text, random);
  return { tool: copy };
}

function parametersOf(tool: Record<string, unknown>): Record<string, unknown>[] {
  const schema = tool.inputSchema as { properties?: Record<string, unknown> } | undefined;
  return Object.values(schema?.properties ?? {}).filter(
    (value): value is Record<string, unknown> => typeof value === 'object' && value !== null,
  );
}

function join(old: string, text: string, random: Random): string {
  if (old === '') return text;
  const gap = random.pick([' ', ' ', '\n', '\n\n']);
  const roll = random.next();
  if (roll < 0.7) return `${old}${gap}${text}`;
  if (roll < 0.8) return `${text}${gap}${old}`;
  const at = old.indexOf('. ', random.below(old.length));
  return at < 0 ? `${old}${gap}${text}` : `${old.slice(0, at + 1)} ${text}${old.slice(at + 1)}`;
}

/** Puts a text into a document; into a string of it where it is JSON. */
export function plantInText(
  host: string,
  text: string,
  random: Random,
  where: 'prose' | 'anywhere',
): { text: string } {
  const planted = plantInJson(host, text, random, where);
  return { text: planted ?? plantInLines(host, text, random) };
}

function plantInJson(
  host: string,
  text: string,
  random: Random,
  where: 'prose' | 'anywhere',
): string | undefined {
  const first = host.trimStart().charAt(0);
  if (first !== '{' && first !== '[') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(host);
  } catch {
    // Not JSON: planted like any other text.
    return undefined;
  }
  const holders = stringsOf(value, where === 'prose' ? 20 : 1);
  if (holders.length === 0) return undefined;
  const { parent, key, old } = random.pick(holders);
  parent[key] = random.pick([`${old} ${text}`, `${old} ${text}`, `${old} ${text}`, text, `${text} ${old}`]);
  return JSON.stringify(value);
}

function plantInLines(host: string, text: string, random: Random): string {
  const breaks = [...host.matchAll(/\n/g)].map((match) => match.index);
  if (breaks.length > 1 && random.next() < 0.85) {
    const at = random.pick(breaks);
    return `${host.slice(0, at)}\n${text}${host.slice(at)}`;
  }
  const at = host.indexOf('. ', random.below(host.length));
  return at < 0 ? `${host} ${text}` : `${host.slice(0, at + 1)} ${text}${host.slice(at + 1)}`;
}

interface Holder {
  readonly parent: Record<string, unknown>;
  readonly key: string;
  readonly old: string;
}

function stringsOf(value: unknown, minLength: number, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null) return found;
  const parent = value as Record<string, unknown>;
  for (const [key, child] of Object.entries(parent)) {
    if (typeof child === 'string' && child.length >= minLength) found.push({ parent, key, old: child });
    else stringsOf(child, minLength, found);
  }
  return found;
}
