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

/** Writes the features of `[from, to)` at `at` of `out`. */
export function writeArgumentDense(
  text: ModelText,
  from: number,
  to: number,
  out: Float32Array,
  at: number,
): void {
  const { units, kinds } = text;
  counts.fill(0);
  let letters = 0;
  let digits = 0;
  let spaces = 0;
  let marks = 0;
  let other = 0;
  let balance = 0;
  let word = 0;
  let longest = 0;
  let run = 0;
  let longestRun = 0;
  for (let i = from; i < to; i += 1) {
    const unit = units[i] as number;
    const charKind = kinds[i] as number;
    if (charKind === kind.lower || charKind === kind.upper || charKind === kind.wide) letters += 1;
    else if (charKind === kind.digit) digits += 1;
    else if (charKind === kind.space || charKind === kind.newline) spaces += 1;
    else if (charKind === kind.punctuation) marks += 1;
    else other += 1;
    word = charKind === kind.space || charKind === kind.newline ? 0 : word + 1;
    if (word > longest) longest = word;
    run = i > from && unit === units[i - 1] ? run + 1 : 0;
    if (run > longestRun) longestRun = run;
    if (unit > 127) continue;
    const slot = countedAt[unit] as number;
    if (slot >= 0) counts[slot] = (counts[slot] as number) + 1;
    if (unit === 0x28 || unit === 0x7b || unit === 0x5b) balance += 1;
    else if (unit === 0x29 || unit === 0x7d || unit === 0x5d) balance -= 1;
  }
  const size = to - from;
  for (let i = 0; i < counts.length; i += 1) out[at + i] = Math.log1p(counts[i] as number) / 3;
  let next = at + counts.length;
  for (const share of [letters, digits, spaces, marks]) {
    out[next] = share / (size + 1);
    next += 1;
  }
  out[next] = other > 0 ? 1 : 0;
  out[next + 1] = countPairs(text, from, to, 0x2d, 0x2d);
  out[next + 2] = countPairs(text, from, to, 0x2e, 0x2e);
  out[next + 3] = countCodes(text, from, to);
  out[next + 4] = (counts[0] as number) & 1;
  out[next + 5] = (counts[1] as number) & 1;
  out[next + 6] = balance === 0 ? 0 : 1;
  out[next + 7] = size > 0 && kinds[from] === kind.punctuation ? 1 : 0;
  out[next + 8] = size > 0 && kinds[to - 1] === kind.punctuation ? 1 : 0;
  out[next + 9] = Math.log1p(size) / 6;
  out[next + 10] = Math.log1p(longest) / 5;
  out[next + 11] = Math.min(1, longestRun / 8);
}

function countPairs({ units }: ModelText, from: number, to: number, first: number, second: number): number {
  let count = 0;
  for (let i = from; i + 1 < to; i += 1) if (units[i] === first && units[i + 1] === second) count += 1;
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

function addShapes({ units, kinds }: ModelText, from: number, to: number, add: (hash: number) => void): void {
  let count = 0;
  for (let i = from; i < to && count < shapes.length; i += 1) {
    const charKind = kinds[i] as number;
    const isLetter = charKind === kind.lower || charKind === kind.upper || charKind === kind.wide;
    const shape = isLetter
      ? 0x61
      : charKind === kind.digit
        ? 0x30
        : charKind === kind.space
          ? 0x20
          : (units[i] as number);
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
