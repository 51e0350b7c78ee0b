import { hashText, hashUnit, wordSeed } from './hash.ts';
import { groupsOf } from './lexicon.ts';
import { kind, type ModelText } from './model-text.ts';

/** What a token is. */
export const tokenType = {
  word: 0,
  number: 1,
  url: 2,
  email: 3,
  path: 4,
  piece: 5,
  mark: 6,
  wide: 7,
} as const;

/** The tokens of one segment; reused for each, so a big text makes no garbage. */
export interface Tokens {
  readonly hash: Int32Array;
  readonly groups: Int32Array;
  readonly type: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  count: number;
}

const maxTokens = 512;

/** Makes room for the tokens of a segment. */
export function createTokens(): Tokens {
  return {
    hash: new Int32Array(maxTokens),
    groups: new Int32Array(maxTokens),
    type: new Uint8Array(maxTokens),
    start: new Int32Array(maxTokens),
    end: new Int32Array(maxTokens),
    count: 0,
  };
}

const numberHash = hashText('<number>');
const urlHash = hashText('<url>');
const emailHash = hashText('<email>');
const pathHash = hashText('<path>');
const nameHash = hashText('<name>');

interface Cursor {
  readonly text: ModelText;
  readonly end: number;
  readonly out: Tokens;
}

/** Cuts `[from, to)` into tokens: words, names in pieces, and one token each for a URL, an address, a path, a number. */
export function tokenise(text: ModelText, from: number, to: number, out: Tokens): void {
  out.count = 0;
  const cursor: Cursor = { text, end: to, out };
  let at = from;
  while (at < to && out.count < maxTokens - 24) at = step(cursor, at);
}

function step(cursor: Cursor, at: number): number {
  const { kinds, units } = cursor.text;
  switch (kinds[at]) {
    case kind.lower:
    case kind.upper:
      return takeWord(cursor, at);
    case kind.digit:
      return takeNumber(cursor, at);
    case kind.wide:
      return takeWide(cursor, at);
    case kind.punctuation:
      if (units[at] === 0x40) return takeEmail(cursor, at);
      if (startsPath(cursor, at)) return takePath(cursor, at);
      return takeMark(cursor, at);
    default:
      return at + 1;
  }
}

function push(out: Tokens, hash: number, type: number, start: number, end: number, groups: number): void {
  const at = out.count;
  out.hash[at] = hash;
  out.type[at] = type;
  out.start[at] = start;
  out.end[at] = end;
  out.groups[at] = groups;
  out.count = at + 1;
}

function isLetter(charKind: number | undefined): boolean {
  return charKind === kind.lower || charKind === kind.upper;
}

interface WordState {
  at: number;
  hash: number;
  pieceFrom: number;
  isName: boolean;
}

/** A word, or a name in pieces: `read_file` and `readFile` are a name mark, `read` and `file`. */
function takeWord(cursor: Cursor, from: number): number {
  const { text, end, out } = cursor;
  const { units, kinds } = text;
  const word: WordState = { at: from, hash: wordSeed, pieceFrom: from, isName: false };
  for (; word.at < end; word.at += 1) {
    const { at } = word;
    const cut = pieceCut(text, at, word.pieceFrom, end);
    if (cut === noCut && !belongsToWord(text, at, end)) break;
    if (cut !== noCut) endPiece(cursor, word, from, cut);
    if (out.count >= maxTokens - 8) return end;
    if (cut !== cutAfter)
      word.hash = hashUnit(word.hash, kinds[at] === kind.digit ? 0x30 : (units[at] as number));
  }
  return endWord(cursor, word, from);
}

function endPiece({ out }: Cursor, word: WordState, from: number, cut: number): void {
  const { at, hash, pieceFrom } = word;
  if (!word.isName) push(out, nameHash, tokenType.mark, from, from, 0);
  if (at > pieceFrom) push(out, hash, tokenType.piece, pieceFrom, at, groupsOf(hash));
  word.isName = true;
  word.hash = wordSeed;
  word.pieceFrom = cut === cutAfter ? at + 1 : at;
}

function endWord(cursor: Cursor, { at, pieceFrom, hash, isName }: WordState, from: number): number {
  if (!isName && isScheme(cursor.text, from, at, cursor.end)) return takeUrl(cursor, from);
  const type = isName ? tokenType.piece : tokenType.word;
  if (at > pieceFrom) push(cursor.out, hash, type, pieceFrom, at, groupsOf(hash));
  return at;
}

const noCut = 0;
const cutBefore = 1;
const cutAfter = 2;

/** Whether a name parts here: before a capital that follows a small letter, or at an underscore. */
function pieceCut({ units, kinds }: ModelText, at: number, pieceFrom: number, end: number): number {
  if (kinds[at] === kind.upper) return at > pieceFrom && kinds[at - 1] === kind.lower ? cutBefore : noCut;
  if (units[at] !== 0x5f || at + 1 >= end) return noCut;
  return isLetter(kinds[at + 1]) || kinds[at + 1] === kind.digit ? cutAfter : noCut;
}

function belongsToWord({ units, kinds }: ModelText, at: number, end: number): boolean {
  const charKind = kinds[at] as number;
  if (isLetter(charKind) || charKind === kind.digit) return true;
  return units[at] === 0x27 && at + 1 < end && isLetter(kinds[at + 1]);
}

function isScheme({ units }: ModelText, from: number, at: number, end: number): boolean {
  if (at - from > 8 || at + 2 >= end) return false;
  if (units[at] === 0x3a && units[at + 1] === 0x2f && units[at + 2] === 0x2f) return true;
  return (
    at - from === 3 &&
    units[at] === 0x2e &&
    units[from] === 0x77 &&
    units[from + 1] === 0x77 &&
    units[from + 2] === 0x77
  );
}

function takeUrl({ text, end, out }: Cursor, from: number): number {
  const { units, kinds } = text;
  let at = from;
  while (at < end && !endsUrl(kinds[at] as number, units[at] as number)) at += 1;
  push(out, urlHash, tokenType.url, from, at, 0);
  return at;
}

function endsUrl(charKind: number, unit: number): boolean {
  if (charKind === kind.space || charKind === kind.newline || charKind === kind.wide) return true;
  return (
    unit === 0x22 ||
    unit === 0x27 ||
    unit === 0x3c ||
    unit === 0x3e ||
    unit === 0x60 ||
    unit === 0x29 ||
    unit === 0x5d ||
    unit === 0x7d
  );
}

function takeNumber({ text, end, out }: Cursor, from: number): number {
  const { kinds, units } = text;
  let at = from;
  while (at < end) {
    const charKind = kinds[at] as number;
    if (isLetter(charKind)) return takeWord({ text, end, out }, from);
    const joins =
      (units[at] === 0x2e || units[at] === 0x2c || units[at] === 0x3a) && kinds[at + 1] === kind.digit;
    if (charKind !== kind.digit && !joins) break;
    at += 1;
  }
  push(out, numberHash, tokenType.number, from, at, 0);
  return at;
}

function takeWide({ text, end, out }: Cursor, from: number): number {
  const { units, kinds } = text;
  let at = from;
  while (at < end && kinds[at] === kind.wide && out.count < maxTokens - 24) {
    const isPair = at + 1 < end && kinds[at + 1] === kind.wide;
    let hash = hashUnit(wordSeed, units[at] as number);
    if (isPair) hash = hashUnit(hash, units[at + 1] as number);
    push(out, hash, tokenType.wide, at, at + (isPair ? 2 : 1), groupsOf(hash));
    at += 1;
    if (isPair && at + 1 >= end) break;
  }
  return at === from ? from + 1 : at;
}

/** An address swallows the tokens that its part before the `@` was taken for. */
function takeEmail({ text, end, out }: Cursor, at: number): number {
  const { units, kinds } = text;
  let to = at + 1;
  let hasDot = false;
  while (to < end) {
    const charKind = kinds[to] as number;
    if (!isLetter(charKind) && charKind !== kind.digit && units[to] !== 0x2e && units[to] !== 0x2d) break;
    if (units[to] === 0x2e) hasDot = true;
    to += 1;
  }
  if (!hasDot || to - at < 5 || out.count === 0 || out.end[out.count - 1] !== at) {
    push(out, 0x40, tokenType.mark, at, at + 1, 0);
    return at + 1;
  }
  let start = at;
  while (out.count > 0 && out.end[out.count - 1] === start) {
    out.count -= 1;
    start = out.start[out.count] as number;
  }
  push(out, emailHash, tokenType.email, start, to, 0);
  return to;
}

function startsPath({ text, end }: Cursor, at: number): boolean {
  const { units, kinds } = text;
  if (at + 2 >= end || !isFree(text, at)) return false;
  const unit = units[at];
  const next = units[at + 1];
  const isName = isLetter(kinds[at + 1]);
  if (unit === 0x2f) return isName || next === 0x2e;
  if (unit === 0x7e) return next === 0x2f;
  return unit === 0x2e && (isName || next === 0x2f || (next === 0x2e && units[at + 2] === 0x2f));
}

/** Nothing stands before it, or a blank, a quote or a bracket. */
function isFree({ units, kinds }: ModelText, at: number): boolean {
  if (at === 0) return true;
  const before = kinds[at - 1];
  const unit = units[at - 1];
  if (before === kind.space || before === kind.newline) return true;
  return unit === 0x22 || unit === 0x27 || unit === 0x60 || unit === 0x28;
}

function takePath({ text, end, out }: Cursor, from: number): number {
  const { units, kinds } = text;
  let to = from;
  while (to < end && !endsUrl(kinds[to] as number, units[to] as number) && units[to] !== 0x2c) to += 1;
  push(out, pathHash, tokenType.path, from, to, 0);
  let start = from;
  for (let at = from; at <= to && out.count < maxTokens - 24; at += 1) {
    if (at < to && isPieceKind(kinds[at] as number)) continue;
    if (at - start > 1) pushPiece(text, start, at, out);
    start = at + 1;
  }
  return to;
}

function isPieceKind(charKind: number): boolean {
  return isLetter(charKind) || charKind === kind.digit;
}

function pushPiece({ units, kinds }: ModelText, from: number, to: number, out: Tokens): void {
  let hash = wordSeed;
  for (let at = from; at < to; at += 1) {
    hash = hashUnit(hash, kinds[at] === kind.digit ? 0x30 : (units[at] as number));
  }
  push(out, hash, tokenType.piece, from, to, groupsOf(hash));
}

const maxMark = 4;

/** A run of punctuation is one token: `<!--`, `](`, `###`. */
function takeMark({ text, end, out }: Cursor, from: number): number {
  const { units, kinds } = text;
  let at = from;
  let hash = wordSeed;
  while (at < end && at - from < maxMark && kinds[at] === kind.punctuation && units[at] !== 0x40) {
    hash = hashUnit(hash, units[at] as number);
    at += 1;
  }
  push(out, hash, tokenType.mark, from, at, 0);
  // The rest of a long run tells nothing new.
  while (at < end && kinds[at] === kind.punctuation && units[at] === units[at - 1]) at += 1;
  return at;
}
