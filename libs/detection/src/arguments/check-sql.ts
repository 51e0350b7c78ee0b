import { countSteps } from '../automaton.ts';
import { type ArgumentView, argumentRule, follows, type NoteHit } from './argument-view.ts';
import { checkSqlFunctions } from './check-sql-functions.ts';
import {
  isQuote,
  leavesItsPlace,
  maxRun,
  type Operand,
  readOperand,
  type SqlScan,
  startsOutside,
} from './sql-place.ts';
import { notTables, sqlComparators, sqlConnectives, sqlDelays, sqlObjects, sqlVerbs } from './sql-words.ts';
import { type Token, tokenAt } from './tokens.ts';

const rules = {
  union: argumentRule('sql_union', 'SQL: joins the answer of another query'),
  tautology: argumentRule('sql_tautology', 'SQL: condition that is always the same'),
  delay: argumentRule('sql_delay', 'SQL: makes the database wait'),
  stacked: argumentRule('sql_stacked', 'SQL: second statement after the first'),
  comment: argumentRule('sql_comment', 'SQL: closes a string and comments the rest away'),
  order: argumentRule('sql_probe_columns', 'SQL: counts the columns of a query'),
  object: argumentRule('sql_system_object', 'SQL: reads tables or calls functions of the database itself'),
  subselect: argumentRule('sql_subselect', 'SQL: query inside a value'),
  statement: argumentRule('sql_statement', 'SQL: statement where a value belongs'),
  quotes: argumentRule('sql_quote_operator', 'SQL: quotes joined by an operator'),
  hidden: argumentRule('sql_inline_comment', 'SQL: words parted by comments'),
};

/** Programs and patterns hold all of this in good faith. */
const quietRoles: ReadonlySet<string> = new Set(['code', 'regex', 'shell']);

/** Finds SQL that leaves the place a value was put in; one look at each token and at a few after it. */
export function checkSql(view: ArgumentView, report: NoteHit): void {
  const { tokens } = view;
  if (tokens.length === 0 || quietRoles.has(view.role)) return;
  const isOutside = startsOutside(tokens);
  const breaks = isOutside || leavesItsPlace(view);
  const doubt = view.isProse ? (isOutside ? 0.8 : 0.35) : 1;
  const scan: SqlScan = {
    view,
    tokens,
    breaks,
    isOutside,
    isStatement: view.role === 'sql' && sqlVerbs.has(tokenAt(tokens, 0).text),
    note: (facts, from, to, confidence) => {
      const last = tokenAt(tokens, Math.min(to, tokens.length - 1));
      report(facts, tokenAt(tokens, from).start, last.end, confidence * doubt);
    },
  };
  for (let at = 0; at < tokens.length; at += 1) checkToken(scan, at);
  if (view.tokenInfo.comments > 0) checkSplitWords(scan);
  if (view.tokenInfo.comments > 0 && isOutside) scan.note(rules.hidden, 0, tokens.length - 1, 0.7);
  checkSqlFunctions(scan);
}

const maxSplit = 4_096;

/** `uni/**\/on`: words that only hold together where comments are taken out. */
function checkSplitWords({ view, tokens, note }: SqlScan): void {
  const joined = view.text.slice(0, maxSplit).replaceAll('/**/', '');
  if (/\bunion\s+(?:all\s+)?select\b/i.test(joined) && !/\bunion\b/i.test(view.text.slice(0, maxSplit))) {
    note(rules.union, 0, tokens.length - 1, 0.95);
  }
}

function checkToken(scan: SqlScan, at: number): void {
  const token = tokenAt(scan.tokens, at);
  if (token.kind === 'mark') checkMark(scan, at, token);
  else if (token.kind === 'word') checkWord(scan, at, token);
}

function checkMark(scan: SqlScan, at: number, token: Token): void {
  if (token.text === ';') checkStacked(scan, at);
  else if (isQuote(token)) checkQuote(scan, at);
  else if (sqlConnectives.has(token.text)) checkCondition(scan, at);
  else if (token.text === '@@' && tokenAt(scan.tokens, at + 1).kind === 'word') {
    scan.note(rules.object, at, at + 1, scan.breaks ? 0.95 : 0.7);
  } else if (token.text === '(' && tokenAt(scan.tokens, at + 1).text === 'select') {
    if (!scan.isStatement && scan.view.role !== 'sql')
      scan.note(rules.subselect, at, at + 6, scan.breaks ? 0.95 : 0.85);
  }
}

function checkWord(scan: SqlScan, at: number, token: Token): void {
  const { text } = token;
  if (text === 'union' || text === 'intersect' || text === 'except') checkUnion(scan, at);
  if (sqlConnectives.has(text)) checkCondition(scan, at);
  if (sqlDelays.has(text)) checkDelay(scan, at);
  if (text === 'select') checkSelect(scan, at);
  if ((text === 'order' || text === 'group') && tokenAt(scan.tokens, at + 1).text === 'by')
    checkOrder(scan, at);
  if (at === 0 && scan.tokens.length > 3 && scan.view.role !== 'sql' && isVerb(scan, at))
    scan.note(rules.statement, at, at + 3, 0.75);
  const weight = sqlObjects.get(text);
  if (weight !== undefined) scan.note(rules.object, at, at, scan.view.role === 'sql' ? weight * 0.5 : weight);
}

function checkUnion(scan: SqlScan, at: number): void {
  let next = at + 1;
  while (['all', 'distinct', 'distinctrow', '(', '+'].includes(tokenAt(scan.tokens, next).text)) next += 1;
  const word = tokenAt(scan.tokens, next).text;
  if (word !== 'select' && word !== 'selectchar' && word !== 'values') return;
  if (scan.view.role === 'sql' && !scan.breaks) return;
  const after = tokenAt(scan.tokens, next + 1);
  const isPlain = after.kind === 'word' && ![',', 'from', '('].includes(tokenAt(scan.tokens, next + 2).text);
  scan.note(rules.union, at, next, isPlain && after.text !== 'null' ? 0.4 : scan.breaks ? 0.98 : 0.9);
}

/** A connective, then a condition whose answer does not depend on the data. */
function checkCondition(scan: SqlScan, at: number): void {
  const { tokens } = scan;
  const left = readOperand(tokens, at + 1);
  let next = left.next;
  while (sqlComparators.has(tokenAt(tokens, next).text) && next < left.next + maxRun) next += 1;
  if (next === left.next) {
    countSteps(scan.view.meter, left.next - at);
    checkBare(scan, at, left);
    return;
  }
  const right = readOperand(tokens, next);
  countSteps(scan.view.meter, right.next - at);
  const confidence = conditionConfidence(scan, at, left, right);
  if (confidence > 0) scan.note(rules.tautology, at, right.next - 1, confidence);
}

function conditionConfidence(scan: SqlScan, at: number, left: Operand, right: Operand): number {
  const isSql = scan.view.role === 'sql';
  const isWhere = tokenAt(scan.tokens, at).text === 'where';
  if (!left.isLiteral) return !isSql && !isWhere && leavesBefore(scan, at) ? 0.85 : 0;
  const isSame = left.text === right.text && right.isLiteral;
  const isSure = isSame || scan.breaks;
  if (isSql && (isWhere || !isSure)) return 0;
  if (!isSame && !(right.isLiteral && (scan.breaks || left.isQuoted))) return 0;
  return isSure ? 0.96 : 0.7;
}

/** The connective stands right behind the quote that the text left. */
function leavesBefore(scan: SqlScan, at: number): boolean {
  return scan.isOutside && isQuote(tokenAt(scan.tokens, at - 1));
}

/** `or true`, `or 1 --`. */
function checkBare(scan: SqlScan, at: number, operand: Operand): void {
  if (!scan.breaks || !operand.isLiteral || operand.text === '') return;
  const after = tokenAt(scan.tokens, operand.next).text;
  if (after === '' || after === '--' || after === '#' || after === ';')
    scan.note(rules.tautology, at, operand.next - 1, 0.85);
}

function checkDelay(scan: SqlScan, at: number): void {
  const { tokens } = scan;
  const name = tokenAt(tokens, at).text;
  if (name === 'waitfor' || name === 'waifor') {
    if (['delay', 'time'].includes(tokenAt(tokens, at + 1).text)) scan.note(rules.delay, at, at + 3, 0.97);
    return;
  }
  const before = tokenAt(tokens, at - 1).text;
  // A method of an object, or a command with an argument, is no function of a database.
  const open = tokenAt(tokens, at + 1);
  if (before === '.' || before === '>' || open.text !== '(' || (open.gap && !scan.breaks)) return;
  const argument = tokenAt(tokens, at + 2);
  const isNumber = /^[0-9.]+$/.test(argument.text) || isQuote(argument);
  if (!isNumber && !scan.breaks) return;
  const isOwn = name !== 'sleep' && name !== 'generate_series';
  scan.note(rules.delay, at, at + 3, isOwn || scan.breaks || scan.tokens.length < 12 ? 0.95 : 0.5);
}

function isVerb(scan: SqlScan, at: number): boolean {
  const verb = tokenAt(scan.tokens, at).text;
  if (!sqlVerbs.has(verb)) return verb === 'update' && hasSet(scan.tokens, at);
  const after = tokenAt(scan.tokens, at + 1);
  const expected = sqlVerbs.get(verb);
  if (expected) return expected.includes(after.text);
  if (verb === 'shutdown')
    return at > 0 && (after.text === '' || after.text === '--' || after.text === 'with');
  return /^(?:xp_|sp_|master|immediate)/.test(after.text) || (at > 0 && after.kind === 'word');
}

function hasSet(tokens: readonly Token[], at: number): boolean {
  return [2, 3, 4].some((step) => tokenAt(tokens, at + step).text === 'set');
}

function checkStacked(scan: SqlScan, at: number): void {
  let next = at + 1;
  while ([';', '(', '+'].includes(tokenAt(scan.tokens, next).text)) next += 1;
  const isSelect = tokenAt(scan.tokens, next).text === 'select' && isQuery(scan, next);
  const isProcedure = follows(scan.tokens, next, 'if', '(') && scan.breaks;
  if (!isSelect && !isProcedure && !isVerb(scan, next)) return;
  const isHarmless = scan.view.role === 'sql' && isSelect;
  if (!isHarmless) scan.note(rules.stacked, at, next + 2, scan.view.role === 'sql' ? 0.75 : 0.95);
}

/** Tokens between `select` and `from` that are looked through. */
const maxColumns = 40;

function isQuery({ tokens, view }: SqlScan, at: number): boolean {
  const first = tokenAt(tokens, at + 1);
  if (['*', '@@', '(', 'null', 'distinct', 'count', 'top', 'char', 'chr', 'case'].includes(first.text))
    return true;
  if (first.kind === 'number' || isQuote(first)) return true;
  countSteps(view.meter, maxColumns);
  for (let step = 2; step < maxColumns; step += 1) {
    const token = tokenAt(tokens, at + step);
    if (token.text === '') return false;
    if (token.text === 'from') {
      const table = tokenAt(tokens, at + step + 1);
      return table.kind === 'word' && !notTables.has(table.text);
    }
  }
  return tokenAt(tokens, at + 2).text === '(';
}

function checkSelect(scan: SqlScan, at: number): void {
  if (scan.view.role === 'sql' || !isQuery(scan, at)) return;
  const isAlone = at === 0;
  const isFreer = scan.view.role === 'free_text' || scan.view.role === 'code';
  scan.note(rules.statement, at, at + 4, isAlone ? (isFreer ? 0.6 : 0.85) : scan.breaks ? 0.9 : 0.5);
}

function checkOrder(scan: SqlScan, at: number): void {
  const column = tokenAt(scan.tokens, at + 2);
  if (column.kind !== 'number' || scan.view.role === 'sql') return;
  const after = tokenAt(scan.tokens, at + 3);
  const ends = after.text === '' || ['--', '#', ',', ')'].includes(after.text);
  if (ends) scan.note(rules.order, at, at + 2, scan.breaks ? 0.95 : 0.6);
}

/** Fields that hold a mark to part things by. */
const separatorName = /separator|delim|quote|sep$|join/;

const joiners: ReadonlySet<string> = new Set([
  '||',
  '&&',
  '+',
  '-',
  '=',
  '&',
  '^',
  '*',
  '<',
  '>',
  '|',
  'like',
  'or',
  'and',
  '%',
  '/',
]);

function checkQuote(scan: SqlScan, at: number): void {
  const { tokens, view } = scan;
  let next = at + 1;
  while ([')', ';'].includes(tokenAt(tokens, next).text)) next += 1;
  if (separatorName.test(view.name)) return;
  const after = tokenAt(tokens, next).text;
  const isWhole = at === 0 && after === '' && view.text.trim().length <= 6;
  if (isWhole) scan.note(rules.quotes, at, next, 0.6);
  if (!isEarly(tokens, at)) return;
  const isComment = after === '--' || after === '#' || (after === '' && view.tokenInfo.endsInComment);
  if (isComment && next >= tokens.length - 3) scan.note(rules.comment, at, next, 0.93);
  checkQuoted(scan, at, next);
}

/** The first quote, in front or right behind the first word. */
function isEarly(tokens: readonly Token[], at: number): boolean {
  if (at === 0) return true;
  if (at > 2 || tokenAt(tokens, at).gap) return false;
  return !isQuote(tokenAt(tokens, 0)) && !isQuote(tokenAt(tokens, at - 1));
}

function checkQuoted(scan: SqlScan, at: number, next: number): void {
  const { tokens, view } = scan;
  const after = tokenAt(tokens, next);
  if (isQuote(after) && next === tokens.length - 1 && view.role !== 'free_text')
    scan.note(rules.quotes, at, next, 0.6);
  if (!joiners.has(after.text)) return;
  checkJoined(scan, at, next);
  const isClosed = isQuote(tokenAt(tokens, next + 1));
  if (isClosed && tokens.length <= next + 5) scan.note(rules.quotes, at, next + 1, 0.85);
}

/** `'=0--`, `'||lpad(`: what follows the quote is computed with it. */
function checkJoined({ tokens, note, view }: SqlScan, at: number, joiner: number): void {
  const next = tokenAt(tokens, joiner + 1);
  const isCall = next.kind === 'word' && tokenAt(tokens, joiner + 2).text === '(';
  const isCut = next.kind === 'number' && ['--', '#'].includes(tokenAt(tokens, joiner + 2).text);
  if ((isCall && !view.isProse) || isCut) note(rules.quotes, at, joiner + 2, 0.85);
}
