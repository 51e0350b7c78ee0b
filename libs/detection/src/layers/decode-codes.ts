import { createUnits, type Decoded } from './layer.ts';

const minCodes = 8;
const maxGap = 12;

/**
 * Takes lists of decimal character codes off: `105, 103, 110`, `chr(105)||chr(103)`, `CHAR(73)+CHAR(78)`. Only runs of
 * at least eight codes of printable characters count; anything else between two codes must be short.
 */
export function decodeCodes(text: string): Decoded | undefined {
  const out = createUnits(text.length);
  let count = 0;
  let run: { at: number; value: number }[] = [];
  let gap = 0;
  const flush = (): void => {
    if (run.length >= minCodes && isText(run)) {
      for (const { at, value } of run) out.push(value, at);
      out.push(0x20, run.at(-1)?.at ?? 0);
      count += run.length;
    }
    run = [];
  };
  for (let i = 0; i < text.length; ) {
    const size = digitsAt(text, i);
    if (size === 0) {
      gap += 1;
      if (gap > maxGap) flush();
      i += 1;
      continue;
    }
    const value = size <= 3 ? Number(text.slice(i, i + size)) : 0;
    if (value >= 0x20 && value < 0x7f) run.push({ at: i, value });
    else flush();
    gap = 0;
    i += size;
  }
  flush();
  return count === 0 ? undefined : { ...out.done(text.length), count, odd: count };
}

function digitsAt(text: string, at: number): number {
  let size = 0;
  for (let unit = text.charCodeAt(at); unit >= 0x30 && unit <= 0x39; unit = text.charCodeAt(at + size))
    size += 1;
  return size;
}

/** Mostly letters, as written language is; prices and coordinates are not. */
function isText(run: readonly { readonly value: number }[]): boolean {
  let letters = 0;
  let spread = 0;
  let before = 0;
  for (const { value } of run) {
    if ((value | 0x20) >= 0x61 && (value | 0x20) <= 0x7a) letters += 1;
    if (Math.abs(value - before) <= 1) spread += 1;
    before = value;
  }
  return letters >= run.length * 0.7 && spread < run.length * 0.5;
}
