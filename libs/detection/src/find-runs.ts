import { codeAt, countSteps } from './automaton.ts';
import type { RawHit, RuleFacts, ScanMeter } from './finding.ts';

/** A long run of base64 or hex, with what it decodes to where that is text. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  readonly decoded: string | undefined;
}

const minRun = 24;
const maxDecodedBytes = 16 * 1024;
const maxRuns = 1_000;

const isBase64: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

const sixBits: Int8Array = Int8Array.from({ length: 128 }, (_, unit) => {
  const at = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(
    String.fromCharCode(unit),
  );
  if (at >= 0) return at;
  return unit === 0x2d ? 62 : unit === 0x5f ? 63 : -1;
});

function isRunUnit(text: string, at: number): boolean {
  const unit = codeAt(text, at);
  return unit < 128 && isBase64[unit] === 1;
}

/**
 * Finds runs of at least 24 base64 characters. It looks at every 24th character and walks only around those that
 * belong to a run, so ordinary text costs a fraction of its length.
 */
export function findEncodedRuns(text: string, meter?: ScanMeter): readonly EncodedRun[] {
  const runs: EncodedRun[] = [];
  const { length } = text;
  let floor = 0;
  let probe = minRun - 1;
  while (probe < length && runs.length < maxRuns) {
    let start = probe;
    while (start > floor && isRunUnit(text, start - 1)) start -= 1;
    let end = probe;
    while (end < length && isRunUnit(text, end)) end += 1;
    if (!isRunUnit(text, probe)) start = probe;
    if (end - start >= minRun) runs.push({ start, end, decoded: decodeRun(text, start, end) });
    countSteps(meter, end - start + 2);
    floor = end;
    probe = Math.max(end, probe) + minRun;
  }
  return runs;
}

function decodeRun(text: string, start: number, end: number): string | undefined {
  const run = text.slice(start, Math.min(end, start + maxDecodedBytes * 2));
  return (isHex(run) ? readable(decodeHex(run)) : undefined) ?? readable(decodeBase64(run));
}

function isHex(run: string): boolean {
  if (run.length % 2 !== 0) return false;
  for (let i = 0; i < run.length; i += 1) {
    const unit = run.charCodeAt(i) | 0x20;
    if (!((unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66))) return false;
  }
  return true;
}

function decodeHex(run: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i + 1 < run.length; i += 2) bytes.push(Number.parseInt(run.slice(i, i + 2), 16));
  return bytes;
}

function decodeBase64(run: string): number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let i = 0; i < run.length; i += 1) {
    const six = sixBits[run.charCodeAt(i)] ?? -1;
    if (six < 0) break;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return bytes;
}

/** The bytes as text when nearly all of them are printable ASCII; else `undefined`. */
function readable(bytes: readonly number[]): string | undefined {
  let printable = 0;
  for (const byte of bytes) {
    if ((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09) printable += 1;
  }
  if (bytes.length < 12 || printable < bytes.length * 0.95) return undefined;
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte < 0x80 ? byte : 0x3f);
  return out;
}

const padding: RuleFacts = {
  code: 'hidden_padding',
  title: 'Text pushed out of sight by blank space',
  severity: 'medium',
  payloadSeverity: 'low',
  owasp: 'MCP03',
};

const minPadding = 32;
const maxPaddings = 4;

/** Finds long white space with text after it: what follows is out of sight in most viewers. */
export function findPadding(text: string, meter?: ScanMeter): readonly RawHit[] {
  const hits: RawHit[] = [];
  const { length } = text;
  let floor = 0;
  let probe = minPadding - 1;
  while (probe < length && hits.length < maxPaddings) {
    let start = probe;
    while (start > floor && isBlank(text, start - 1)) start -= 1;
    let end = probe;
    while (end < length && isBlank(text, end)) end += 1;
    if (!isBlank(text, probe)) start = probe;
    if (end - start >= minPadding && end < length && hidesText(text, start, end)) {
      hits.push({ facts: padding, start, end, evidence: `${end - start} blank characters` });
    }
    countSteps(meter, end - start + 2);
    floor = end;
    probe = Math.max(end, probe) + minPadding;
  }
  return hits;
}

/** Indentation is one line; a screen of empty lines or a very long gap is not. */
function hidesText(text: string, start: number, end: number): boolean {
  if (end - start >= 200) return true;
  let lines = 0;
  for (let i = start; i < end; i += 1) if (text.charCodeAt(i) === 0x0a) lines += 1;
  return lines >= 16;
}

function isBlank(text: string, at: number): boolean {
  const unit = codeAt(text, at);
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09 || unit === 0xa0 || unit === 0x3000;
}
