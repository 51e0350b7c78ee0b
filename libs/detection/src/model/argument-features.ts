import { hashUnit, mix, pieceSeed } from './hash.ts';
import { kind, type ModelText } from './model-text.ts';
import { type SparseVector, sparseMask } from './sparse-features.ts';

const maxFeatures = 4096;

/** What the value of an argument looks like, character by character. */
export const argumentNames = [
  'quotes',
  'double_quotes',
  'backticks',
  'semicolons',
  'pipes',
  'ampersands',
  'dollars',
  'angle',
  'round',
  'curly',
  'square',
  'slashes',
  'backslashes',
  'dots',
  'percents',
  'equals',
  'stars',
  'hashes',
  'dashes',
  'at_signs',
  'letters',
  'digits',
  'spaces',
  'marks',
  'control',
  'double_dash',
  'dot_dot',
  'percent_code',
  'odd_quotes',
  'odd_double_quotes',
  'odd_brackets',
  'begins_with_mark',
  'ends_with_mark',
  'length',
  'longest_word',
  'long_run',
] as const;

const counted = '\'"`;|&$<({[/\\.%=*#-@';
const countedAt: Int8Array = new Int8Array(128).fill(-1);
for (let i = 0; i < counted.length; i += 1) countedAt[counted.charCodeAt(i)] = i;
// Closing brackets count as their opening ones.
countedAt[0x3e] = counted.indexOf('<');
countedAt[0x29] = counted.indexOf('(');
countedAt[0x7d] = counted.indexOf('{');
countedAt[0x5d] = counted.indexOf('[');

const counts = new Int32Array(counted.length);

const kindCounts = new Int32Array(8);
/** +1 for what opens, -1 for what closes. */
const balanceOf: Int8Array = new Int8Array(128);
for (const unit of [0x28, 0x7b, 0x5b]) balanceOf[unit] = 1;
for (const unit of [0x29, 0x7d, 0x5d]) balanceOf[unit] = -1;

interface Runs {
  readonly balance: number;
  readonly longestWord: number;
  readonly longestRun: number;
}

/** Counts marks and kinds of characters; tells how brackets balance, and the longest word and run. */
function countCharacters({ units, kinds }: ModelText, from: number, to: number): Runs {
  counts.fill(0);
  kindCounts.fill(0);
  let balance = 0;
  let word = 0;
  let longestWord = 0;
  let run = 0;
  let longestRun = 0;
  for (let i = from; i < to; i += 1) {
    const unit = units[i] as number;
    const charKind = kinds[i] as number;
    kindCounts[charKind] = (kindCounts[charKind] as number) + 1;
    word = charKind === kind.space || charKind === kind.newline ? 0 : word + 1;
    longestWord = Math.max(longestWord, word);
    run = i > from && unit === units[i - 1] ? run + 1 : 0;
    longestRun = Math.max(longestRun, run);
    if (unit > 127) continue;
    const slot = countedAt[unit] as number;
    if (slot >= 0) counts[slot] = (counts[slot] as number) + 1;
    balance += balanceOf[unit] as number;
  }
  return { balance, longestWord, longestRun };
}

const sum = (...kinds: readonly number[]): number =>
  kinds.reduce((total, one) => total + (kindCounts[one] as number), 0);

/** Writes the features of `[from, to)` at `at` of `out`. */
export function writeArgumentDense(
  text: ModelText,
  { from, to }: { readonly from: number; readonly to: number },
  out: Float32Array,
  at: number,
): void {
  const { kinds } = text;
  const { balance, longestWord, longestRun } = countCharacters(text, from, to);
  const size = to - from;
  for (let i = 0; i < counts.length; i += 1) out[at + i] = Math.log1p(counts[i] as number) / 3;
  const values = [
    sum(kind.lower, kind.upper, kind.wide) / (size + 1),
    sum(kind.digit) / (size + 1),
    sum(kind.space, kind.newline) / (size + 1),
    sum(kind.punctuation) / (size + 1),
    sum(kind.other) > 0 ? 1 : 0,
    countPairs(text, from, to, 0x2d),
    countPairs(text, from, to, 0x2e),
    countCodes(text, from, to),
    (counts[0] as number) & 1,
    (counts[1] as number) & 1,
    balance === 0 ? 0 : 1,
    size > 0 && kinds[from] === kind.punctuation ? 1 : 0,
    size > 0 && kinds[to - 1] === kind.punctuation ? 1 : 0,
    Math.log1p(size) / 6,
    Math.log1p(longestWord) / 5,
    Math.min(1, longestRun / 8),
  ];
  out.set(values, at + counts.length);
}

function countPairs({ units }: ModelText, from: number, to: number, mark: number): number {
  let count = 0;
  for (let i = from; i + 1 < to; i += 1) if (units[i] === mark && units[i + 1] === mark) count += 1;
  return Math.min(count, 3) / 3;
}

function countCodes({ units, kinds }: ModelText, from: number, to: number): number {
  let count = 0;
  for (let i = from; i + 2 < to; i += 1) {
    if (units[i] !== 0x25 || kinds[i + 1] === kind.punctuation || kinds[i + 1] === kind.space) continue;
    if (kinds[i + 2] !== kind.punctuation && kinds[i + 2] !== kind.space) count += 1;
  }
  return Math.min(count, 4) / 4;
}

const charSalt = 0x7f4a7c15;
const shapeSalt = 0x3ad8025f;

/** Writes runs of two to four characters, and runs of three to five character shapes. */
export function addArgumentGrams(text: ModelText, from: number, to: number, out: SparseVector): void {
  const { units, kinds } = text;
  const add = (hash: number): void => {
    if (out.count >= maxFeatures) return;
    out.index[out.count] = hash & sparseMask;
    out.count += 1;
  };
  for (let i = from; i < to; i += 1) {
    let hash = pieceSeed;
    for (let j = i; j < Math.min(to, i + 4); j += 1) {
      hash = hashUnit(hash, kinds[j] === kind.digit ? 0x30 : (units[j] as number));
      if (j > i) add(mix(hash, charSalt + j - i));
    }
  }
  addShapes(text, from, to, add);
}

const shapes = new Int32Array(512);

/** What stays of a character in a shape: letters are one, digits are one, marks are themselves. */
function shapeOf({ units, kinds }: ModelText, at: number): number {
  switch (kinds[at]) {
    case kind.lower:
    case kind.upper:
    case kind.wide:
      return 0x61;
    case kind.digit:
      return 0x30;
    case kind.space:
      return 0x20;
    default:
      return units[at] as number;
  }
}

function addShapes(text: ModelText, from: number, to: number, add: (hash: number) => void): void {
  let count = 0;
  for (let i = from; i < to && count < shapes.length; i += 1) {
    const shape = shapeOf(text, i);
    // Quotes, dots and dashes count each; of everything else a run is one.
    if (count > 0 && shapes[count - 1] === shape && shape !== 0x27 && shape !== 0x2e && shape !== 0x2d)
      continue;
    shapes[count] = shape;
    count += 1;
  }
  for (let i = 0; i < count; i += 1) {
    let hash = pieceSeed;
    for (let j = i; j < Math.min(count, i + 6); j += 1) {
      hash = hashUnit(hash, shapes[j] as number);
      if (j >= i + 2) add(mix(hash, shapeSalt + j - i));
    }
  }
}
