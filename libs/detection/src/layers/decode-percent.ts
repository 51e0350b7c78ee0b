import { createUnits, type Decoded, hexByte, hexDigit } from './layer.ts';

/**
 * Takes percent-encoding off once: `%2e`, UTF-8 sequences, `%u002e` of old servers, the overlong forms `%c0%ae` that
 * some decoders take for a dot, and `%%32%65`. Undefined when there is nothing to take off.
 */
export function decodePercent(text: string): Decoded | undefined {
  let at = text.indexOf('%');
  if (at < 0) return undefined;
  const out = createUnits(text.length);
  let from = 0;
  let count = 0;
  let odd = 0;
  for (; at >= 0; at = text.indexOf('%', from)) {
    for (let i = from; i < at; i += 1) out.push(text.charCodeAt(i), i);
    const step = readSequence(text, at);
    for (const unit of step.units) out.push(unit, at);
    from = at + step.size;
    count += step.isPlain ? 0 : 1;
    odd += step.isOdd ? 1 : 0;
  }
  if (count === 0) return undefined;
  for (let i = from; i < text.length; i += 1) out.push(text.charCodeAt(i), i);
  return { ...out.done(text.length), count, odd };
}

interface Sequence {
  readonly units: readonly number[];
  readonly size: number;
  readonly isPlain: boolean;
  readonly isOdd: boolean;
}

const plainPercent: Sequence = { units: [0x25], size: 1, isPlain: true, isOdd: false };

function readSequence(text: string, at: number): Sequence {
  const next = text.charCodeAt(at + 1);
  if (next === 0x75 || next === 0x55) return readWide(text, at);
  const first = hexByte(text, at + 1);
  if (first < 0) return plainPercent;
  if (first < 0x80) return { units: [first], size: 3, isPlain: false, isOdd: false };
  return readUtf8(text, at, first);
}

function readWide(text: string, at: number): Sequence {
  const high = hexByte(text, at + 2);
  const low = hexByte(text, at + 4);
  if (high < 0 || low < 0) return plainPercent;
  return { units: [high * 256 + low], size: 6, isPlain: false, isOdd: true };
}

/** Length of the sequence that a lead byte announces; 0 for none. */
function lengthOf(lead: number): number {
  if (lead >= 0xc0 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf8 ? 4 : 0;
}

function readUtf8(text: string, at: number, lead: number): Sequence {
  const length = lengthOf(lead);
  if (length === 0) return { units: [0xfffd], size: 3, isPlain: false, isOdd: lead >= 0xf8 };
  let codePoint = lead & (0xff >> (length + 1));
  let loose = false;
  for (let i = 1; i < length; i += 1) {
    const byte = text.charCodeAt(at + i * 3) === 0x25 ? hexByte(text, at + i * 3 + 1) : -1;
    if (byte < 0) return { units: [0xfffd], size: i * 3, isPlain: false, isOdd: true };
    // Old decoders take the low bits of whatever follows: `%c0%2e` is a dot to them.
    if ((byte & 0xc0) !== 0x80) loose = true;
    codePoint = loose && length === 2 ? byte : codePoint * 64 + (byte & 0x3f);
  }
  const isOdd = loose || isOverlong(codePoint, length);
  return { units: unitsOf(codePoint), size: length * 3, isPlain: false, isOdd };
}

function isOverlong(codePoint: number, length: number): boolean {
  return codePoint < (length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000);
}

function unitsOf(codePoint: number): readonly number[] {
  if (codePoint <= 0xffff) return [codePoint];
  if (codePoint > 0x10ffff) return [0xfffd];
  const rest = codePoint - 0x10000;
  return [0xd800 + (rest >> 10), 0xdc00 + (rest & 0x3ff)];
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
