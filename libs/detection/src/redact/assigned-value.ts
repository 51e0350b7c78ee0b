import { codeAt } from '../automaton.ts';
import { inSet, isBlankAt, kindAt, unitSet, wide, word } from './units.ts';

/** What stands on the right of a name. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
  readonly operator: 'sign' | 'word' | 'space';
  readonly isQuoted: boolean;
  /** Whether something of the name itself stood between the word that was found and the operator. */
  readonly nameTail: string;
}

const maxTail = 32;
const maxBlank = 12;
const nameUnits = unitSet('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.');
const valueEnds = unitSet(' \t\n\r"\'`,;)]}<>|&\\');
const quotes = unitSet('"\'`');
const linkWords: readonly string[] = [
  'is ',
  'was ',
  'are ',
  'to ',
  'of ',
  'no ',
  'no. ',
  'nr ',
  'nr. ',
  'number ',
  'ist ',
  'lautet ',
  'est ',
  'es ',
  'è ',
  'é ',
];

/** Reads `name = "value"`, `"name": "value"`, `name value` and the like; `from` is where the name's word ends. */
export function assignedValue(text: string, from: number, maxValue: number): AssignedValue | undefined {
  const tailEnd = skipSet(text, from, nameUnits, maxTail);
  let at = skipClosing(text, tailEnd);
  const sign = signAt(text, at);
  let operator: AssignedValue['operator'] = 'space';
  if (sign > 0) {
    at += sign;
    operator = 'sign';
  } else {
    const link = linkWords.find((entry) => text.startsWith(entry, at));
    if (link !== undefined) {
      at += link.length;
      operator = 'word';
      const after = signAt(text, at);
      if (after > 0) at += after;
    } else if (at === tailEnd || tailEnd !== from) return undefined;
  }
  return valueAt(text, skipBlank(text, at), { operator, nameTail: text.slice(from, tailEnd), maxValue });
}

/** Quotes, brackets and blanks that close a name before its operator. */
function skipClosing(text: string, from: number): number {
  let at = from;
  const cap = from + maxBlank;
  while (at < cap && (isBlankAt(text, at) || isClosing(codeAt(text, at)))) at += 1;
  return at;
}

/** `"`, `'`, backquote, `]`, `)`, `>`, `*` and the backslash of an escaped quote. */
function isClosing(unit: number): boolean {
  return (
    unit === 0x22 ||
    unit === 0x27 ||
    unit === 0x60 ||
    unit === 0x5d ||
    unit === 0x29 ||
    unit === 0x2a ||
    unit === 0x5c ||
    unit === 0x7c
  );
}

function signAt(text: string, at: number): number {
  const unit = codeAt(text, at);
  const next = codeAt(text, at + 1);
  if (unit === 0x3d) return next === 0x3e || next === 0x3d ? 2 : 1;
  if (unit === 0x3a) return next === 0x3d ? 2 : 1;
  // `<password>value`
  if (unit === 0x3e) return isBlankAt(text, at + 1) || next === 0x3c || next === 0x3d ? 0 : 1;
  return unit === 0x2d && next === 0x3e ? 2 : 0;
}

interface ValuePlace {
  readonly operator: AssignedValue['operator'];
  readonly nameTail: string;
  readonly maxValue: number;
}

function valueAt(text: string, from: number, place: ValuePlace): AssignedValue | undefined {
  let start = from;
  while (start < from + 4 && (codeAt(text, start) === 0x5c || codeAt(text, start) === 0x5b)) start += 1;
  const quote = inSet(quotes, text, start) ? codeAt(text, start) : 0;
  if (quote !== 0) start += 1;
  const end =
    quote === 0 ? bareEnd(text, start, place.maxValue) : quotedEnd(text, start, quote, place.maxValue);
  if (end <= start) return undefined;
  return { start, end, operator: place.operator, isQuoted: quote !== 0, nameTail: place.nameTail };
}

function quotedEnd(text: string, start: number, quote: number, max: number): number {
  const cap = Math.min(text.length, start + max);
  for (let at = start; at < cap; at += 1) {
    const unit = codeAt(text, at);
    if (unit === quote) return codeAt(text, at - 1) === 0x5c ? at - 1 : at;
    if (unit === 0x0a) return -1;
  }
  return cap === text.length ? cap : -1;
}

function bareEnd(text: string, start: number, max: number): number {
  const cap = Math.min(text.length, start + max);
  let at = start;
  while (at < cap && !inSet(valueEnds, text, at)) at += 1;
  // A full stop or a colon that ends the sentence is not part of the value.
  while (at > start && isSentenceEnd(codeAt(text, at - 1)) && !endsInWord(text, at)) at -= 1;
  return at;
}

function isSentenceEnd(unit: number): boolean {
  return unit === 0x2e || unit === 0x3a || unit === 0x3f || unit === 0x21;
}

function endsInWord(text: string, at: number): boolean {
  return (kindAt(text, at) & (word | wide)) !== 0;
}

function skipSet(text: string, from: number, set: Uint8Array, max: number): number {
  let at = from;
  while (at < from + max && inSet(set, text, at)) at += 1;
  return at;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < from + maxBlank && isBlankAt(text, at)) at += 1;
  return at;
}
