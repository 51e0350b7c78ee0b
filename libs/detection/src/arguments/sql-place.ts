import type { RuleFacts } from '../finding.ts';
import type { ArgumentView } from './argument-view.ts';
import { sqlComparators, sqlConnectives } from './sql-words.ts';
import { type Token, tokenAt } from './tokens.ts';

/** A text on its way through the checks of SQL. */
export interface SqlScan {
  readonly view: ArgumentView;
  readonly tokens: readonly Token[];
  /** The text leaves the string or bracket it was put in. */
  readonly breaks: boolean;
  readonly isOutside: boolean;
  readonly isStatement: boolean;
  readonly note: (facts: RuleFacts, from: number, to: number, confidence: number) => void;
}

const quote: ReadonlySet<string> = new Set(["'", '"', '`', '´', '’']);

export function isQuote(token: Token): boolean {
  return token.kind === 'mark' && quote.has(token.text);
}

/** `1' `, `x") `, `' `: a word or nothing, then what closes it, then something that is no word of the same string. */
export function startsOutside(tokens: readonly Token[]): boolean {
  let at = tokenAt(tokens, 0).kind === 'mark' ? 0 : 1;
  let closers = 0;
  while (isQuote(tokenAt(tokens, at)) || tokenAt(tokens, at).text === ')') {
    at += 1;
    closers += 1;
  }
  if (closers === 0) return false;
  const next = tokenAt(tokens, at);
  if (next.text === '') return closers > 0 && at <= 2;
  return next.gap || next.kind === 'mark' || sqlConnectives.has(next.text);
}

export function leavesItsPlace(view: ArgumentView): boolean {
  const { tokens, tokenInfo } = view;
  const first = tokenAt(tokens, 0).text;
  const opens =
    sqlConnectives.has(first) || ['union', 'order', 'group', 'limit', 'procedure', '+', ','].includes(first);
  return (opens && !view.isProse) || tokenInfo.endsInComment || endsInLineComment(view);
}

const maxTail = 12;

/** `--` or `#` with next to nothing behind it. */
function endsInLineComment({ tokens, text }: ArgumentView): boolean {
  for (let at = Math.max(1, tokens.length - 4); at < tokens.length; at += 1) {
    const token = tokenAt(tokens, at);
    if (text.length - token.end > maxTail) continue;
    if (token.text === '--') return true;
    if (token.text === '#' && at === tokens.length - 1) return true;
  }
  return false;
}

export interface Operand {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly isQuoted: boolean;
  readonly next: number;
}

/** Marks in a row that are stepped over; nobody needs more. */
export const maxRun = 16;

const skipped: ReadonlySet<string> = new Set(['(', '+', '-', '~', 'not', '!', 'binary', '{', '@']);

export function readOperand(tokens: readonly Token[], from: number): Operand {
  let at = from;
  let isQuoted = false;
  while (at < from + maxRun && (skipped.has(tokenAt(tokens, at).text) || isQuote(tokenAt(tokens, at)))) {
    isQuoted ||= isQuote(tokenAt(tokens, at));
    at += 1;
  }
  const core = tokenAt(tokens, at);
  const isCore = core.kind === 'number' || (core.kind === 'word' && !sqlComparators.has(core.text));
  if (isCore) at += 1;
  while (
    isQuote(tokenAt(tokens, at)) ||
    tokenAt(tokens, at).text === ')' ||
    tokenAt(tokens, at).text === '%'
  ) {
    isQuoted ||= isQuote(tokenAt(tokens, at));
    at += 1;
  }
  const isLiteral = isQuoted || core.kind === 'number' || core.text === 'true' || core.text === 'null';
  return { text: isCore ? core.text : '', isLiteral, isQuoted, next: at };
}
