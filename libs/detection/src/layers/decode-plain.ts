import { hiddenKind } from '../characters.ts';
import { createUnits, type Decoded } from './layer.ts';

/**
 * Leaves out what does not show, reads tag characters as the ASCII they carry, and puts plain characters in place of
 * their wide and styled forms. Undefined where nothing changes.
 */
export function decodePlain(text: string): Decoded | undefined {
  const from = firstOdd(text);
  if (from < 0) return undefined;
  const out = createUnits(text.length);
  let count = 0;
  for (let i = 0; i < text.length; ) {
    const codePoint = text.codePointAt(i) ?? 0;
    const size = codePoint > 0xffff ? 2 : 1;
    const plain = plainOf(codePoint);
    if (plain === codePoint) for (let j = 0; j < size; j += 1) out.push(text.charCodeAt(i + j), i + j);
    else {
      count += 1;
      if (plain >= 0) out.push(plain, i);
    }
    i += size;
  }
  return count === 0 ? undefined : { ...out.done(text.length), count, odd: count };
}

function firstOdd(text: string): number {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7e || (unit < 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09 && unit !== 0))
      return i;
  }
  return -1;
}

const dropped = -1;

/** The ASCII character that one stands for, -1 for one that does not show, else itself. */
function plainOf(codePoint: number): number {
  if (codePoint < 0x7f && codePoint >= 0x20) return codePoint;
  const kind = hiddenKind(codePoint);
  if (kind === 'tag') return codePoint >= 0xe0020 && codePoint < 0xe007f ? codePoint - 0xe0000 : dropped;
  // NUL and line ends have a meaning of their own in arguments.
  if (kind !== undefined) return codePoint === 0 ? 0 : dropped;
  if (!isStyled(codePoint)) return codePoint;
  const plain = String.fromCodePoint(codePoint).normalize('NFKC');
  return plain.length === 1 && plain.charCodeAt(0) < 0x7f ? plain.charCodeAt(0) : codePoint;
}

/** Blocks of wide, small, raised, circled and mathematical forms of ASCII. */
function isStyled(codePoint: number): boolean {
  if (codePoint < 0x2000) return codePoint === 0xa0;
  if (codePoint < 0x2500) return true;
  return (codePoint >= 0xfe10 && codePoint <= 0xff5e) || (codePoint >= 0x1d400 && codePoint <= 0x1d7ff);
}
