import { hashUnit, mix, pieceSeed } from './hash.ts';
import { kind, type ModelText } from './model-text.ts';
import { type Tokens, tokenType } from './tokens.ts';

/** Size of the table of n-grams. */
export const sparseBits = 17;
/** Turns a hash into a place in that table. */
export const sparseMask = (1 << sparseBits) - 1;

/** Places in the table of n-grams, of one segment; reused for each. */
export interface SparseVector {
  readonly index: Int32Array;
  count: number;
}

const maxFeatures = 4096;
const spare = 64;

/** Makes room for the n-grams of a segment. */
export function createSparse(): SparseVector {
  return { index: new Int32Array(maxFeatures + spare), count: 0 };
}

const wordSalt = 0x1b873593;
const pairSalt = 0x2c1b3c6d;
const skipSalt = 0x297a2d39;
const classSalt = 0x3c6ef372;
const classPairSalt = 0x1f83d9ab;
const openSalt = 0x5be0cd19;
const gramSalt = 0x6a09e667;

const gramLength = 4;

/** Writes words, pairs, pairs over one gap, sequences of word groups, and runs of four letters. */
export function writeSparse(text: ModelText, tokens: Tokens, out: SparseVector): void {
  out.count = 0;
  const { hash, groups, type, count } = tokens;
  let before = 0;
  let beforeThat = 0;
  let classBefore = 0;
  let classBeforeThat = 0;
  for (let i = 0; i < count; i += 1) {
    const word = hash[i] as number;
    const group = groups[i] as number;
    const isMark = type[i] === tokenType.mark;
    const cls = group !== 0 ? group : isMark ? word : (type[i] as number) + 1;
    add(out, mix(word, wordSalt));
    add(out, mix(word, before ^ pairSalt));
    if (i > 1) add(out, mix(word, beforeThat ^ skipSalt));
    add(out, mix(mix(cls, classBefore), classBeforeThat ^ classSalt));
    add(out, mix(mix(cls, classBefore), classPairSalt));
    if (i < 3) add(out, mix(cls, openSalt + i));
    if (!isMark && out.count < maxFeatures - 64) addGrams(text, tokens, i, out);
    beforeThat = before;
    before = word;
    classBeforeThat = classBefore;
    classBefore = cls;
  }
}

function add(out: SparseVector, hash: number): void {
  if (out.count >= maxFeatures) return;
  out.index[out.count] = hash & sparseMask;
  out.count += 1;
}

const maxGramWord = 24;

function addGrams({ units, kinds }: ModelText, tokens: Tokens, i: number, out: SparseVector): void {
  const from = tokens.start[i] as number;
  const type = tokens.type[i] as number;
  if (type !== tokenType.word && type !== tokenType.piece) return;
  const to = Math.min(tokens.end[i] as number, from + maxGramWord);
  if (to - from < 5) return;
  for (let at = from; at + gramLength <= to; at += 1) {
    let hash = pieceSeed;
    for (let j = at; j < at + gramLength; j += 1) {
      hash = hashUnit(hash, kinds[j] === kind.digit ? 0x30 : (units[j] as number));
    }
    add(out, mix(hash, at === from ? gramSalt + 1 : gramSalt));
  }
}
