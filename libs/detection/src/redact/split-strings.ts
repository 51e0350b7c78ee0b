import { findSensitive } from './find-sensitive.ts';
import type { Ledger } from './redact-text.ts';
import { classOf, type SensitiveType } from './sensitive-type.ts';
import { alphabets, runEnd, runStart } from './units.ts';

/** A piece of a split value inside one string. */
export interface SplitPart {
  readonly start: number;
  readonly end: number;
  readonly type: SensitiveType;
}

const maxPiece = 256;
const maxJoined = 16 * 1024;
const nothing: ReadonlyMap<number, readonly SplitPart[]> = new Map();

/** Secrets, cards and accounts that are cut over neighbouring strings, by the place of the string. */
export function findSplit(
  ledger: Ledger,
  items: readonly unknown[],
): ReadonlyMap<number, readonly SplitPart[]> {
  const pieces = piecesOf(items);
  if (pieces.length < 2) return nothing;
  if (!couldBeSplit(pieces)) return nothing;
  const joined = pieces.map(({ text }) => text).join('');
  if (joined.length > maxJoined || joined.length < 12) return nothing;
  const parts = new Map<number, SplitPart[]>();
  for (const span of ledger.find(joined, {})) {
    if (!isStrong(span.type, span.confidence)) continue;
    const inside = pieces.filter(({ start, end }) => start < span.end && span.start < end);
    // What lies in one string is found there, with its name as context.
    if (inside.length < 2 || inside.some((piece) => isWholeIn(piece.text, span.type))) continue;
    for (const { index, start, end } of inside) {
      const part = {
        start: Math.max(0, span.start - start),
        end: Math.min(end, span.end) - start,
        type: span.type,
      };
      parts.set(index, [...(parts.get(index) ?? []), part]);
    }
  }
  return parts;
}

const minJoined = 13;

/** Whether the end of a string and the beginning of the next make a token together. */
function couldBeSplit(pieces: readonly Piece[]): boolean {
  let tail = 0;
  for (const { text } of pieces) {
    const head = runEnd(text, 0, alphabets.t, maxPiece);
    if (tail > 0 && head > 0 && tail + head >= minJoined) return true;
    const run = text.length - runStart(text, text.length, alphabets.t, maxPiece);
    tail = run === text.length ? tail + run : run;
  }
  return false;
}

interface Piece {
  readonly index: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Short strings that stand side by side. */
function piecesOf(items: readonly unknown[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  items.forEach((item, index) => {
    if (typeof item !== 'string' || item === '' || item.length > maxPiece) return;
    pieces.push({ index, text: item, start: at, end: at + item.length });
    at += item.length;
  });
  return pieces;
}

function isStrong(type: SensitiveType, confidence: number): boolean {
  if (classOf(type) === 'secret') return confidence >= 0.95;
  return (type === 'IBAN' || type === 'CREDIT_CARD') && confidence >= 0.9;
}

function isWholeIn(text: string, type: SensitiveType): boolean {
  return findSensitive(text, { types: new Set([type]) }).length > 0;
}
