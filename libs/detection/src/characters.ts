/** Kinds of characters that a reader does not see, or that change what a reader sees. */
export type HiddenKind =
  | 'tag'
  | 'zero_width'
  | 'bidi_override'
  | 'bidi_mark'
  | 'variation'
  | 'invisible'
  | 'escape'
  | 'control';

const ranges: readonly (readonly [number, number, HiddenKind])[] = [
  [0x00, 0x08, 'control'],
  [0x0b, 0x0c, 'control'],
  [0x0e, 0x1a, 'control'],
  [0x1b, 0x1b, 'escape'],
  [0x1c, 0x1f, 'control'],
  [0x7f, 0x9a, 'control'],
  [0x9b, 0x9b, 'escape'],
  [0x9c, 0x9f, 'control'],
  [0xad, 0xad, 'invisible'],
  [0x34f, 0x34f, 'invisible'],
  [0x61c, 0x61c, 'bidi_mark'],
  [0x115f, 0x1160, 'invisible'],
  [0x17b4, 0x17b5, 'invisible'],
  [0x180b, 0x180f, 'invisible'],
  [0x200b, 0x200d, 'zero_width'],
  [0x200e, 0x200f, 'bidi_mark'],
  [0x202a, 0x202e, 'bidi_override'],
  [0x2060, 0x2064, 'zero_width'],
  [0x2066, 0x2069, 'bidi_override'],
  [0x206a, 0x206f, 'invisible'],
  [0x3164, 0x3164, 'invisible'],
  [0xfe00, 0xfe0f, 'variation'],
  [0xfeff, 0xfeff, 'zero_width'],
  [0xffa0, 0xffa0, 'invisible'],
  [0xfff9, 0xfffb, 'invisible'],
  [0x1d173, 0x1d17a, 'invisible'],
  [0xe0000, 0xe007f, 'tag'],
  [0xe0100, 0xe01ef, 'variation'],
];

const kinds: readonly (HiddenKind | undefined)[] = [undefined, ...new Set(ranges.map(([, , kind]) => kind))];

/** By code point of the basic plane: place in `kinds`. Asked of every character that is not plain, so one look. */
const kindTable: Uint8Array = buildKindTable();

function buildKindTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [first, last, kind] of ranges) {
    if (first <= 0xffff) table.fill(kinds.indexOf(kind), first, last + 1);
  }
  return table;
}

/** The kind of a code point that does not show, or `undefined` for one that does. */
export function hiddenKind(codePoint: number): HiddenKind | undefined {
  if (codePoint <= 0xffff) return kinds[kindTable[codePoint] as number];
  if (codePoint < 0x1d173) return undefined;
  for (const [first, last, kind] of ranges) {
    if (codePoint < first) return undefined;
    if (codePoint <= last) return kind;
  }
  return undefined;
}

/** Whether a UTF-16 unit is an ASCII letter or digit. */
export function isWordUnit(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
}

/** Letters of other scripts that look like ASCII letters: `from` at i looks like `to` at i. */
const confusablePairs: readonly (readonly [from: string, to: string])[] = [
  // Cyrillic
  ['аеорсухіјѕԁԛԝһӏкмтвнґцьѵзбгԍ', 'aeopcyxijsdqwhlkmtbhruyvz6rg'],
  ['АЕОРСУХІЈЅԀԚԜНКМТВӀЗЬ', 'aeopcyxijsdqwhkmtbl3b'],
  // Greek
  ['αεορτυικνχγημβσζ', 'aeoptuikvxyhmboz'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'abezhikmnoptyx'],
  // Armenian, Latin extensions, letter-like signs
  ['օսոհցքɡɑıȷʟʀɪɴᴀᴄᴇᴏᴛᴜℓ', 'ounhgqgaijlrinaceotul'],
  // Punctuation
  ['‐‑‒–—−∕⁄․‚‘’‛“”‹›：；', "------//.,'''\"\"<>:;"],
];

/** By code point of the basic plane, where all of them are: the ASCII unit, 0 for none. */
const confusables: Uint8Array = buildConfusables();

function buildConfusables(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [from, to] of confusablePairs) {
    Array.from(from).forEach((letter, i) => {
      table[letter.codePointAt(0) ?? 0] = to.charCodeAt(i);
    });
  }
  return table;
}

/** The ASCII unit a foreign letter can be mistaken for, or `undefined`. */
export function confusableWith(codePoint: number): number | undefined {
  return confusables[codePoint] || undefined;
}

/** Whether a code point is a letter of Cyrillic, Greek or Armenian. */
export function isForeignLookalikeScript(codePoint: number): boolean {
  return codePoint >= 0x370 && codePoint <= 0x58f;
}

const escapes: Readonly<Record<number, string>> = { 10: '⏎', 13: '', 9: ' ' };

/** Writes a piece of text so that nothing in it stays invisible. */
export function visibleText(text: string): string {
  let out = '';
  for (const letter of text) {
    const codePoint = letter.codePointAt(0) ?? 0;
    const plain = escapes[codePoint];
    if (plain !== undefined) out += plain;
    else if (hiddenKind(codePoint) === undefined && letter.isWellFormed()) out += letter;
    else out += `⟨U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  }
  return out;
}

/**
 * `text.charCodeAt(at)` as a plain function. A method of a string is looked up anew for each of the many forms V8
 * keeps strings in, and a worker sees them all: that lookup cost as much as the scan.
 */
export const codeAt = Function.prototype.call.bind(String.prototype.charCodeAt) as (
  text: string,
  at: number,
) => number;
