import { codeAt } from '../automaton.ts';

/** Kinds of ASCII units as bits; a unit beyond ASCII has its own bit. */
export const digit = 1;
export const lower = 2;
export const upper = 4;
export const hexLetter = 8;
export const wide = 16;
export const letter: number = lower | upper;
export const word: number = digit | letter;

const kinds: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) => {
  if (unit >= 0x30 && unit <= 0x39) return digit;
  const isHex = (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x66 ? hexLetter : 0;
  if (unit >= 0x61 && unit <= 0x7a) return lower | isHex;
  return unit >= 0x41 && unit <= 0x5a ? upper | isHex : 0;
});

/** Kind of a unit; beyond the end of a text it is 0. */
export function kindOf(unit: number): number {
  return unit < 128 ? (kinds[unit] as number) : unit >= 0xaa && isWideLetter(unit) ? wide : 0;
}

/** Kind of the unit at a place; 0 outside the text. */
export function kindAt(text: string, at: number): number {
  return at < 0 || at >= text.length ? 0 : kindOf(codeAt(text, at));
}

/** Letters beyond ASCII: everything but Latin-1 signs, punctuation and symbols. */
function isWideLetter(unit: number): boolean {
  if (unit < 0xc0) return unit === 0xaa || unit === 0xb5 || unit === 0xba;
  if (unit === 0xd7 || unit === 0xf7) return false;
  if (unit >= 0x2000 && unit <= 0x2bff) return false;
  if (unit >= 0x3000 && unit <= 0x3004) return false;
  if (unit >= 0x3008 && unit <= 0x3020) return false;
  return !(unit >= 0xff00 && unit <= 0xff20);
}

export function isDigitAt(text: string, at: number): boolean {
  const unit = codeAt(text, at);
  return unit >= 0x30 && unit <= 0x39;
}

/** An ASCII letter or digit. */
export function isWordAt(text: string, at: number): boolean {
  return (kindAt(text, at) & word) !== 0;
}

export function isUpperAt(text: string, at: number): boolean {
  return (kindAt(text, at) & upper) !== 0;
}

/** White space within a line or across lines. */
export function isBlankAt(text: string, at: number): boolean {
  const unit = codeAt(text, at);
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/** A set of ASCII units given by their characters, for fast tests. */
export function unitSet(characters: string): Uint8Array {
  const set = new Uint8Array(128);
  for (let i = 0; i < characters.length; i += 1) set[characters.charCodeAt(i)] = 1;
  return set;
}

/** Whether the unit at a place is in a set. */
export function inSet(set: Uint8Array, text: string, at: number): boolean {
  const unit = codeAt(text, at);
  return unit < 128 && set[unit] === 1;
}

/** Where a run of a set that begins at `from` ends, at most `max` units later. */
export function runEnd(text: string, from: number, set: Uint8Array, max: number): number {
  const cap = Math.min(text.length, from + max);
  let at = from;
  while (at < cap && inSet(set, text, at)) at += 1;
  return at;
}

/** Where a run of a set that ends at `to` begins, at most `max` units before and not before `floor`. */
export function runStart(text: string, to: number, set: Uint8Array, max: number): number {
  const floor = Math.max(0, to - max);
  let at = to;
  while (at > floor && inSet(set, text, at - 1)) at -= 1;
  return at;
}

const lowerLetters = 'abcdefghijklmnopqrstuvwxyz';
const upperLetters = lowerLetters.toUpperCase();
const digits = '0123456789';

/** Alphabets of tokens, by the letter that the tables of formats use. */
export const alphabets = {
  /** digits */
  '#': unitSet(digits),
  /** lower-case hex */
  h: unitSet(`${digits}abcdef`),
  /** hex of either case */
  H: unitSet(`${digits}abcdefABCDEF`),
  /** letters */
  a: unitSet(lowerLetters + upperLetters),
  /** upper-case letters and digits */
  U: unitSet(upperLetters + digits),
  /** lower-case letters and digits */
  l: unitSet(lowerLetters + digits),
  /** letters and digits */
  n: unitSet(lowerLetters + upperLetters + digits),
  /** … and `_` */
  w: unitSet(`${lowerLetters}${upperLetters}${digits}_`),
  /** … and `-` */
  d: unitSet(`${lowerLetters}${upperLetters}${digits}_-`),
  /** … and `.` */
  o: unitSet(`${lowerLetters}${upperLetters}${digits}_-.`),
  /** base64 */
  b: unitSet(`${lowerLetters}${upperLetters}${digits}+/`),
  /** base64 with padding */
  B: unitSet(`${lowerLetters}${upperLetters}${digits}+/=`),
  /** base64, both kinds, with padding and dots */
  t: unitSet(`${lowerLetters}${upperLetters}${digits}+/=._~-`),
} as const satisfies Readonly<Record<string, Uint8Array>>;
export type AlphabetName = keyof typeof alphabets;
