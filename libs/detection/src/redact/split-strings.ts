import { findSensitive } from './find-sensitive.ts';
import type { Ledger } from './redact-text.ts';
import { classOf, type SensitiveSpan, type SensitiveType } from './sensitive-type.ts';
import { alphabets, runEnd, runStart } from './units.ts';

/** A piece of a split value inside one string. */
export interface SplitPart {
  readonly start: number;
  readonly end: number;
  readonly type: SensitiveType;
}

const maxPiece = 256;
/** Most strings that one value is put together from, and most units put together in one list. */
const maxPieces = 8;
const maxJoined = 16 * 1024;
const minJoined = 13;
const nothing: ReadonlyMap<number, readonly SplitPart[]> = new Map();

interface Piece {
  readonly index: number;
  readonly text: string;
}

/** Secrets, cards and accounts that are cut over neighbouring strings, by the place of the string. */
export function findSplit(
  ledger: Ledger,
  items: readonly unknown[],
): ReadonlyMap<number, readonly SplitPart[]> {
  const pieces = piecesOf(items);
  let parts: Map<number, SplitPart[]> | undefined;
  let left = maxJoined;
  for (let first = 0; first + 1 < pieces.length && left > 0; first += 1) {
    if (!couldBeSplit(pieces, first)) continue;
    const window = pieces.slice(first, first + maxPieces);
    left -= window.reduce((sum, { text }) => sum + text.length, 0);
    parts ??= new Map();
    const last = addParts(ledger, window, parts);
    first += Math.max(0, last);
  }
  return parts ?? nothing;
}

/** Short strings that stand side by side. */
function piecesOf(items: readonly unknown[]): readonly Piece[] {
  const pieces: Piece[] = [];
  items.forEach((text, index) => {
    if (typeof text === 'string' && text !== '' && text.length <= maxPiece) pieces.push({ index, text });
  });
  return pieces;
}

/** Whether the end of a string and the beginnings of the next make a token together. */
function couldBeSplit(pieces: readonly Piece[], first: number): boolean {
  const head = pieces[first]?.text ?? '';
  let length = head.length - runStart(head, head.length, alphabets.t, maxPiece);
  if (length === 0) return false;
  for (const { text } of pieces.slice(first + 1, first + maxPieces)) {
    const run = runEnd(text, 0, alphabets.t, maxPiece);
    length += run;
    if (run > 0 && length >= minJoined) return true;
    if (run < text.length) return false;
  }
  return false;
}

/** Notes what begins in the first string of a window and ends in another; the place of that other, or 0. */
function addParts(ledger: Ledger, window: readonly Piece[], parts: Map<number, SplitPart[]>): number {
  const joined = window.map(({ text }) => text).join('');
  const head = window[0]?.text.length ?? 0;
  let last = 0;
  for (const span of ledger.find(joined, {})) {
    if (span.start >= head || span.end <= head || !isStrong(span)) continue;
    let at = 0;
    // What lies in one string is found there, with its name as context.
    if (window.some(({ text }) => isWholeIn(text, span.type))) continue;
    window.forEach(({ index, text }, place) => {
      const start = Math.max(0, span.start - at);
      const end = Math.min(text.length, span.end - at);
      at += text.length;
      if (end <= start) return;
      last = place;
      parts.set(index, [...(parts.get(index) ?? []), { start, end, type: span.type }]);
    });
  }
  return last;
}

function isStrong({ type, confidence }: SensitiveSpan): boolean {
  if (classOf(type) === 'secret') return confidence >= 0.95;
  return (type === 'IBAN' || type === 'CREDIT_CARD') && confidence >= 0.9;
}

function isWholeIn(text: string, type: SensitiveType): boolean {
  return findSensitive(text, { types: new Set([type]) }).length > 0;
}
