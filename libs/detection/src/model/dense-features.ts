import type { Leaf, Place } from './document.ts';
import { places } from './document.ts';
import { actionBits, groupBit, wordGroups } from './lexicon.ts';
import { kind } from './model-text.ts';
import { type Tokens, tokenType } from './tokens.ts';

/** Surfaces of the model. The order is part of the model file. */
export const modelSurfaces = ['definition', 'result', 'resource', 'prompt', 'arguments'] as const;
export type ModelSurface = (typeof modelSurfaces)[number];

/** What surrounds a segment. */
export interface SegmentPlace {
  readonly leaf: Leaf;
  readonly from: number;
  readonly to: number;
  readonly isOld: boolean | null;
  readonly surface: ModelSurface;
  readonly indexInLeaf: number;
  readonly leafSegments: number;
  readonly documentSegments: number;
  /** Groups of the segment before. */
  readonly groupsBefore: number;
  readonly ownNames: ReadonlySet<string> | null;
}

const pairs = [
  ['action', 'sensitive'],
  ['communicate', 'external'],
  ['communicate', 'sensitive'],
  ['assistant', 'action'],
  ['you', 'oblige'],
  ['condition', 'action'],
  ['negation', 'reveal'],
  ['negation', 'respond'],
  ['negation', 'user'],
  ['secrecy', 'action'],
  ['first', 'tool'],
  ['override', 'instructions'],
  ['tool', 'oblige'],
  ['every', 'sensitive'],
  ['read', 'sensitive'],
  ['first', 'execute'],
  ['user', 'secrecy'],
  ['you', 'roleplay'],
  ['oblige', 'action'],
  ['next', 'action'],
  ['reveal', 'instructions'],
  ['pretext', 'action'],
] as const;

const openers = [
  'communicate',
  'destroy',
  'money',
  'execute',
  'override',
  'reveal',
  'respond',
  'change',
  'read',
  'assistant',
  'please',
  'condition',
  'next',
  'oblige',
  'you',
  'describes',
] as const;

const marks = [
  'url',
  'bare_address_url',
  'email',
  'path',
  'name',
  'foreign_name',
  'number',
  'long_number',
  'comment_open',
  'bracket_tag',
  'angle_tag',
  'turn_marker',
  'rule_line',
  'code',
  'question',
  'exclamation',
  'single_letters',
  'digits_in_words',
  'capital_words',
  'upper_share',
  'wide_share',
  'foreign_share',
  'length',
  'words',
  'short',
  'function_words',
] as const;

const around = [
  'first_in_leaf',
  'last_in_leaf',
  'alone_in_leaf',
  'position',
  'document_size',
  'narrow_member',
  'prose_member',
  'sentence_in_narrow_member',
  'decoded',
  'hidden_tags',
  'hidden_zero_width',
  'hidden_escape',
  'mixed_script',
  'added_since',
  'before_assistant',
  'before_instructions',
  'before_action',
] as const;

/** Names of all dense features, in order. */
export const denseNames: readonly string[] = [
  ...wordGroups.map((group) => `words:${group}`),
  ...openers.map((group) => `opens:${group}`),
  ...pairs.map(([a, b]) => `both:${a}+${b}`),
  ...marks.map((mark) => `mark:${mark}`),
  ...around.map((fact) => `place:${fact}`),
  ...places.map((place) => `in:${place}`),
  ...modelSurfaces.map((surface) => `surface:${surface}`),
];

const at = Object.fromEntries(denseNames.map((name, i) => [name, i])) as Readonly<Record<string, number>>;
const index = (name: string): number => at[name] ?? -1;
const pairBits = pairs.map(
  ([a, b]) => [a === 'action' ? actionBits : groupBit[a], b === 'action' ? actionBits : groupBit[b]] as const,
);
const openAt = index('opens:communicate');
const pairAt = index('both:action+sensitive');
const markAt = index('mark:url');
const aroundAt = index('place:first_in_leaf');
const placeAt = index('in:text');
const surfaceAt = index('surface:definition');
const openBits = openers.map((group) => groupBit[group]);

const counts = new Int32Array(32);

/** Writes the dense features of a segment into `out`; tells which groups of words it holds. */
export function writeDense(tokens: Tokens, place: SegmentPlace, out: Float32Array): number {
  out.fill(0, 0, denseNames.length);
  const groups = writeGroups(tokens, out);
  writeOpening(tokens, out);
  for (let i = 0; i < pairBits.length; i += 1) {
    const pair = pairBits[i] as readonly [number, number];
    if ((groups & pair[0]) !== 0 && (groups & pair[1]) !== 0) out[pairAt + i] = 1;
  }
  writeMarks(tokens, place, out);
  writeAround(tokens, place, out);
  out[placeAt + places.indexOf(place.leaf.place satisfies Place)] = 1;
  out[surfaceAt + modelSurfaces.indexOf(place.surface)] = 1;
  return groups;
}

function writeGroups(tokens: Tokens, out: Float32Array): number {
  counts.fill(0);
  let all = 0;
  for (let i = 0; i < tokens.count; i += 1) {
    let bits = tokens.groups[i] as number;
    all |= bits;
    while (bits !== 0) {
      const bit = 31 - Math.clz32(bits & -bits);
      counts[bit] = (counts[bit] as number) + 1;
      bits &= bits - 1;
    }
  }
  for (let bit = 0; bit < wordGroups.length; bit += 1) out[bit] = Math.min(counts[bit] as number, 3) / 3;
  return all;
}

/** The first three words: an order begins with its verb, or with whom it is for. */
function writeOpening(tokens: Tokens, out: Float32Array): void {
  let seen = 0;
  for (let i = 0; i < tokens.count && seen < 3; i += 1) {
    const type = tokens.type[i] as number;
    if (type !== tokenType.word && type !== tokenType.wide) continue;
    const bits = tokens.groups[i] as number;
    for (let j = 0; j < openBits.length; j += 1) {
      if ((bits & (openBits[j] as number)) !== 0)
        out[openAt + j] = Math.max(out[openAt + j] as number, 1 - seen * 0.3);
    }
    seen += 1;
  }
}

interface Shape {
  url: number;
  bareUrl: number;
  email: number;
  path: number;
  name: number;
  number: number;
  longNumber: number;
  words: number;
  single: number;
  digitsInWords: number;
  capitals: number;
  wide: number;
  functionWords: number;
}

/** Names made of several words that are neither the tool's nor one of its parameters. */
function countForeignNames(tokens: Tokens, { leaf, to }: SegmentPlace, own: ReadonlySet<string>): number {
  const { units, kinds } = leaf.text;
  let foreign = 0;
  for (let i = 0; i < tokens.count; i += 1) {
    const start = tokens.start[i] as number;
    if (tokens.type[i] !== tokenType.mark || tokens.end[i] !== start) continue;
    let name = '';
    for (let j = start; j < to && name.length < 64; j += 1) {
      const charKind = kinds[j] as number;
      if (charKind !== kind.lower && charKind !== kind.upper && charKind !== kind.digit && units[j] !== 0x5f)
        break;
      name += String.fromCharCode(units[j] as number);
    }
    if (!own.has(name)) foreign += 1;
  }
  return foreign;
}

function writeMarks(tokens: Tokens, place: SegmentPlace, out: Float32Array): void {
  const { leaf, from, to } = place;
  const { units, kinds } = leaf.text;
  const shape: Shape = {
    url: 0,
    bareUrl: 0,
    email: 0,
    path: 0,
    name: 0,
    number: 0,
    longNumber: 0,
    words: 0,
    single: 0,
    digitsInWords: 0,
    capitals: 0,
    wide: 0,
    functionWords: 0,
  };
  for (let i = 0; i < tokens.count; i += 1) countToken(tokens, i, units, kinds, shape);
  let upper = 0;
  let letters = 0;
  let foreign = 0;
  let code = 0;
  for (let i = from; i < to; i += 1) {
    const charKind = kinds[i] as number;
    if (charKind === kind.upper) upper += 1;
    if (charKind === kind.upper || charKind === kind.lower) {
      letters += 1;
      if ((units[i] as number) > 127) foreign += 1;
    } else if (charKind === kind.punctuation) {
      const unit = units[i] as number;
      if (unit === 0x7b || unit === 0x7d || unit === 0x28 || unit === 0x29 || unit === 0x3d || unit === 0x60)
        code += 1;
    }
  }
  const set = (offset: number, value: number): void => {
    out[markAt + offset] = value;
  };
  set(0, Math.min(shape.url, 2) / 2);
  set(1, shape.bareUrl > 0 ? 1 : 0);
  set(2, Math.min(shape.email, 2) / 2);
  set(3, Math.min(shape.path, 2) / 2);
  set(4, Math.min(shape.name, 3) / 3);
  set(5, place.ownNames === null ? 0 : Math.min(countForeignNames(tokens, place, place.ownNames), 2) / 2);
  set(6, Math.min(shape.number, 4) / 4);
  set(7, shape.longNumber > 0 ? 1 : 0);
  writeMarkup(leaf, from, to, out);
  set(13, Math.min(1, (code * 6) / (to - from + 1)));
  set(14, units[to - 1] === 0x3f ? 1 : 0);
  set(15, units[to - 1] === 0x21 ? 1 : 0);
  const words = Math.max(1, shape.words);
  set(16, shape.words > 5 ? shape.single / words : 0);
  set(17, shape.digitsInWords / words);
  set(18, Math.min(shape.capitals, 4) / 4);
  set(19, upper / (letters + 4));
  set(20, shape.wide > 0 ? 1 : 0);
  set(21, foreign / (letters + 4));
  set(22, Math.log1p(to - from) / 6);
  set(23, Math.log1p(shape.words + shape.wide) / 4);
  set(24, shape.words + shape.wide < 4 ? 1 : 0);
  set(25, shape.functionWords / words);
}

function countToken(tokens: Tokens, i: number, units: Uint16Array, kinds: Uint8Array, shape: Shape): void {
  const start = tokens.start[i] as number;
  const end = tokens.end[i] as number;
  switch (tokens.type[i]) {
    case tokenType.url:
      shape.url += 1;
      if (isBareAddress(units, kinds, start, end)) shape.bareUrl += 1;
      return;
    case tokenType.email:
      shape.email += 1;
      return;
    case tokenType.path:
      shape.path += 1;
      return;
    case tokenType.number:
      shape.number += 1;
      if (end - start >= 7) shape.longNumber += 1;
      return;
    case tokenType.wide:
      shape.wide += 1;
      return;
    case tokenType.mark:
      if (start === end) shape.name += 1;
      return;
    case tokenType.word:
      countWord(tokens.groups[i] as number, kinds, start, end, shape);
      return;
    default:
      return;
  }
}

const functionBits =
  groupBit.you |
  groupBit.oblige |
  groupBit.condition |
  groupBit.negation |
  groupBit.speaker |
  groupBit.every |
  groupBit.next |
  groupBit.first;

function countWord(groups: number, kinds: Uint8Array, start: number, end: number, shape: Shape): void {
  shape.words += 1;
  if (end - start === 1) shape.single += 1;
  if ((groups & functionBits) !== 0) shape.functionWords += 1;
  let upper = 0;
  let digits = 0;
  for (let i = start; i < end; i += 1) {
    if (kinds[i] === kind.upper) upper += 1;
    else if (kinds[i] === kind.digit) digits += 1;
  }
  if (end - start >= 3 && upper === end - start) shape.capitals += 1;
  if (digits > 0 && digits < end - start && kinds[end - 1] !== kind.digit) shape.digitsInWords += 1;
}

/** A host that is a number, or a port: no site that people visit. */
function isBareAddress(units: Uint16Array, kinds: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && units[i] !== 0x2f) i += 1;
  i += 2;
  const host = i;
  let digits = 0;
  while (i < end && units[i] !== 0x2f && units[i] !== 0x3a) {
    if (kinds[i] === kind.digit || units[i] === 0x2e) digits += 1;
    i += 1;
  }
  return i > host && digits === i - host;
}

function writeMarkup({ text }: Leaf, from: number, to: number, out: Float32Array): void {
  const { units, kinds } = text;
  const unit = (i: number): number => (i >= 0 && i < text.length ? (units[i] as number) : 0);
  const letter = (i: number): boolean => kinds[i] === kind.lower || kinds[i] === kind.upper;
  for (let i = from; i < to; i += 1) {
    const one = unit(i);
    if (one === 0x3c) {
      if (unit(i + 1) === 0x21 && unit(i + 2) === 0x2d) out[markAt + 8] = 1;
      else if (letter(i + 1) || (unit(i + 1) === 0x2f && letter(i + 2)) || unit(i + 1) === 0x7c)
        out[markAt + 10] = 1;
    } else if (one === 0x5b) {
      if (kinds[i + 1] === kind.upper && kinds[i + 2] === kind.upper) out[markAt + 9] = 1;
    } else if (one === 0x3a) {
      if (i - from >= 2 && i - from <= 16 && letter(i - 1) && (i === from || isLabel(kinds, from, i)))
        out[markAt + 11] = 1;
    } else if ((one === 0x2d || one === 0x3d || one === 0x23) && unit(i + 1) === one && unit(i + 2) === one)
      out[markAt + 12] = 1;
  }
}

/** One or two words before a colon. */
function isLabel(kinds: Uint8Array, from: number, to: number): boolean {
  let gaps = 0;
  for (let i = from; i < to; i += 1) if (kinds[i] === kind.space) gaps += 1;
  return gaps <= 1;
}

function writeAround(tokens: Tokens, place: SegmentPlace, out: Float32Array): void {
  const { leaf } = place;
  const set = (offset: number, value: number): void => {
    out[aroundAt + offset] = value;
  };
  const { member } = leaf;
  set(0, place.indexInLeaf === 0 ? 1 : 0);
  set(1, place.indexInLeaf === place.leafSegments - 1 ? 1 : 0);
  set(2, place.leafSegments === 1 ? 1 : 0);
  set(3, place.leafSegments > 1 ? place.indexInLeaf / (place.leafSegments - 1) : 0.5);
  set(4, Math.log1p(place.documentSegments) / 6);
  set(5, member === 1 ? 1 : 0);
  set(6, member === 2 ? 1 : 0);
  set(7, member === 1 && tokens.count > 6 ? 1 : 0);
  set(8, leaf.decodedAt === null ? 0 : 1);
  const { hidden } = leaf.text;
  if (hidden !== null) {
    set(9, hidden.tags > 0 ? 1 : 0);
    set(10, hidden.zeroWidth > 2 ? 1 : 0);
    set(11, hidden.escapes > 0 ? 1 : 0);
    set(12, hidden.mixedWords > 0 ? 1 : 0);
  }
  set(13, place.isOld === false ? 1 : 0);
  set(14, (place.groupsBefore & groupBit.assistant) !== 0 ? 1 : 0);
  set(15, (place.groupsBefore & groupBit.instructions) !== 0 ? 1 : 0);
  set(16, (place.groupsBefore & actionBits) !== 0 ? 1 : 0);
}
