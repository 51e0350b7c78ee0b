/** Start of the hash of a word. */
export const wordSeed = 0x811c9dc5 | 0;
/** Start of the hash of a piece inside a word. */
export const pieceSeed = 0x5bd1e995;

/** One step of FNV-1a over a UTF-16 unit. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** Hash of a whole string, units as they are. */
export function hashText(text: string, seed = wordSeed): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = hashUnit(hash, text.charCodeAt(i));
  return hash;
}

/** Spreads a pair of hashes over all bits. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (b >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  return h ^ (h >>> 13);
}

/** A table from 32-bit hashes to numbers, open addressing. Key 0 is not stored. */
export interface HashTable {
  readonly keys: Int32Array;
  readonly values: Int32Array;
  readonly mask: number;
}

/** Builds a table; a key given twice keeps the bits of both. */
export function buildTable(entries: Iterable<readonly [hash: number, value: number]>): HashTable {
  const list = [...entries];
  let size = 16;
  while (size < list.length * 3) size *= 2;
  const keys = new Int32Array(size);
  const values = new Int32Array(size);
  const mask = size - 1;
  for (const [hash, value] of list) {
    if (hash === 0) continue;
    let at = (hash ^ (hash >>> 15)) & mask;
    while (keys[at] !== 0 && keys[at] !== hash) at = (at + 1) & mask;
    keys[at] = hash;
    values[at] = (values[at] as number) | value;
  }
  return { keys, values, mask };
}

/** The value of a hash; 0 where there is none. */
export function lookUp({ keys, values, mask }: HashTable, hash: number): number {
  let at = (hash ^ (hash >>> 15)) & mask;
  for (;;) {
    const key = keys[at] as number;
    if (key === hash) return values[at] as number;
    if (key === 0) return 0;
    at = (at + 1) & mask;
  }
}
