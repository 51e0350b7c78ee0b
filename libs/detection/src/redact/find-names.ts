import { codeAt } from '../automaton.ts';
import type { Candidate, ContextMarks } from './found.ts';
import { ambiguousFirstNames, firstNames } from './names/first-names.ts';
import { lastNameEnds, lastNames } from './names/last-names.ts';
import { firms, noNames, particles, titles } from './names/name-words.ts';
import { isBlankAt, kindAt, letter, upper, wide } from './units.ts';

const listOf = (text: string): readonly string[] => text.split(/\s+/).filter((name) => name !== '');
const ambiguous: ReadonlySet<string> = new Set(listOf(ambiguousFirstNames));
const firsts: ReadonlySet<string> = new Set([...listOf(firstNames), ...ambiguous]);
const lasts: ReadonlySet<string> = new Set(listOf(lastNames));
const lastEnds: readonly string[] = listOf(lastNameEnds);

const eastern =
  /^[\p{Script=Han}\p{Script=Hangul}]{2,4}(?=$|様|さん|さま|氏|님|씨|[^\p{L}])|^[\p{Script=Katakana}ー]{2,8}(?=様|さん)/u;
const maxEastern = 12;

/** A name in the scripts of the East, right after a word that says so (`氏名：`). */
export function easternNameAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  const reach = marks.distance('person', start);
  if (reach > 4 || !isLink(text, start, reach)) return undefined;
  const match = eastern.exec(text.slice(start, start + maxEastern));
  return match === null ? undefined : person(start, start + match[0].length, 0.8);
}

interface NameWord {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  readonly isInitial: boolean;
  readonly isParticle: boolean;
}

const maxWords = 5;
const maxWord = 24;

/** A person's name that begins with the capital at `start`. Work is bounded. */
export function nameAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  const first = wordAt(text, start);
  if (first === undefined || first.isParticle) return undefined;
  const isFirst = firsts.has(first.folded);
  const isLast = lasts.has(first.folded);
  const reach = marks.distance('person', start);
  const isNamed = reach <= 4 && isLink(text, start, reach);
  if (!isFirst && (!(isLast || isNamed) || noNames.has(first.folded) || titles.has(first.folded))) {
    return undefined;
  }
  const words = readWords(text, first);
  const turned = isLast && words.length === 1 ? commaName(text, first) : undefined;
  if (turned !== undefined) return turned;
  const kept = keepName(words, { isFirst, isNamed: isNamed || isFieldBefore(text, start, reach) });
  if (kept === 0) return undefined;
  return person(start, words[kept - 1]?.end ?? first.end, isNamed ? 0.9 : 0.8);
}

function person(start: number, end: number, confidence: number): Candidate {
  return { start, end, type: 'PERSON', detail: null, confidence, proof: 0 };
}

interface Signs {
  readonly isFirst: boolean;
  readonly isNamed: boolean;
}

/** How many of the words are the name; 0 where they are none. */
function keepName(words: readonly NameWord[], { isFirst, isNamed }: Signs): number {
  const kept = nameLength(words);
  const last = words[kept - 1];
  const head = words[0];
  if (last === undefined || head === undefined || firms.has(`${head.folded} ${last.folded}`)) return 0;
  const isSure = isFirst && !ambiguous.has(head.folded);
  if (kept === 1) return isNamed && isSure ? 1 : 0;
  const isFamily = lasts.has(last.folded) || words.slice(1, kept - 1).some(({ isParticle }) => isParticle);
  const signs = [isFirst, isFamily || endsAsFamily(last.folded), isNamed].filter(Boolean).length;
  return signs >= 2 && (isFamily || isNamed || isSure) ? kept : 0;
}

/** Words up to the last that can belong to a name. */
function nameLength(words: readonly NameWord[]): number {
  let count = 1;
  for (let i = 1; i < words.length; i += 1) {
    const entry = words[i];
    if (entry === undefined || noNames.has(entry.folded)) break;
    if (entry.isInitial || entry.isParticle) continue;
    count = i + 1;
    if (lasts.has(entry.folded) && !continues(words[i + 1])) break;
  }
  return count;
}

/** A family name ends the name unless another one follows. */
function continues(next: NameWord | undefined): boolean {
  return next !== undefined && (lasts.has(next.folded) || next.isParticle);
}

function endsAsFamily(folded: string): boolean {
  return folded.length >= 5 && lastEnds.some((end) => folded.endsWith(end) && folded.length > end.length + 2);
}

/** Words after the first: one blank between them, capitals, particles and initials. */
function readWords(text: string, first: NameWord): readonly NameWord[] {
  const words = [first];
  let at = first.end;
  while (words.length < maxWords && codeAt(text, at) === 0x20) {
    const next = wordAt(text, at + 1);
    if (next === undefined) break;
    words.push(next);
    at = next.end;
  }
  return words;
}

/** "Okafor, Maya". */
function commaName(text: string, last: NameWord): Candidate | undefined {
  if (codeAt(text, last.end) !== 0x2c || codeAt(text, last.end + 1) !== 0x20) return undefined;
  const first = wordAt(text, last.end + 2);
  if (first === undefined || !firsts.has(first.folded) || ambiguous.has(first.folded)) return undefined;
  if (lasts.has(first.folded)) return undefined;
  return person(last.start, first.end, 0.75);
}

/** A word of a name: a capital and letters, or a particle; apostrophes and dashes inside. */
function wordAt(text: string, start: number): NameWord | undefined {
  let at = start;
  let isAscii = true;
  while (at < start + maxWord && isNameUnit(text, at)) {
    isAscii &&= (kindAt(text, at) & letter) !== 0;
    at += 1;
  }
  if (at === start || at === start + maxWord) return undefined;
  while (at > start && !isLetter(text, at - 1)) at -= 1;
  const held = text.slice(start, at);
  const folded = fold(held, isAscii);
  const isParticle = particles.has(held);
  const isCapital = (kindAt(text, start) & upper) !== 0 || isWideCapital(held);
  if (!isParticle && !isCapital) return undefined;
  const isInitial = held.length === 1;
  const end = isInitial && codeAt(text, at) === 0x2e ? at + 1 : at;
  if (isDigitLike(text, end)) return undefined;
  return { start, end, folded, isInitial, isParticle };
}

/** A name is no part of a longer identifier, address or host. */
function isDigitLike(text: string, end: number): boolean {
  const unit = codeAt(text, end);
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x5f || unit === 0x40 || unit === 0x28;
}

function isLetter(text: string, at: number): boolean {
  return (kindAt(text, at) & (letter | wide)) !== 0;
}

function isNameUnit(text: string, at: number): boolean {
  if (isLetter(text, at)) return true;
  const unit = codeAt(text, at);
  return (unit === 0x27 || unit === 0x2d) && isLetter(text, at + 1);
}

function isWideCapital(held: string): boolean {
  const head = held.charAt(0);
  return head.charCodeAt(0) > 127 && head.toLowerCase() !== head;
}

const plainLetters: ReadonlyMap<string, string> = new Map([
  ...([
    ['ø', 'o'],
    ['ł', 'l'],
    ['ß', 'ss'],
    ['æ', 'ae'],
    ['ı', 'i'],
    ['đ', 'd'],
    ['ð', 'd'],
    ['þ', 'th'],
  ] as const),
]);

/** Lower case without accents, apostrophes and the second half of a double name. */
function fold(held: string, isAscii: boolean): string {
  const lower = held.toLowerCase();
  if (isAscii) return lower;
  const plain = lower
    .normalize('NFD')
    .replace(/[\u0300-\u036f']/g, '')
    .replace(/[øłßæıđðþ]/g, (letter) => plainLetters.get(letter) ?? letter);
  return plain.split('-')[0] ?? plain;
}

/** Only blanks and signs stand between the word of context and the name. */
function isLink(text: string, start: number, reach: number): boolean {
  for (let at = start - reach; at < start; at += 1) {
    const unit = codeAt(text, at);
    const isSign =
      unit === 0x3a || unit === 0x2e || unit === 0x22 || unit === 0x27 || unit === 0x3d || unit === 0x2c;
    if (!isSign && !isBlankAt(text, at) && unit !== 0x5c) return false;
  }
  return reach > 0;
}

/** `"full_name" : "…`, with a little more room than a greeting needs. */
function isFieldBefore(text: string, start: number, reach: number): boolean {
  return reach <= 8 && isLink(text, start, reach);
}
