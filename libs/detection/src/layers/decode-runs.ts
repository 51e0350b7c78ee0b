import { hexByte } from './layer.ts';

const sixBits: Int8Array = Int8Array.from({ length: 128 }, (_, unit) => {
  const at = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(
    String.fromCharCode(unit),
  );
  if (at >= 0) return at;
  return unit === 0x2d ? 62 : unit === 0x5f ? 63 : -1;
});

/** Most bytes taken out of one run. */
export const maxDecodedBytes = 64 * 1024;

/** What a run of base64 or hex says, when that is text. */
export function decodeRun(
  run: string,
): { readonly kind: 'base64' | 'hex'; readonly text: string } | undefined {
  const hex = isHex(run) ? readable(decodeHex(run)) : undefined;
  if (hex !== undefined) return { kind: 'hex', text: hex };
  const text = readable(decodeBase64(run));
  return text === undefined ? undefined : { kind: 'base64', text };
}

function isHex(run: string): boolean {
  if (run.length % 2 !== 0) return false;
  for (let i = 0; i < run.length; i += 1) {
    const unit = run.charCodeAt(i) | 0x20;
    if (!((unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66))) return false;
  }
  return true;
}

function decodeHex(run: string): Uint8Array {
  const bytes = new Uint8Array(Math.min(run.length >> 1, maxDecodedBytes));
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = hexByte(run, i * 2);
  return bytes;
}

function decodeBase64(run: string): Uint8Array {
  const bytes = new Uint8Array(Math.min((run.length * 3) >> 2, maxDecodedBytes));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let i = 0; i < run.length && length < bytes.length; i += 1) {
    const six = sixBits[run.charCodeAt(i)] ?? -1;
    if (six < 0) break;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >> bits) & 0xff;
    length += 1;
  }
  return bytes.subarray(0, length);
}

const minBytes = 12;

/** The bytes as text: UTF-8, or UTF-16 as one shell takes its commands; else `undefined`. */
export function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length < minBytes) return undefined;
  const { printable, zero, high } = countBytes(bytes);
  const enough = bytes.length * 0.95;
  if (printable >= enough) return asciiOf(bytes);
  const isWide = zero * 2 >= bytes.length - 4 && printable + zero >= enough;
  if (isWide) return asciiOf(bytes.filter((byte) => byte !== 0));
  return printable + high >= enough ? utf8Of(bytes) : undefined;
}

function countBytes(bytes: Uint8Array): {
  readonly printable: number;
  readonly zero: number;
  readonly high: number;
} {
  let printable = 0;
  let zero = 0;
  let high = 0;
  for (const byte of bytes) {
    if ((byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d)) printable += 1;
    else if (byte >= 0x80) high += 1;
    else if (byte === 0) zero += 1;
  }
  return { printable, zero, high };
}

function asciiOf(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte < 0x80 ? byte : 0x3f);
  return out;
}

/** UTF-8 without a fault, or nothing: random bytes fail within a few characters. */
function utf8Of(bytes: Uint8Array): string | undefined {
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes[i] ?? 0);
    if (length === 0) return undefined;
    // A sequence cut by the cap at the very end is no fault.
    if (i + length > bytes.length) return out;
    const codePoint = readSequence(bytes, i, length);
    if (codePoint < 0) return undefined;
    out += String.fromCodePoint(codePoint);
    i += length;
  }
  return out;
}

/** Bytes that a lead byte announces; 0 for a byte that leads nothing. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

function readSequence(bytes: Uint8Array, at: number, length: number): number {
  const lead = bytes[at] ?? 0;
  let codePoint = length === 1 ? lead : lead & (0x7f >> length);
  for (let j = 1; j < length; j += 1) {
    const next = bytes[at + j] ?? 0;
    if ((next & 0xc0) !== 0x80) return -1;
    codePoint = codePoint * 64 + (next & 0x3f);
  }
  return codePoint > 0x10ffff ? -1 : codePoint;
}
