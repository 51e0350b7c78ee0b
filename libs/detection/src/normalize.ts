import { codeAt, confusableWith, hiddenKind } from './characters.ts';

/** A text made comparable: lower-case ASCII, look-alikes replaced, white space joined, hidden text decoded. */
export interface FoldedText {
  /** One ASCII unit per folded character; 0 stands for a character without an ASCII form. */
  readonly codes: Uint8Array;
  /** Index in the original of each folded character, and one more: its length. */
  readonly offsets: Int32Array;
  readonly length: number;
}

export interface FoldOptions {
  /** What an invisible character leaves behind: nothing (joins what it split) or a space. */
  readonly hiddenAs: 'nothing' | 'space';
}

const space = 0x20;
const other = 0;
const dropped = -1;

/** Folds one ASCII unit: lower case, every white space is a space. */
export const asciiFold: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) => {
  if (unit >= 0x41 && unit <= 0x5a) return unit + 32;
  return unit === 0x09 || unit === 0x0a || unit === 0x0d ? space : unit;
});

/** Folds a text for comparison and keeps where each character came from. Linear in its length. */
export function foldText(text: string, options: FoldOptions): FoldedText {
  const size = text.length;
  const codes = new Uint8Array(size);
  const offsets = new Int32Array(size + 1);
  const hiddenUnit = options.hiddenAs === 'space' ? space : dropped;
  let length = 0;
  let last = -1;
  for (let i = 0; i < size; ) {
    const at = i;
    let unit = folds[codeAt(text, at)] as number;
    i += 1;
    if (unit < 0) {
      i = nextAfter(text, at, unit);
      unit = foldOdd(text, at, hiddenUnit);
    }
    if (unit < 0 || (unit === space && last === space)) continue;
    codes[length] = unit;
    offsets[length] = at;
    length += 1;
    last = unit;
  }
  offsets[length] = size;
  return { codes, offsets, length };
}

/** Where the character after an odd one begins. */
function nextAfter(text: string, at: number, fold: number): number {
  if (fold === escapeStart) return skipEscape(text, at + 1);
  return fold === paired && (text.codePointAt(at) ?? 0) > 0xffff ? at + 2 : at + 1;
}

/** What a character that is not plain folds to; below 0 for nothing. */
function foldOdd(text: string, at: number, hiddenUnit: number): number {
  const first = codeAt(text, at);
  let unit = folds[first] as number;
  if (unit === paired) unit = foldRare(text.codePointAt(at) ?? 0);
  else if (unit === unknown) unit = learnFold(first);
  return unit === hidden ? hiddenUnit : unit;
}

const escapeStart = -2;
const hidden = -3;
const paired = -4;
const unknown = -5;

/** By UTF-16 unit: what it folds to, or what is to be done about it. What is not ASCII is filled in when it is met. */
const folds: Int8Array = Int8Array.from({ length: 0x10000 }, (_, unit) => {
  if (unit === 0x1b) return escapeStart;
  if (unit < 128) {
    const folded = asciiFold[unit] as number;
    return folded < space || unit === 0x7f ? hidden : folded;
  }
  return unit >= 0xd800 && unit < 0xe000 ? paired : unknown;
});

function learnFold(unit: number): number {
  const folded = foldRare(unit);
  folds[unit] = folded;
  return folded;
}

function foldRare(codePoint: number): number {
  const kind = hiddenKind(codePoint);
  if (kind === 'tag') return decodeTag(codePoint);
  if (kind !== undefined) return hidden;
  const known = pairFolds.get(codePoint);
  if (known !== undefined) return known;
  const folded = computeFold(codePoint);
  // A memo, bounded: the same code point always folds to the same unit.
  if (codePoint > 0xffff && pairFolds.size < maxRemembered) pairFolds.set(codePoint, folded);
  return folded;
}

const pairFolds = new Map<number, number>();
const maxRemembered = 4096;

/** Tag characters carry ASCII in their lower bits (Unicode 23.9). */
export function decodeTag(codePoint: number): number {
  const unit = codePoint & 0x7f;
  return unit >= space && unit < 0x7f ? (asciiFold[unit] ?? other) : dropped;
}

function computeFold(codePoint: number): number {
  const alike = confusableWith(codePoint);
  if (alike !== undefined) return alike;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return other;
  // Compatibility forms (full width, mathematical letters, ligatures) and accents; the first letter is enough.
  const plain = String.fromCodePoint(codePoint).normalize('NFKD').charCodeAt(0);
  if (plain < 128) return asciiFold[plain] ?? other;
  return isMark(codePoint) ? dropped : (confusableWith(plain) ?? other);
}

function isMark(codePoint: number): boolean {
  return (codePoint >= 0x300 && codePoint <= 0x36f) || (codePoint >= 0x1ab0 && codePoint <= 0x1aff);
}

const maxEscape = 32;

/** Index after an ANSI escape sequence that starts before `from`; unfinished ones end at the cap. */
export function skipEscape(text: string, from: number): number {
  if (text.charCodeAt(from) !== 0x5b) return from;
  const end = Math.min(text.length, from + maxEscape);
  for (let i = from + 1; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x40 && unit <= 0x7e) return i + 1;
    if (unit < space || unit > 0x3f) return i;
  }
  return end;
}

/** The folded text as a string, for comparing names; characters without an ASCII form become `?`. */
export function skeleton(text: string): string {
  const folded = foldText(text, { hiddenAs: 'nothing' });
  let out = '';
  for (let i = 0; i < folded.length; i += 1) {
    const code = folded.codes[i] ?? other;
    out += code === other ? '?' : String.fromCharCode(code);
  }
  return out;
}

/** NFKC text without hidden characters: what a person or a model makes of it, for display beside the raw form. */
export function stripHidden(text: string): string {
  let out = '';
  for (const letter of text) {
    if (hiddenKind(letter.codePointAt(0) ?? 0) === undefined) out += letter;
  }
  return out.normalize('NFKC');
}
