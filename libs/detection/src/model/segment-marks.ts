import { denseNames, marks, type SegmentPlace } from './dense-names.ts';
import type { Leaf } from './document.ts';
import { groupBit } from './lexicon.ts';
import { kind, type ModelText } from './model-text.ts';
import { type Tokens, tokenType } from './tokens.ts';

const markAt = denseNames.indexOf(`mark:${marks[0]}`);

interface Shape {
  url: number;
  bareUrl: number;
  email: number;
  path: number;
  name: number;
  number: number;
  longNumber: number;
  words: number;
  single: number;
  digitsInWords: number;
  capitals: number;
  wide: number;
  functionWords: number;
}

/** Names made of several words that are neither the tool's nor one of its parameters. */
function countForeignNames(tokens: Tokens, place: SegmentPlace, own: ReadonlySet<string>): number {
  let foreign = 0;
  for (let i = 0; i < tokens.count; i += 1) {
    const start = tokens.start[i] as number;
    if (tokens.type[i] !== tokenType.mark || tokens.end[i] !== start) continue;
    if (!own.has(nameAt(place, start))) foreign += 1;
  }
  return foreign;
}

const maxName = 64;

function nameAt({ leaf, to }: SegmentPlace, start: number): string {
  const { units, kinds } = leaf.text;
  let name = '';
  for (let at = start; at < to && name.length < maxName; at += 1) {
    if (!isNameKind(kinds[at] as number) && units[at] !== 0x5f) break;
    name += String.fromCharCode(units[at] as number);
  }
  return name;
}

function isNameKind(charKind: number): boolean {
  return charKind === kind.lower || charKind === kind.upper || charKind === kind.digit;
}

const kindCounts = new Int32Array(8);
const codeMarks: Uint8Array = new Uint8Array(128);
for (const unit of [0x7b, 0x7d, 0x28, 0x29, 0x3d, 0x60]) codeMarks[unit] = 1;

interface Letters {
  readonly upper: number;
  readonly letters: number;
  readonly foreign: number;
  readonly code: number;
}

function countLetters({ leaf, from, to }: SegmentPlace): Letters {
  const { units, kinds } = leaf.text;
  kindCounts.fill(0);
  let foreign = 0;
  let code = 0;
  for (let i = from; i < to; i += 1) {
    const charKind = kinds[i] as number;
    const unit = units[i] as number;
    kindCounts[charKind] = (kindCounts[charKind] as number) + 1;
    if (unit < 128) code += codeMarks[unit] as number;
    else if (charKind === kind.lower || charKind === kind.upper) foreign += 1;
  }
  const upper = kindCounts[kind.upper] as number;
  return { upper, letters: upper + (kindCounts[kind.lower] as number), foreign, code };
}

/** Writes what a segment holds beside words: addresses, numbers, markup, shapes of letters. */
export function writeMarks(tokens: Tokens, place: SegmentPlace, out: Float32Array): void {
  const { leaf, from, to, ownNames } = place;
  const shape = emptyShape();
  for (let i = 0; i < tokens.count; i += 1) countToken(tokens, i, leaf.text, shape);
  const { upper, letters, foreign, code } = countLetters(place);
  const set = (offset: number, value: number): void => {
    out[markAt + offset] = value;
  };
  set(0, Math.min(shape.url, 2) / 2);
  set(1, shape.bareUrl > 0 ? 1 : 0);
  set(2, Math.min(shape.email, 2) / 2);
  set(3, Math.min(shape.path, 2) / 2);
  set(4, Math.min(shape.name, 3) / 3);
  set(5, ownNames === null ? 0 : Math.min(countForeignNames(tokens, place, ownNames), 2) / 2);
  set(6, Math.min(shape.number, 4) / 4);
  set(7, shape.longNumber > 0 ? 1 : 0);
  writeMarkup(leaf, from, to, out);
  set(13, Math.min(1, (code * 6) / (to - from + 1)));
  const last = leaf.text.units[to - 1];
  set(14, last === 0x3f ? 1 : 0);
  set(15, last === 0x21 ? 1 : 0);
  const words = Math.max(1, shape.words);
  set(16, shape.words > 5 ? shape.single / words : 0);
  set(17, shape.digitsInWords / words);
  set(18, Math.min(shape.capitals, 4) / 4);
  set(19, upper / (letters + 4));
  set(20, shape.wide > 0 ? 1 : 0);
  set(21, foreign / (letters + 4));
  set(22, Math.log1p(to - from) / 6);
  set(23, Math.log1p(shape.words + shape.wide) / 4);
  set(24, shape.words + shape.wide < 4 ? 1 : 0);
  set(25, shape.functionWords / words);
}

function emptyShape(): Shape {
  return {
    url: 0,
    bareUrl: 0,
    email: 0,
    path: 0,
    name: 0,
    number: 0,
    longNumber: 0,
    words: 0,
    single: 0,
    digitsInWords: 0,
    capitals: 0,
    wide: 0,
    functionWords: 0,
  };
}

function countToken(tokens: Tokens, i: number, { units, kinds }: ModelText, shape: Shape): void {
  const start = tokens.start[i] as number;
  const end = tokens.end[i] as number;
  switch (tokens.type[i]) {
    case tokenType.url:
      shape.url += 1;
      if (isBareAddress(units, kinds, start, end)) shape.bareUrl += 1;
      return;
    case tokenType.email:
      shape.email += 1;
      return;
    case tokenType.path:
      shape.path += 1;
      return;
    case tokenType.number:
      shape.number += 1;
      if (end - start >= 7) shape.longNumber += 1;
      return;
    case tokenType.wide:
      shape.wide += 1;
      return;
    case tokenType.mark:
      if (start === end) shape.name += 1;
      return;
    case tokenType.word:
      countWord(tokens.groups[i] as number, kinds, start, end, shape);
      return;
    default:
      return;
  }
}

const functionBits =
  groupBit.you |
  groupBit.oblige |
  groupBit.condition |
  groupBit.negation |
  groupBit.speaker |
  groupBit.every |
  groupBit.next |
  groupBit.first;

function countWord(groups: number, kinds: Uint8Array, start: number, end: number, shape: Shape): void {
  shape.words += 1;
  if (end - start === 1) shape.single += 1;
  if ((groups & functionBits) !== 0) shape.functionWords += 1;
  let upper = 0;
  let digits = 0;
  for (let i = start; i < end; i += 1) {
    if (kinds[i] === kind.upper) upper += 1;
    else if (kinds[i] === kind.digit) digits += 1;
  }
  if (end - start >= 3 && upper === end - start) shape.capitals += 1;
  if (digits > 0 && digits < end - start && kinds[end - 1] !== kind.digit) shape.digitsInWords += 1;
}

/** A host that is a number, or a port: no site that people visit. */
function isBareAddress(units: Uint16Array, kinds: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && units[i] !== 0x2f) i += 1;
  i += 2;
  const host = i;
  let digits = 0;
  while (i < end && units[i] !== 0x2f && units[i] !== 0x3a) {
    if (kinds[i] === kind.digit || units[i] === 0x2e) digits += 1;
    i += 1;
  }
  return i > host && digits === i - host;
}

const markupMarks: Uint8Array = new Uint8Array(128);
for (const unit of [0x3c, 0x5b, 0x3a, 0x2d, 0x3d, 0x23]) markupMarks[unit] = 1;

function writeMarkup({ text }: Leaf, from: number, to: number, out: Float32Array): void {
  const { units } = text;
  for (let i = from; i < to; i += 1) {
    const unit = units[i] as number;
    if (unit > 127 || markupMarks[unit] === 0) continue;
    const mark = markupOf(text, from, i);
    if (mark > 0) out[markAt + mark] = 1;
  }
}

const commentMark = 8;
const bracketMark = 9;
const angleMark = 10;
const turnMark = 11;
const ruleMark = 12;

function markupOf({ units, kinds }: ModelText, from: number, at: number): number {
  switch (units[at]) {
    case 0x3c:
      if (units[at + 1] === 0x21 && units[at + 2] === 0x2d) return commentMark;
      return opensTag(units, kinds, at) ? angleMark : 0;
    case 0x5b:
      return kinds[at + 1] === kind.upper && kinds[at + 2] === kind.upper ? bracketMark : 0;
    case 0x3a:
      return isLabel(kinds, from, at) ? turnMark : 0;
    default:
      return units[at + 1] === units[at] && units[at + 2] === units[at] ? ruleMark : 0;
  }
}

function isLetterKind(charKind: number | undefined): boolean {
  return charKind === kind.lower || charKind === kind.upper;
}

/** `<a`, `</a` or `<|`. */
function opensTag(units: Uint16Array, kinds: Uint8Array, at: number): boolean {
  if (isLetterKind(kinds[at + 1]) || units[at + 1] === 0x7c) return true;
  return units[at + 1] === 0x2f && isLetterKind(kinds[at + 2]);
}

/** One or two words before a colon. */
function isLabel(kinds: Uint8Array, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 16 || !isLetterKind(kinds[to - 1])) return false;
  let gaps = 0;
  for (let i = from; i < to; i += 1) if (kinds[i] === kind.space) gaps += 1;
  return gaps <= 1;
}
