import { codeAt } from '../automaton.ts';
import { digit, kindAt, letter, lower, upper } from './units.ts';

/** Words that documentation puts where a value belongs. A random value holds one of them next to never. */
const placeholderWords: readonly string[] = [
  'example',
  'changeme',
  'change_me',
  'change-me',
  'placeholder',
  'your_',
  'your-',
  'yourapi',
  'yourtoken',
  'yourkey',
  'yoursecret',
  'yourpass',
  'my_secret',
  'mysecretpassword',
  'redacted',
  'insert_',
  'insert-',
  'replace_',
  'replace-',
  'replaceme',
  'xxxx',
  'dummy',
  'notarealkey',
  'not_a_real',
  'not-a-real',
  'removed',
  '1234567890',
  '0123456789',
  'abcdefgh',
  '****',
  '....',
  '----',
];

/** Whether a value is one that documentation shows instead of a real one. */
export function isPlaceholder(value: string): boolean {
  const folded = value.slice(0, 200).toLowerCase();
  if (placeholderWords.some((entry) => folded.includes(entry))) return true;
  return distinctUnits(folded, 0, folded.length) <= 2;
}

function distinctUnits(text: string, from: number, to: number): number {
  const seen = new Set<number>();
  for (let i = from; i < to; i += 1) seen.add(codeAt(text, i));
  return seen.size;
}

const looked = 128;

interface Shape {
  digits: number;
  uppers: number;
  lowers: number;
  changes: number;
  distinct: number;
}

/** What a run of units is made of, in its first 128. */
function shapeOf(text: string, from: number, to: number): Shape {
  const shape: Shape = { digits: 0, uppers: 0, lowers: 0, changes: 0, distinct: 0 };
  const stop = Math.min(to, from + looked);
  let before = 0;
  for (let i = from; i < stop; i += 1) {
    const kind = kindAt(text, i);
    const group = kind & (digit | letter);
    if (group === digit) shape.digits += 1;
    else if (group === upper) shape.uppers += 1;
    else if (group === lower) shape.lowers += 1;
    if (group !== 0 && before !== 0 && group !== before) shape.changes += 1;
    if (group !== 0) before = group;
  }
  shape.distinct = distinctUnits(text, from, stop);
  return shape;
}

/**
 * Whether the run looks drawn by lot: many different units, kinds of units that change often. Words joined by dashes
 * are not, nor is one letter repeated.
 */
export function looksRandom(text: string, from: number, to: number): boolean {
  const length = Math.min(to - from, looked);
  const { digits, uppers, lowers, changes, distinct } = shapeOf(text, from, to);
  if (distinct < Math.min(6, length * 0.6)) return false;
  if (digits === 0 && (uppers < 2 || lowers < 2)) return false;
  return changes >= Math.max(1, length * 0.1);
}

/** Whether at least six different units stand in the run. */
export function isVaried(text: string, from: number, to: number): boolean {
  return distinctUnits(text, from, Math.min(to, from + looked)) >= 6;
}

/** Bits of Shannon entropy per unit, over the first 128. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  const piece = text.slice(0, looked);
  for (const unit of piece) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / piece.length) * Math.log2(count / piece.length);
  return bits;
}

/** A UUID, or hex of the length of a common digest: names of things, seldom secrets. */
export function isDigestOrUuid(value: string): boolean {
  const { length } = value;
  if (length === 36) return isUuid(value);
  return (length === 32 || length === 40 || length === 64 || length === 128) && isHex(value);
}

function isUuid(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const isDash = i === 8 || i === 13 || i === 18 || i === 23;
    if (isDash !== (value.charAt(i) === '-')) return false;
  }
  return isHex(value.replaceAll('-', ''));
}

export function isHex(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i) | 0x20;
    if (!((unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66))) return false;
  }
  return value.length > 0;
}
