import type { Part, Row } from './corpus.ts';
import {
  attackFrames,
  definitionTriggers,
  foreignAttacks,
  payloadTriggers,
  pretexts,
  requests,
  secrecy,
  slots,
} from './grammar-attacks.ts';
import { nouns, plainLines, usageNotes } from './grammar-harmless.ts';
import { obfuscate, techniques } from './obfuscate.ts';
import { plantInDefinition, plantInText } from './plant.ts';
import { createRandom, type Random } from './random.ts';

/** What the generator recombines. */
export interface Material {
  /** Harmless rows: hosts. */
  readonly rows: readonly Row[];
  readonly hosts: readonly Part[];
  readonly attacks: readonly Part[];
  readonly decoys: readonly Part[];
}

export interface Amounts {
  readonly definitions: number;
  readonly payloads: number;
  readonly prompts: number;
}

/** Fills the slots of a template. */
export function fillSlots(template: string, random: Random): string {
  const filled = template.replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name: string | undefined) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    return slotValue(name ?? '', random) ?? whole;
  });
  return filled;
}

function slotValue(name: string, random: Random): string | undefined {
  const values = slots[name.replace(/\d$/, '')];
  if (values !== undefined) return random.pick(values);
  switch (name) {
    case 'name':
      return 'this tool';
    case 'noun':
      return random.pick(nouns);
    case 'upper':
      return random.pick(nouns).toUpperCase();
    case 'number':
      return String(1 + random.below(900));
    default:
      return undefined;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One attack, put together from the grammar or taken from the parts. */
export function makeAttack(
  surface: Row['surface'],
  attacks: readonly Part[],
  random: Random,
): { text: string; lang: string } {
  const fitting =
    attacks.length > 0 && random.next() < 0.45 ? pickFitting(attacks, surface, random) : undefined;
  if (fitting !== undefined) return { text: fillSlots(fitting.text, random), lang: fitting.lang };
  if (random.next() < 0.12) {
    const [lang, text] = random.pick(foreignAttacks);
    return { text: fillSlots(text, random), lang };
  }
  const trigger = random.pick(surface === 'tool_definition' ? definitionTriggers : payloadTriggers);
  const request = random.pick(requests);
  const [open, close] = random.next() < 0.55 ? random.pick(attackFrames) : ['', ''];
  const rest = random.next() < 0.5 ? random.pick(pretexts) + random.pick(secrecy) : random.pick(secrecy);
  const second = random.next() < 0.15 ? ` and ${random.pick(requests)}` : '';
  const startsLow = /[a-z,] $/.test(open);
  const middle = `${trigger}${request}${second}.`;
  return {
    text: fillSlots(`${open}${startsLow ? middle : capital(middle)}${rest}${close}`, random),
    lang: 'en',
  };
}

function pickFitting(attacks: readonly Part[], surface: Row['surface'], random: Random): Part | undefined {
  for (let attempt = 0; attempt < 8 && attacks.length > 0; attempt += 1) {
    const part = random.pick(attacks);
    if (part.surfaces === undefined || part.surfaces.includes(surface)) return part;
  }
  return undefined;
}

/** Rows made of the material: attacks planted in hosts, and harmless orders planted in the same hosts. */
export function generateRows(material: Material, amounts: Amounts, seed: number): readonly Row[] {
  const random = createRandom(seed);
  const rows: Row[] = [];
  const definitions = material.rows.filter(
    (row) => row.surface === 'tool_definition' && row.label === 'benign',
  );
  const payloads: Part[] = [
    ...material.hosts,
    ...material.rows
      .filter(
        (row) =>
          row.label === 'benign' &&
          (row.surface === 'tool_result' || row.surface === 'resource') &&
          row.text !== undefined,
      )
      .map((row) => ({ text: row.text ?? '', lang: row.lang ?? 'en', surface: row.surface })),
  ];
  for (let i = 0; i < amounts.definitions && definitions.length > 0; i += 1) {
    rows.push(makeDefinition(random.pick(definitions), material, i % 2 === 0, random));
  }
  for (let i = 0; i < amounts.payloads && payloads.length > 0; i += 1) {
    rows.push(makePayload(random.pick(payloads), material, i % 2 === 0, random));
  }
  for (let i = 0; i < amounts.prompts; i += 1) rows.push(makePrompt(material, i % 2 === 0, random));
  return rows;
}

function disguise(text: string, random: Random): { text: string; technique: string } {
  if (random.next() < 0.62) return { text, technique: 'plain' };
  const technique = random.pick(techniques);
  return { text: obfuscate(text, technique, random), technique };
}

function makeDefinition(host: Row, material: Material, isAttack: boolean, random: Random): Row {
  const base = { source: `made:${host.source}`, surface: 'tool_definition', category: 'made' } as const;
  if (!isAttack) {
    const count = 1 + random.below(3);
    let tool = host.tool ?? {};
    for (let i = 0; i < count; i += 1)
      tool = plantInDefinition(tool, fillSlots(pickNote(material, random), random), random).tool;
    return { ...base, label: 'benign', tool };
  }
  const made = makeAttack('tool_definition', material.attacks, random);
  const { text, technique } = disguise(made.text, random);
  const planted = plantInDefinition(host.tool ?? {}, text, random);
  return { ...base, label: 'malicious', tool: planted.tool, attack: text, technique, lang: made.lang };
}

function pickNote(material: Material, random: Random): string {
  const part = random.next() < 0.4 ? pickFitting(material.decoys, 'tool_definition', random) : undefined;
  return part?.surfaces?.includes('tool_definition') ? part.text : random.pick(usageNotes);
}

function makePayload(host: Part, material: Material, isAttack: boolean, random: Random): Row {
  const surface = host.surface ?? 'tool_result';
  const base = { source: 'made:payload', surface, category: 'made' } as const;
  if (!isAttack) {
    const part = random.next() < 0.5 ? pickFitting(material.decoys, surface, random) : undefined;
    const line = fillSlots(part?.text ?? random.pick(plainLines), random);
    return { ...base, label: 'benign', text: plantInText(host.text, line, random, 'prose').text };
  }
  const made = makeAttack(surface, material.attacks, random);
  const { text, technique } = disguise(made.text, random);
  const planted = plantInText(host.text, text, random, 'anywhere');
  return { ...base, label: 'malicious', text: planted.text, attack: text, technique, lang: made.lang };
}

function makePrompt(material: Material, isAttack: boolean, random: Random): Row {
  const base = { source: 'made:prompt', surface: 'prompt', category: 'made' } as const;
  if (isAttack) {
    const { text } = disguise(makeAttack('prompt', material.attacks, random).text, random);
    return { ...base, label: 'malicious', text, attack: text };
  }
  const lines = Array.from({ length: 1 + random.below(3) }, () => fillSlots(random.pick(plainLines), random));
  return { ...base, label: 'benign', text: lines.join(' ') };
}
