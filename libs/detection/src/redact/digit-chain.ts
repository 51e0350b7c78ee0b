import { codeAt } from '../automaton.ts';
import { isDigitAt, isWordAt, kindAt, wide } from './units.ts';

/** Groups of digits with short separators between them, as numbers of cards and phones are printed. */
export interface DigitChain {
  readonly groups: readonly DigitGroup[];
  /** Digits of all groups, joined. */
  readonly digits: string;
  /** How many digits the first groups have, by their number. */
  readonly lengths: readonly number[];
}

export interface DigitGroup {
  readonly start: number;
  readonly end: number;
  /** What stands between this group and the one before; empty for the first. */
  readonly separator: string;
}

const maxGroups = 12;
const maxGroupLength = 40;
const maxSeparator = 3;

/** Reads the chain that begins at the digit at `from`. Work is bounded. */
export function readChain(text: string, from: number): DigitChain {
  const groups: DigitGroup[] = [];
  const lengths = [0];
  let digits = '';
  let at = from;
  let separator = '';
  while (groups.length < maxGroups) {
    const end = groupEnd(text, at);
    // Digits glued to a letter are no group; those that begin the chain are.
    if (groups.length > 0 && isGlued(text, end)) break;
    groups.push({ start: at, end, separator });
    digits += text.slice(at, end);
    lengths.push(digits.length);
    const next = afterSeparator(text, end);
    if (next < 0) break;
    separator = text.slice(end, next);
    at = next;
  }
  return { groups, digits, lengths };
}

function groupEnd(text: string, from: number): number {
  let at = from;
  while (at < from + maxGroupLength && isDigitAt(text, at)) at += 1;
  return at;
}

function isGlued(text: string, end: number): boolean {
  return (
    (isWordAt(text, end) && !isExtension(text, end)) ||
    codeAt(text, end) === 0x5f ||
    kindAt(text, end) === wide
  );
}

/** `x123` after a phone number. */
function isExtension(text: string, at: number): boolean {
  return codeAt(text, at) === 0x78 && isDigitAt(text, at + 1);
}

/** Where the next group begins: one to three separators after `end`; -1 where there is none. */
function afterSeparator(text: string, end: number): number {
  let at = end;
  while (at < end + maxSeparator && isSeparator(codeAt(text, at))) at += 1;
  return at > end && isDigitAt(text, at) ? at : -1;
}

function isSeparator(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x28 && unit <= 0x29) || (unit >= 0x2d && unit <= 0x2f);
}

/** Digits of the first `count` groups, joined. */
export function chainDigits({ digits, lengths }: DigitChain, count: number): string {
  return digits.slice(0, lengths[count] ?? 0);
}

/** Whether a number may end at `end`: no letter, no decimal place, no further part follows at once. */
export function endsNumber(text: string, end: number): boolean {
  if (isWordAt(text, end) || kindAt(text, end) === wide) return false;
  const unit = codeAt(text, end);
  const isTight = unit === 0x2d || unit === 0x2e || unit === 0x2f || unit === 0x5f || unit === 0x2c;
  return !(isTight && isWordAt(text, end + 1)) || (unit === 0x2c && !isDigitAt(text, end + 1));
}

/** Whether a number may begin at `start`: it is not the rest of a name, an amount or a longer number. */
export function beginsNumber(text: string, start: number): boolean {
  if (isWordAt(text, start - 1) || kindAt(text, start - 1) === wide) return false;
  const unit = codeAt(text, start - 1);
  if (unit === 0x24 || unit === 0x23 || unit === 0x40 || unit === 0x20ac || unit === 0xa3) return false;
  if (unit === 0x2c) return !isThousands(text, start);
  const isTight = unit === 0x2d || unit === 0x2e || unit === 0x5f;
  return !(isTight && isWordAt(text, start - 2));
}

/** `1,234`: three digits after a comma that follows a digit. */
function isThousands(text: string, start: number): boolean {
  return isDigitAt(text, start - 2) && groupEnd(text, start) === start + 3;
}
