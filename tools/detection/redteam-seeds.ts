import type { Part, Row, RowSurface } from './corpus.ts';
import { type Keyed, seedOf } from './redteam-rewrite.ts';

/** An attack as it was written, by its class. */
export interface Seed extends Keyed {
  readonly attack: string;
  /** The row it came from; arguments are varied in place, texts are planted elsewhere. */
  readonly row: Row | null;
}

export interface AttackClass {
  readonly surface: RowSurface;
  readonly category: string;
  readonly seeds: readonly Seed[];
}

/** A harmless row that an attack is planted in. */
export interface Host extends Keyed {
  readonly row: Row;
}

export interface RedteamMaterial {
  readonly classes: readonly AttackClass[];
  /** Harmless rows by surface, to plant attacks in. */
  readonly hosts: Readonly<Record<RowSurface, readonly Host[]>>;
}

/** Told by their neighbourhood alone: there is no text to write otherwise. */
const byContext = new Set(['rug_pull', 'lookalike_server']);
/** Fewer words are an attack only where they stood. */
const minAttack = 24;
const maxAttack = 1500;
const maxHost = 8000;
const leastSeeds = 3;

const plainName = (category: string): string => category.replace('indirect_injection:', '');

/** Sorts attacks by class and harmless rows by surface. */
export function redteamMaterial(rows: readonly Row[], parts: readonly Part[]): RedteamMaterial {
  const classes = new Map<string, AttackClass & { readonly seeds: Seed[] }>();
  for (const row of rows.filter(isSeed)) {
    const attack = attackOf(row);
    if (attack === undefined) continue;
    const { surface } = row;
    const category = plainName(row.category);
    const entry = classes.get(`${surface} ${category}`) ?? { surface, category, seeds: [] };
    classes.set(`${surface} ${category}`, entry);
    entry.seeds.push({ attack, row, key: seedOf(attack) });
  }
  for (const entry of classes.values()) entry.seeds.push(...seedsOfParts(parts, entry));
  const kept = [...classes.values()].filter(({ seeds }) => seeds.length >= leastSeeds);
  return { classes: kept.sort(byName), hosts: hostsOf(rows) };
}

function seedsOfParts(parts: readonly Part[], { surface, category }: AttackClass): readonly Seed[] {
  return parts
    .filter(({ lang, surfaces }) => lang === 'en' && surfaces?.includes(surface))
    .filter((part) => plainName(part.category ?? '') === category)
    .map(({ text }) => ({ attack: text, row: null, key: seedOf(text) }));
}

function byName(a: AttackClass, b: AttackClass): number {
  return `${a.surface} ${a.category}` < `${b.surface} ${b.category}` ? -1 : 1;
}

/** English and plain: other languages and disguises are what the variants add. */
function isSeed(row: Row): boolean {
  return (
    row.label === 'malicious' &&
    row.ambiguous !== true &&
    (row.lang ?? 'en') === 'en' &&
    (row.technique ?? 'plain') === 'plain' &&
    !byContext.has(row.category)
  );
}

function attackOf(row: Row): string | undefined {
  const words = wordsOf(row);
  const least = row.surface === 'tool_args' ? 1 : minAttack;
  return words === undefined || words.length < least || words.length > maxAttack ? undefined : words;
}

/** The words of the attack; of rows that do not say them, a whole prompt or the longest argument. */
function wordsOf(row: Row): string | undefined {
  if (row.attack !== undefined) return row.attack;
  if (row.surface === 'prompt') return row.text;
  if (row.surface !== 'tool_args' || typeof row.args !== 'object' || row.args === null) return undefined;
  const strings = Object.values(row.args).filter((value) => typeof value === 'string');
  return strings.sort((a, b) => b.length - a.length)[0];
}

function hostsOf(rows: readonly Row[]): RedteamMaterial['hosts'] {
  const of = (surface: RowSurface): readonly Host[] =>
    rows
      .filter(
        (row) =>
          row.surface === surface &&
          row.label === 'benign' &&
          (row.lang ?? 'en') === 'en' &&
          (row.text?.length ?? 0) <= maxHost,
      )
      .map((row) => ({ row, key: seedOf(JSON.stringify(row.tool ?? row.text ?? '')) }));
  return {
    tool_definition: of('tool_definition'),
    tool_result: of('tool_result'),
    resource: of('resource'),
    prompt: of('prompt'),
    tool_args: of('tool_args'),
  };
}
