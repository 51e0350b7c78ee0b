import { codeAt } from '../automaton.ts';
import { createViewBuilder, originEnd, originStart, type TextView } from './text-view.ts';
import { alphabets, inSet, isBlankAt, isDigitAt, isWordAt, runEnd, runStart } from './units.ts';

/** A view with `%40`, `\u0040`, `\x40`, `&#64;` and `&amp;` written out; `undefined` where there is none of them. */
export function decodedView(view: TextView): TextView | undefined {
  const { text } = view;
  if (!hasEscape(text)) return undefined;
  const builder = createViewBuilder(text.length);
  let changed = false;
  for (let at = 0; at < text.length; ) {
    const written = escapeAt(text, at);
    const next = at + (written?.length ?? 1);
    builder.add(written?.unit ?? codeAt(text, at), originStart(view, at), originEnd(view, next));
    changed ||= written !== undefined;
    at = next;
  }
  return changed ? builder.build() : undefined;
}

function hasEscape(text: string): boolean {
  return text.includes('%') || text.includes('\\u00') || text.includes('\\x') || text.includes('&#');
}

interface Escape {
  readonly unit: number;
  readonly length: number;
}

function escapeAt(text: string, at: number): Escape | undefined {
  const unit = codeAt(text, at);
  if (unit === 0x25) return hexEscape(text, at, 1, 2);
  if (unit === 0x5c) {
    if (codeAt(text, at + 1) === 0x78) return hexEscape(text, at, 2, 2);
    return codeAt(text, at + 1) === 0x75 ? hexEscape(text, at, 2, 4) : undefined;
  }
  return unit === 0x26 && codeAt(text, at + 1) === 0x23 ? entity(text, at) : undefined;
}

function hexEscape(text: string, at: number, lead: number, digits: number): Escape | undefined {
  for (let i = 0; i < digits; i += 1) if (!inSet(alphabets.H, text, at + lead + i)) return undefined;
  return printable(Number.parseInt(text.slice(at + lead, at + lead + digits), 16), lead + digits);
}

function entity(text: string, at: number): Escape | undefined {
  const piece = text.slice(at + 2, at + 10);
  const end = piece.indexOf(';');
  if (end < 1) return undefined;
  const isHex = piece.startsWith('x') || piece.startsWith('X');
  const digits = isHex ? piece.slice(1, end) : piece.slice(0, end);
  if (!/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  return printable(Number.parseInt(digits, isHex ? 16 : 10), end + 3);
}

function printable(unit: number, length: number): Escape | undefined {
  return unit >= 0x20 && unit < 0x7f ? { unit, length } : undefined;
}

const maxJoint = 24;
/** Shortest secret that is worth putting together, and how far a piece is looked at. */
const minJoined = 16;
const maxPiece = 64;

/** A view in which strings that are put together (`"AB" + "CD"`, lines) are one; `undefined` where none are. */
export function joinedView(view: TextView): TextView | undefined {
  const { text } = view;
  if (!hasPieces(text)) return undefined;
  const builder = createViewBuilder(text.length);
  for (let at = 0; at < text.length; ) {
    const end = jointEnd(text, at);
    if (end > at) at = end;
    else {
      builder.add(codeAt(text, at), originStart(view, at), originEnd(view, at + 1));
      at += 1;
    }
  }
  return builder.build();
}

/** Whether pieces side by side could make a token: long enough together, with letters and digits. */
function hasPieces(text: string): boolean {
  let joined = 0;
  let floor = -1;
  for (let at = 1; at < text.length; at += 1) {
    if (!isJointSign(codeAt(text, at))) continue;
    const end = jointEnd(text, at);
    if (end === at) continue;
    const left = runStart(text, at, alphabets.t, maxPiece);
    const right = runEnd(text, end, alphabets.t, maxPiece);
    joined = (left <= floor ? joined : at - left) + right - end;
    if (joined >= minJoined && (hasDigit(text, left, at) || hasDigit(text, end, right))) return true;
    floor = end;
    at = end - 1;
  }
  return false;
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isDigitAt(text, at)) return true;
  return false;
}

function isJointSign(unit: number): boolean {
  return unit === 0x22 || unit === 0x27 || unit === 0x0a || unit === 0x0d || unit === 0x5c;
}

/** End of what joins two pieces of a string at `at`, or `at`. */
function jointEnd(text: string, at: number): number {
  const unit = codeAt(text, at);
  if (!isJointSign(unit) || !isWordAt(text, at - 1)) return at;
  const isQuote = unit === 0x22 || unit === 0x27;
  const cap = at + maxJoint;
  let next = at + 1;
  while (next < cap && isJointUnit(text, next)) next += 1;
  const last = codeAt(text, next - 1);
  const isClosed = isQuote ? last === unit && next > at + 1 : true;
  return isClosed && isWordAt(text, next) && !(unit === 0x5c && next === at + 1) ? next : at;
}

/** Quotes, blanks and the signs that join strings. */
function isJointUnit(text: string, at: number): boolean {
  if (isBlankAt(text, at)) return true;
  const unit = codeAt(text, at);
  return unit === 0x22 || unit === 0x27 || unit === 0x2b || unit === 0x2c || unit === 0x26 || unit === 0x2e;
}
