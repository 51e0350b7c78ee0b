import { createUnits, type Decoded, hexByte, hexDigit, type Sequence, type Sequences } from './layer.ts';

/**
 * Finds percent-encoding: `%2e`, UTF-8 sequences, `%u002e` of old servers, the overlong forms `%c0%ae` that
 * some decoders take for a dot, and `%%32%65`. Undefined when there is nothing to take off.
 */
export function findPercent(text: string): Sequences | undefined {
  const list: Sequence[] = [];
  let odd = 0;
  for (let at = text.indexOf('%'); at >= 0; ) {
    const sequence = readSequence(text, at);
    if (sequence) {
      list.push(sequence);
      odd += sequence.isOdd ? 1 : 0;
    }
    at = text.indexOf('%', at + (sequence?.size ?? 1));
  }
  return list.length === 0 ? undefined : { list, odd };
}

interface Percent extends Sequence {
  readonly isOdd: boolean;
}

function readSequence(text: string, at: number): Percent | undefined {
  const next = text.charCodeAt(at + 1);
  if (next === 0x75 || next === 0x55) return readWide(text, at);
  const first = hexByte(text, at + 1);
  if (first < 0) return undefined;
  if (first < 0x80) return { at, size: 3, text: String.fromCharCode(first), isOdd: false };
  return readUtf8(text, at, first);
}

function readWide(text: string, at: number): Percent | undefined {
  const high = hexByte(text, at + 2);
  const low = hexByte(text, at + 4);
  if (high < 0 || low < 0) return undefined;
  return { at, size: 6, text: String.fromCharCode(high * 256 + low), isOdd: true };
}

const faulty = '\ufffd';

/** Length of the sequence that a lead byte announces; 0 for none. */
function lengthOf(lead: number): number {
  if (lead >= 0xc0 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf8 ? 4 : 0;
}

function readUtf8(text: string, at: number, lead: number): Percent {
  const length = lengthOf(lead);
  if (length === 0) return { at, size: 3, text: faulty, isOdd: lead >= 0xf8 };
  let codePoint = lead & (0xff >> (length + 1));
  let loose = false;
  for (let i = 1; i < length; i += 1) {
    const byte = text.charCodeAt(at + i * 3) === 0x25 ? hexByte(text, at + i * 3 + 1) : -1;
    if (byte < 0) return { at, size: i * 3, text: faulty, isOdd: true };
    // Old decoders take the low bits of whatever follows: `%c0%2e` is a dot to them.
    if ((byte & 0xc0) !== 0x80) loose = true;
    codePoint = loose && length === 2 ? byte : codePoint * 64 + (byte & 0x3f);
  }
  const isOdd = loose || isOverlong(codePoint, length);
  return {
    at,
    size: length * 3,
    text: codePoint > 0x10ffff ? faulty : String.fromCodePoint(codePoint),
    isOdd,
  };
}

function isOverlong(codePoint: number, length: number): boolean {
  return codePoint < (length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000);
}

/** Forms of a dot and of slashes that filters forget: `..2f`, `0x2e0x2e/`. */
export function decodeBareHex(text: string): Decoded | undefined {
  if (!text.includes('2f') && !text.includes('2F') && !text.includes('0x') && !text.includes('5c'))
    return undefined;
  const out = createUnits(text.length);
  let count = 0;
  for (let i = 0; i < text.length; ) {
    const size = bareSize(text, i);
    if (size === 0) {
      out.push(text.charCodeAt(i), i);
      i += 1;
      continue;
    }
    out.push(hexByte(text, i + size - 2), i);
    i += size;
    count += 1;
  }
  return count === 0 ? undefined : { ...out.done(text.length), count, odd: count };
}

/** Units of a bare hexadecimal dot, slash or backslash at `at`; 0 when there is none. */
function bareSize(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x30 && (text.charCodeAt(at + 1) | 0x20) === 0x78) {
    return isPathByte(hexByte(text, at + 2)) ? 4 : 0;
  }
  if (at < 2 || text.charCodeAt(at - 1) !== 0x2e || text.charCodeAt(at - 2) !== 0x2e) return 0;
  const byte = hexDigit(text.charCodeAt(at)) < 0 ? -1 : hexByte(text, at);
  return byte === 0x2f || byte === 0x5c ? 2 : 0;
}

function isPathByte(byte: number): boolean {
  return byte === 0x2e || byte === 0x2f || byte === 0x5c;
}
