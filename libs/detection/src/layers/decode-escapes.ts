import { hexByte, hexDigit, type Sequence, type Sequences } from './layer.ts';

/** Finds backslash escapes: `\u0069`, `\u{69}`, `\x69`, `\151`, and written-out line ends. */
export function findEscapes(text: string): Sequences | undefined {
  const list: Sequence[] = [];
  let odd = 0;
  for (let at = text.indexOf('\\'); at >= 0; ) {
    const found = readEscape(text, at);
    if (found) {
      list.push({ at, size: found.size, text: String.fromCharCode(found.unit) });
      // Printable ASCII needs no escape by number.
      if (found.size > 2 && found.unit > 0x20 && found.unit < 0x7f) odd += 1;
    }
    at = text.indexOf('\\', at + (found?.size ?? 1));
  }
  return list.length === 0 ? undefined : { list, odd };
}

interface Escape {
  readonly unit: number;
  readonly size: number;
}

const simple: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09 };

function readEscape(text: string, at: number): Escape | undefined {
  const kind = text.charAt(at + 1);
  if (kind === 'u') return text.charAt(at + 2) === '{' ? readBraced(text, at) : readFour(text, at);
  if (kind === 'x') {
    const byte = hexByte(text, at + 2);
    return byte < 0 ? undefined : { unit: byte, size: 4 };
  }
  if (kind >= '0' && kind <= '7') return readOctal(text, at);
  const unit = Object.hasOwn(simple, kind) ? simple[kind] : undefined;
  return unit === undefined ? undefined : { unit, size: 2 };
}

function readFour(text: string, at: number): Escape | undefined {
  const high = hexByte(text, at + 2);
  const low = high < 0 ? -1 : hexByte(text, at + 4);
  return low < 0 ? undefined : { unit: high * 256 + low, size: 6 };
}

function readBraced(text: string, at: number): Escape | undefined {
  let value = 0;
  for (let i = at + 3; i < at + 10; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0x7d) return i === at + 3 || value > 0xffff ? undefined : { unit: value, size: i + 1 - at };
    const digit = hexDigit(unit);
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return undefined;
}

function readOctal(text: string, at: number): Escape | undefined {
  let value = 0;
  for (let i = 1; i <= 3; i += 1) {
    const digit = text.charCodeAt(at + i) - 0x30;
    if (!(digit >= 0 && digit <= 7)) return undefined;
    value = value * 8 + digit;
  }
  return value > 0xff ? undefined : { unit: value, size: 4 };
}
