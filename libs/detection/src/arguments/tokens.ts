import { isWordUnit } from '../characters.ts';

/** A word, a number, or one mark; `text` is lower case. */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** White space or a comment stands before it. */
  readonly gap: boolean;
}

export interface Tokens {
  readonly list: readonly Token[];
  /** Comments in SQL's manner between tokens. */
  readonly comments: number;
  /** A comment that is never closed, or closes the text. */
  readonly endsInComment: boolean;
  readonly isCut: boolean;
}

/** Most tokens taken from one text. */
export const maxTokens = 8_000;

const noToken: Token = { kind: 'mark', text: '', start: 0, end: 0, gap: true };

/** The token at a place, or one that equals nothing. */
export function tokenAt(tokens: readonly Token[], at: number): Token {
  return tokens[at] ?? noToken;
}

const pairs: ReadonlySet<string> = new Set([
  '--',
  '||',
  '&&',
  '@@',
  '{{',
  '}}',
  '${',
  '$(',
  '#{',
  '<%',
  '%>',
  '{%',
  '%}',
]);

/** Cuts a text into tokens in one pass. One lexer serves SQL, shell, templates and code: their words are the same. */
export function tokenize(text: string): Tokens {
  const list: Token[] = [];
  let comments = 0;
  let gap = false;
  let at = 0;
  let endsInComment = false;
  while (at < text.length && list.length < maxTokens) {
    const unit = text.charCodeAt(at);
    if (isBlank(unit) || closesComment(text, at, comments)) {
      gap = true;
      at += isBlank(unit) ? 1 : 2;
    } else if (unit === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
      const end = commentEnd(text, at);
      comments += 1;
      gap = true;
      endsInComment = end >= text.length && text.charCodeAt(at + 2) !== 0x21;
      at = end;
    } else {
      const token = readToken(text, at, gap);
      list.push(token);
      gap = false;
      at = token.end;
    }
  }
  return { list, comments, endsInComment, isCut: at < text.length };
}

/** The end of a comment whose text was read on. */
function closesComment(text: string, at: number, comments: number): boolean {
  return comments > 0 && text.charCodeAt(at) === 0x2a && text.charCodeAt(at + 1) === 0x2f;
}

/** The text of a versioned comment is executed: only its marks are skipped. */
function commentEnd(text: string, at: number): number {
  if (text.charCodeAt(at + 2) === 0x21) return skipDigits(text, at + 3);
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? text.length : close + 2;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (at < from + 6 && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at += 1;
  return at;
}

function isNameUnit(unit: number): boolean {
  return isWordUnit(unit) || unit === 0x5f || unit > 0x7f;
}

function readToken(text: string, start: number, gap: boolean): Token {
  const first = text.charCodeAt(start);
  if (isNameUnit(first)) {
    let end = start + 1;
    while (end < text.length && isNameUnit(text.charCodeAt(end))) end += 1;
    const isNumber = first >= 0x30 && first <= 0x39;
    if (isNumber && text.charCodeAt(end) === 0x2e && isDigit(text.charCodeAt(end + 1))) {
      end += 1;
      while (isDigit(text.charCodeAt(end))) end += 1;
    }
    return {
      kind: isNumber ? 'number' : 'word',
      text: text.slice(start, Math.min(end, start + 64)).toLowerCase(),
      start,
      end,
      gap,
    };
  }
  const pair = text.slice(start, start + 2);
  const mark = pairs.has(pair) ? pair : text.charAt(start);
  return { kind: 'mark', text: mark, start, end: start + mark.length, gap };
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
