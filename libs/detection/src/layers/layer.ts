/** How a text was hidden behind another. */
export type LayerKind = 'plain' | 'percent' | 'entity' | 'escape' | 'base64' | 'hex' | 'char_codes';

/** A text found inside another by taking one encoding off. */
export interface Layer {
  readonly kind: LayerKind;
  readonly text: string;
  /** Units of the outermost text that hold it. */
  readonly start: number;
  readonly end: number;
  /** 1 for what stands in the text itself, 2 for what stands in that, and so on. */
  readonly depth: number;
  /** Index in the outermost text of each unit; absent where every unit belongs to the whole span. */
  readonly map: Int32Array | undefined;
}

/** What one decoder made of a text: the new text, and where each unit of it began. */
export interface Decoded {
  readonly text: string;
  readonly map: Int32Array;
  /** Sequences that were taken apart. */
  readonly count: number;
  /** Sequences no honest encoder writes: doubled, overlong, `%u`. */
  readonly odd: number;
}

/** A piece of a text that stands for another. */
export interface Sequence {
  readonly at: number;
  readonly size: number;
  readonly text: string;
}

/** The sequences of one encoding in a text, in its order; counted before anything is built of them. */
export interface Sequences {
  readonly list: readonly Sequence[];
  /** Those no honest encoder writes: doubled, overlong, `%u`. */
  readonly odd: number;
}

/** The text with its sequences taken apart, and where each unit of it began. */
export function takeApart(text: string, list: readonly Sequence[]): { text: string; map: Int32Array } {
  const parts: string[] = [];
  const map = new Int32Array(text.length + 1);
  let length = 0;
  let from = 0;
  for (const sequence of list) {
    const { at } = sequence;
    if (at > from) parts.push(text.slice(from, at));
    for (; from < at; from += 1) map[length++] = from;
    parts.push(sequence.text);
    for (let i = 0; i < sequence.text.length; i += 1) map[length++] = at;
    from = at + sequence.size;
  }
  if (from < text.length) parts.push(text.slice(from));
  for (; from < text.length; from += 1) map[length++] = from;
  map[length] = text.length;
  return { text: parts.join(''), map: map.subarray(0, length + 1) };
}

/** Collects decoded units beside their places; grows by doubling so that the work stays linear. */
export function createUnits(capacity: number) {
  const units = new Uint16Array(capacity);
  const map = new Int32Array(capacity + 1);
  let length = 0;
  return {
    push: (unit: number, at: number): void => {
      if (length >= capacity) return;
      units[length] = unit;
      map[length] = at;
      length += 1;
    },
    done: (end: number): { text: string; map: Int32Array } => {
      map[length] = end;
      return { text: textOf(units, length), map: map.subarray(0, length + 1) };
    },
  };
}

const chunk = 8_192;

/** A string from UTF-16 units; `apply` in pieces, as arguments are limited. */
export function textOf(units: Uint16Array, length: number): string {
  if (length <= chunk)
    return String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[]);
  const parts: string[] = [];
  for (let at = 0; at < length; at += chunk) {
    const piece = units.subarray(at, Math.min(length, at + chunk));
    parts.push(String.fromCharCode.apply(null, piece as unknown as number[]));
  }
  return parts.join('');
}

/** Value of a hexadecimal digit, or -1. */
export function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The byte of two hexadecimal digits at `at`, or -1. */
export function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  if (high < 0) return -1;
  const low = hexDigit(text.charCodeAt(at + 1));
  return low < 0 ? -1 : high * 16 + low;
}
