import type { Row, RowSurface } from './corpus.ts';
import { slots } from './grammar-attacks.ts';
import { plantInDefinition, plantInText } from './plant.ts';
import { createRandom, type Random } from './random.ts';
import { languages, sentenceOf } from './redteam-languages.ts';
import { pickKeyed, rewrites, seedOf } from './redteam-rewrite.ts';
import type { AttackClass, RedteamMaterial, Seed } from './redteam-seeds.ts';
import { tampersOf } from './redteam-tamper.ts';

/** One attack, written otherwise. More than one row: it comes in pieces, one call or frame after the other. */
export interface Variant {
  readonly surface: RowSurface;
  readonly category: string;
  readonly mutation: string;
  readonly rows: readonly Row[];
  /** The attack as it was written last, for the report. */
  readonly attack: string;
}

export interface VariantOptions {
  readonly seed: number;
  /** Variants of each class in each mutation. */
  readonly per: number;
}

/** Makes all variants; the same seed and rows make the same. A mutation that changes nothing of an attack is left out. */
export function makeVariants(material: RedteamMaterial, { seed, per }: VariantOptions): readonly Variant[] {
  const variants: Variant[] = [];
  for (const entry of material.classes)
    for (const mutation of mutationsOf(entry))
      for (let i = 0; i < per; i += 1) {
        const salt = seedOf(seed, entry.surface, entry.category, mutation, i);
        const made = makeVariant({ entry, mutation, salt, random: createRandom(salt), material });
        if (made !== undefined) variants.push(made);
      }
  return variants;
}

function mutationsOf({ surface, category }: AttackClass): readonly string[] {
  if (surface === 'tool_args') return [...Object.keys(tampersOf(category)), 'split_fields'];
  const names = [...Object.keys(rewrites), 'translated', 'split_fields'];
  return surface === 'tool_result' ? [...names, 'split_frames'] : names;
}

interface Making {
  readonly entry: AttackClass;
  readonly mutation: string;
  readonly salt: number;
  readonly random: Random;
  readonly material: RedteamMaterial;
}

function makeVariant(making: Making): Variant | undefined {
  const { entry, mutation, random } = making;
  const { surface, category } = entry;
  const seed = pickKeyed(entry.seeds, making.salt);
  if (surface === 'tool_args') return varyArguments(seed, making);
  const base = { surface, category, mutation } as const;
  if (mutation === 'split_fields') return { ...base, ...splitFields(seed.attack, making) };
  if (mutation === 'split_frames') {
    const rows = halves(seed.attack).map((text) => rowOf(surface, { text }));
    return { ...base, rows, attack: seed.attack };
  }
  const text =
    mutation === 'translated'
      ? filled(sentenceOf(category, random.pick(languages)), random)
      : (rewrites[mutation]?.(seed.attack, random) ?? seed.attack);
  if (mutation !== 'plain' && text === seed.attack) return undefined;
  return { ...base, rows: [plant(text, making)], attack: text };
}

const rowOf = (surface: RowSurface, members: Partial<Row>): Row => ({
  source: 'made:redteam',
  surface,
  label: 'malicious',
  category: 'made',
  ...members,
});

function plant(text: string, { entry, salt, random, material }: Making): Row {
  const { surface } = entry;
  const hosts = material.hosts[surface];
  if (surface === 'prompt' || hosts.length === 0) return rowOf(surface, { text });
  const { row } = pickKeyed(hosts, salt);
  if (surface === 'tool_definition')
    return rowOf(surface, { tool: plantInDefinition(row.tool ?? {}, text, random).tool });
  return rowOf(surface, { text: plantInText(row.text ?? '', text, random, 'anywhere').text });
}

function halves(text: string): readonly [string, string] {
  const middle = Math.floor(text.length / 2);
  const space = text.indexOf(' ', middle);
  const at = space < 0 ? middle : space;
  return [text.slice(0, at), text.slice(at).trimStart()];
}

/** The attack in two members that stand side by side. */
function splitFields(attack: string, { entry, salt, material }: Making): Pick<Variant, 'rows' | 'attack'> {
  const [first, second] = halves(attack);
  const { surface } = entry;
  if (surface !== 'tool_definition') {
    const text = JSON.stringify({ items: [{ id: 1, subject: first, body: second }], total: 1 });
    return { rows: [rowOf(surface, { text })], attack };
  }
  const { row } = pickKeyed(material.hosts.tool_definition, salt);
  const tool = structuredClone(row.tool ?? {}) as Record<string, unknown>;
  tool['description'] = `${String(tool['description'] ?? '')} ${first}`;
  const schema = tool['inputSchema'] as { properties?: Record<string, unknown> } | undefined;
  const properties = { ...schema?.properties, options: { type: 'string', description: second } };
  tool['inputSchema'] = { ...schema, properties };
  return { rows: [rowOf(surface, { tool })], attack };
}

/** Arguments are varied where they stand: a payload is one only in a place that does not want it. */
function varyArguments(seed: Seed, { entry, mutation, random }: Making): Variant | undefined {
  const { surface, category } = entry;
  const { attack, row } = seed;
  if (row === null) return undefined;
  const write = tampersOf(category)[mutation];
  const text = write?.(attack, random) ?? attack;
  if (mutation !== 'plain' && mutation !== 'split_fields' && text === attack) return undefined;
  const args = mutation === 'split_fields' ? splitMember(row.args, attack) : replaced(row.args, attack, text);
  if (args === undefined) return undefined;
  return { surface, category, mutation, rows: [rowOf(surface, { ...row, args })], attack: text };
}

function replaced(args: unknown, attack: string, text: string): unknown {
  let count = 0;
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (!value.includes(attack)) return value;
      count += 1;
      return value.replace(attack, () => text);
    }
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, change(child)]));
  };
  const changed = change(args);
  return count === 0 ? undefined : changed;
}

function splitMember(args: unknown, attack: string): unknown {
  if (typeof args !== 'object' || args === null) return undefined;
  const member = Object.entries(args).find(([, value]) => value === attack);
  if (member === undefined) return undefined;
  const [first, second] = halves(attack);
  return { ...args, [member[0]]: first, [`${member[0]}_2`]: second };
}

function filled(text: string, random: Random): string {
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const values = slots[name];
    return values === undefined ? whole : random.pick(values);
  });
}
