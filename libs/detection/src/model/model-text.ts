import { confusableWith, hiddenKind } from '../characters.ts';
import { findMixedScript } from '../find-hidden.ts';
import { decodeTag, skipEscape } from '../normalize.ts';

/** Classes of characters. */
export const kind = {
  other: 0,
  lower: 1,
  upper: 2,
  digit: 3,
  space: 4,
  newline: 5,
  punctuation: 6,
  /** Letters of scripts that put no space between words. */
  wide: 7,
} as const;

/** What a text hid from its reader. */
export interface HiddenCounts {
  readonly tags: number;
  readonly zeroWidth: number;
  readonly escapes: number;
  readonly other: number;
  readonly mixedWords: number;
}

/** A text as the model reads it: lower case without accents, look-alikes and hidden characters undone. */
export interface ModelText {
  readonly units: Uint16Array;
  readonly kinds: Uint8Array;
  /** Place in the original of each unit; `null` where they are the same. */
  readonly offsets: Int32Array | null;
  readonly length: number;
  readonly hidden: HiddenCounts | null;
}

const asciiKind: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) => {
  if (unit >= 0x61 && unit <= 0x7a) return kind.lower;
  if (unit >= 0x41 && unit <= 0x5a) return kind.upper;
  if (unit >= 0x30 && unit <= 0x39) return kind.digit;
  if (unit === 0x0a || unit === 0x0d) return kind.newline;
  if (unit === 0x20 || unit === 0x09) return kind.space;
  return unit > 0x20 && unit < 0x7f ? kind.punctuation : kind.other;
});

const asciiLower: Uint16Array = Uint16Array.from({ length: 128 }, (_, unit) =>
  unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit,
);

const codeAt = Function.prototype.call.bind(String.prototype.charCodeAt) as (
  text: string,
  at: number,
) => number;

/** Reads a text for the model. Linear in its length. */
export function readText(text: string): ModelText {
  const { length } = text;
  const units = new Uint16Array(length);
  const kinds = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) {
    const unit = codeAt(text, i);
    if (unit > 126 || (unit < 32 && unit !== 10 && unit !== 13 && unit !== 9)) return readWide(text);
    if (unit === star && codeAt(text, i + 1) === star) return readWide(text);
    units[i] = asciiLower[unit] as number;
    kinds[i] = asciiKind[unit] as number;
  }
  return { units, kinds, offsets: null, length, hidden: null };
}

const star = 0x2a;

/** Two stars make words bold and say nothing: an order in bold is an order. */
function isBold(text: string, at: number): boolean {
  return codeAt(text, at + 1) === star || (at > 0 && codeAt(text, at - 1) === star);
}

interface WideText {
  readonly text: string;
  readonly units: Uint16Array;
  readonly kinds: Uint8Array;
  readonly offsets: Int32Array;
  length: number;
  readonly counts: { tags: number; zeroWidth: number; escapes: number; other: number; mixedWords: number };
}

function readWide(text: string): ModelText {
  const { length } = text;
  const counts = { tags: 0, zeroWidth: 0, escapes: 0, other: 0, mixedWords: countMixedWords(text) };
  const out: WideText = {
    text,
    units: new Uint16Array(length),
    kinds: new Uint8Array(length),
    offsets: new Int32Array(length + 1),
    length: 0,
    counts,
  };
  for (let i = 0; i < length; ) {
    const unit = codeAt(text, i);
    if (unit === star && isBold(text, i)) i += 1;
    else if (unit < 127 && (unit >= 32 || unit === 10 || unit === 13 || unit === 9)) {
      put(out, asciiLower[unit] as number, asciiKind[unit] as number, i);
      i += 1;
    } else i = readOther(out, i);
  }
  out.offsets[out.length] = length;
  const { units, kinds, offsets } = out;
  return { units, kinds, offsets, length: out.length, hidden: counts };
}

function put(out: WideText, unit: number, charKind: number, at: number): void {
  const { length } = out;
  out.units[length] = unit;
  out.kinds[length] = charKind;
  out.offsets[length] = at;
  out.length = length + 1;
}

/** Reads what is no plain ASCII; tells where the next character begins. */
function readOther(out: WideText, at: number): number {
  const { text, counts } = out;
  const codePoint = text.codePointAt(at) ?? 0;
  const next = at + (codePoint > 0xffff ? 2 : 1);
  const hidden = hiddenKind(codePoint);
  switch (hidden) {
    case undefined: {
      const plain = counts.mixedWords > 0 ? confusableWith(codePoint) : undefined;
      const folded = plain === undefined ? foldWide(codePoint) : plain | ((asciiKind[plain] as number) << 16);
      if (folded !== dropped) put(out, folded & 0xffff, folded >>> 16, at);
      return next;
    }
    case 'escape':
      counts.escapes += 1;
      return skipEscape(text, next);
    case 'tag': {
      counts.tags += 1;
      const unit = decodeTag(codePoint);
      if (unit > 0) put(out, unit, asciiKind[unit] as number, at);
      return next;
    }
    case 'zero_width':
      counts.zeroWidth += 1;
      return next;
    default:
      if (hidden !== 'variation' && hidden !== 'bidi_mark') counts.other += 1;
      return next;
  }
}

/** Words that mix letters of two scripts; looked for only where a script of look-alikes occurs. */
function countMixedWords(text: string): number {
  for (let i = 0; i < text.length; i += 1) {
    const unit = codeAt(text, i);
    if (unit >= 0x370 && unit <= 0x58f) return findMixedScript(text).length;
  }
  return 0;
}

const dropped = 0xffffffff;
const memo = new Map<number, number>();
const maxRemembered = 8192;

/** Lower half: the folded unit; upper half: its kind. */
function foldWide(codePoint: number): number {
  const known = memo.get(codePoint);
  if (known !== undefined) return known;
  const folded = computeFold(codePoint);
  if (memo.size < maxRemembered) memo.set(codePoint, folded);
  return folded;
}

function computeFold(codePoint: number): number {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return kind.other << 16;
  if (codePoint === 0xa0 || codePoint === 0x3000 || codePoint === 0x202f) return 0x20 | (kind.space << 16);
  if (codePoint === 0x2028 || codePoint === 0x2029) return 0x0a | (kind.newline << 16);
  if (isMark(codePoint)) return dropped;
  const letter = String.fromCodePoint(codePoint);
  const plain = letter.normalize('NFKD');
  const first = plain.charCodeAt(0);
  if (first < 128) return (asciiLower[first] as number) | ((asciiKind[first] as number) << 16);
  const alike = confusableWith(codePoint);
  if (alike !== undefined && (asciiKind[alike] as number) === kind.punctuation) {
    return alike | (kind.punctuation << 16);
  }
  const lower = letter.toLowerCase();
  const isUpper = lower !== letter;
  return (isUpper ? lower : plain).charCodeAt(0) | (kindOf(codePoint, letter, isUpper) << 16);
}

function isMark(codePoint: number): boolean {
  return (codePoint >= 0x300 && codePoint <= 0x36f) || (codePoint >= 0x1ab0 && codePoint <= 0x1aff);
}

function kindOf(codePoint: number, letter: string, isUpper: boolean): number {
  if (isUnspaced(codePoint)) return kind.wide;
  if (/\p{L}|\p{M}/u.test(letter)) return isUpper ? kind.upper : kind.lower;
  return /\p{N}/u.test(letter) ? kind.digit : kind.punctuation;
}

function isUnspaced(codePoint: number): boolean {
  return (
    (codePoint >= 0x3040 && codePoint <= 0x30ff) ||
    (codePoint >= 0x3400 && codePoint <= 0x9fff) ||
    (codePoint >= 0xe00 && codePoint <= 0xe7f) ||
    (codePoint >= 0x20000 && codePoint <= 0x3ffff)
  );
}
