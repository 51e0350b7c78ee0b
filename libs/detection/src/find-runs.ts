import { codeAt, countSteps } from './automaton.ts';
import type { RawHit, RuleFacts, ScanMeter } from './finding.ts';
import { decodeRun, maxDecodedBytes } from './layers/decode-runs.ts';

/** A long run of base64 or hex, with what it decodes to where that is text. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  readonly decoded: string | undefined;
  readonly kind: 'base64' | 'hex';
}

const minRun = 24;
const maxRuns = 1_000;

const isBase64: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

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
    let end = probe;
    if (isRunUnit(text, probe)) {
      while (start > floor && isRunUnit(text, start - 1)) start -= 1;
      while (end < length && isRunUnit(text, end)) end += 1;
    }
    if (end - start >= minRun) runs.push(runAt(text, start, end));
    countSteps(meter, end - start + 2);
    floor = end;
    probe = Math.max(end, probe) + minRun;
  }
  return runs;
}

function runAt(text: string, start: number, end: number): EncodedRun {
  const inner = decodeRun(text.slice(start, Math.min(end, start + maxDecodedBytes * 2)));
  return { start, end, decoded: inner?.text, kind: inner?.kind ?? 'base64' };
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
    let end = probe;
    if (isBlank(text, probe)) {
      while (start > floor && isBlank(text, start - 1)) start -= 1;
      while (end < length && isBlank(text, end)) end += 1;
    }
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
