import { type ArgumentView, argumentRule, type NoteHit } from './argument-view.ts';
import {
  type Command,
  confidenceOf,
  enders,
  hasArgument,
  isKnown,
  maxPieces,
  readCommand,
  type Scan,
  splitters,
} from './shell-command.ts';
import { plainCommands } from './shell-words.ts';
import { type Token, tokenAt } from './tokens.ts';

const rules = {
  chained: argumentRule('shell_chained', 'Shell: a command after a separator'),
  substitution: argumentRule('shell_substitution', 'Shell: a command whose output is put in'),
  command: argumentRule('shell_command', 'Shell: a command where a value belongs'),
  blanks: argumentRule('shell_hidden_blank', 'Shell: white space written so that filters miss it'),
  quoted: argumentRule('shell_split_word', 'Shell: a command word broken by quotes or escapes'),
  option: argumentRule('option_injection', 'Shell: an option where a value belongs'),
  shellshock: argumentRule('shell_function_import', 'Shell: function definition with a command behind it'),
};

/** Finds commands in a value that is no command; one look at each token and a few after it. */
export function checkShell(view: ArgumentView, note: NoteHit): void {
  if (view.role === 'shell' || view.tokens.length === 0 || view.text.startsWith('data:')) return;
  const doubt = view.isProse ? 0.45 : view.role === 'code' ? 0.5 : 1;
  const scan: Scan = { view, tokens: view.tokens, note, doubt };
  checkStart(scan);
  for (let at = 0; at < view.tokens.length; at += 1) checkMark(scan, at);
  if (!view.isProse && !view.isDocument) checkNewLines(scan);
  checkHidden(scan);
  checkOption(scan);
}

const oneLine: ReadonlySet<ArgumentView['role']> = new Set(['identifier', 'url', 'path', 'email']);
const maxLines = 8;

/** A command on a line of its own, where one line belongs or the line end was encoded. */
function checkNewLines(scan: Scan): void {
  const { view, tokens } = scan;
  if (!oneLine.has(view.role) && view.layer === undefined) return;
  let lines = 0;
  for (let at = 1; at < tokens.length && lines < maxLines; at += 1) {
    const between = view.text.slice(tokenAt(tokens, at - 1).end, tokenAt(tokens, at).start).slice(0, 8);
    if (!between.includes('\n') && !between.includes('\r')) continue;
    lines += 1;
    const command = readCommand(scan, at);
    const confidence = command ? confidenceOf(scan, command) : 0;
    if (command && confidence > 0)
      scan.note(rules.chained, tokenAt(tokens, at).start, endOf(scan, command), confidence);
  }
}

/** A value that begins like an option becomes one where it is put on a command line. */
function checkOption({ view, note }: Scan): void {
  const match = /^--?[a-z][a-z-]{1,30}(?:=|\s+["'/~$.]|command=)/i.exec(view.text);
  if (match && oneLine.has(view.role)) note(rules.option, 0, match[0].length, 0.65);
}

const chainMarks: ReadonlySet<string> = new Set([';', '|', '||', '&', '&&']);

function checkMark(scan: Scan, at: number): void {
  const { tokens, view } = scan;
  const token = tokenAt(tokens, at);
  if (token.kind !== 'mark') return;
  const opens = tokenAt(tokens, at + 1).text === '(';
  if (chainMarks.has(token.text)) checkChain(scan, at);
  else if (token.text === '$(' || token.text === '`') checkSubstitution(scan, at);
  else if (opens && (token.text === '<' || token.text === '>')) checkSubstitution(scan, at + 1);
  else if (token.text === '(' && view.text.startsWith('() {', token.start)) {
    scan.note(rules.shellshock, token.start, Math.min(view.text.length, token.end + 40), 0.97);
  }
}

const grouping: ReadonlySet<string> = new Set(['(', ')', ';', '|', '&', '&&', '||', '{', '!', '@']);

function checkChain(scan: Scan, at: number): void {
  const { tokens } = scan;
  const mark = tokenAt(tokens, at);
  if (chainMarks.has(tokenAt(tokens, at - 1).text)) return;
  let next = at + 1;
  while (grouping.has(tokenAt(tokens, next).text) && next < at + 6) next += 1;
  const command = readCommand(scan, next);
  // A query string or an entity has the same mark.
  if (!command || (mark.text === '&' && tokenAt(tokens, command.next).text === '=')) return;
  const confidence = chainConfidence(scan, at, command);
  if (confidence > 0) scan.note(rules.chained, mark.start, endOf(scan, command), confidence * scan.doubt);
  if (command.isSplit && isKnown(command.name)) {
    scan.note(rules.quoted, mark.start, endOf(scan, command), 0.95 * scan.doubt);
  }
}

function chainConfidence(scan: Scan, at: number, command: Command): number {
  const usual = confidenceOf(scan, command) * (isInList(scan, at, command) ? 0.55 : 1);
  if (at > 0 || scan.view.role === 'free_text' || scan.view.isProse) return usual;
  // A value that begins with a separator is no name of anything.
  const after = tokenAt(scan.tokens, command.next);
  return Math.max(usual, after.text === '-' && after.gap ? 0.85 : 0.6);
}

/** `id|name|host`: a word on both sides, no space, nothing a command would take. */
function isInList(scan: Scan, at: number, command: Command): boolean {
  const { tokens } = scan;
  const mark = tokenAt(tokens, at);
  const before = tokenAt(tokens, at - 1);
  if (at === 0 || before.kind !== 'word' || command.isPath || hasArgument(scan, command)) return false;
  // Lists with spaces are lists of words, not of names of programs.
  if ((mark.gap || tokenAt(tokens, at + 1).gap) && plainCommands.has(command.name)) return false;
  const last = tokenAt(tokens, command.next);
  return last.text === '' || last.text === mark.text || last.text === ')';
}

function endOf({ tokens, view }: Scan, { next }: Command): number {
  const last = tokenAt(tokens, Math.min(next + 6, tokens.length) - 1);
  return last.text === '' ? view.text.length : last.end;
}

function checkSubstitution(scan: Scan, at: number): void {
  const { tokens, view } = scan;
  const mark = tokenAt(tokens, at);
  let next = at + 1;
  while (['`', '$(', '(', '@'].includes(tokenAt(tokens, next).text) && next < at + 4) next += 1;
  const command = readCommand({ ...scan, tokens: withoutTicks(tokens, next) }, 0);
  if (!command) return;
  const isTick = mark.text === '`';
  const known = isKnown(command.name) || command.isPath;
  if (!known) return;
  const confidence = confidenceOf({ ...scan, tokens: withoutTicks(tokens, next) }, command);
  // In written text, ticks mark names of things.
  const isMarked = isTick && (view.isProse || (view.role === 'free_text' && mark.gap));
  const weight = isMarked ? 0.3 : 1;
  scan.note(
    rules.substitution,
    mark.start,
    Math.min(view.text.length, mark.end + 40),
    Math.max(0.8, confidence) * weight * scan.doubt,
  );
}

/** A few tokens, up to the tick that ends the command. */
function withoutTicks(tokens: readonly Token[], from: number): readonly Token[] {
  const piece = tokens.slice(from, from + maxPieces);
  const close = piece.findIndex(({ text }) => text === '`' || text === ')');
  return close < 0 ? piece : piece.slice(0, close);
}

/** A command as the whole value, or in front of it. */
function checkStart(scan: Scan): void {
  const { tokens, view } = scan;
  if (view.isProse || view.role === 'sql') return;
  const first = firstWord(tokens);
  const command = readCommand(scan, first);
  if (!command) return;
  const confidence = startConfidence(scan, command, first);
  if (confidence > 0) scan.note(rules.command, 0, endOf(scan, command), confidence * scan.doubt);
}

function startConfidence(scan: Scan, command: Command, first: number): number {
  const { tokens, view } = scan;
  const isBinary = isSystemBinary(view.text);
  const isBare = tokenAt(tokens, command.next).text === '';
  if (isBare && (first === 0 || !plainCommands.has(command.name))) {
    return isBinary ? (view.role === 'path' ? 0.3 : 0.8) : 0;
  }
  if (!isRun(scan, command, first) || !(isBinary || isKnown(command.name))) return 0;
  if (view.role !== 'free_text') return 0.9;
  return endsInWords(tokens) ? 0.4 : 0.81;
}

/** Two words of language at the end: somebody asks about a command. */
function endsInWords(tokens: readonly Token[]): boolean {
  return [1, 2].every((back) => {
    const token = tokenAt(tokens, tokens.length - back);
    return token.kind === 'word' && token.gap && token.text.length > 3;
  });
}

/** Behind quotes, and behind a line end written out. */
function firstWord(tokens: readonly Token[]): number {
  let first = 0;
  while (splitters.has(tokenAt(tokens, first).text) && first < 4) first += 1;
  return first > 0 && tokenAt(tokens, first).text === 'n' ? first + 1 : first;
}

function isRun(scan: Scan, command: Command, first: number): boolean {
  const after = tokenAt(scan.tokens, command.next);
  const isChained =
    chainMarks.has(after.text) && (after.gap || tokenAt(scan.tokens, command.next + 1).kind === 'mark');
  return (
    isChained || hasArgument(scan, command) || (after.text !== '' && first > 0 && enders.has(after.text))
  );
}

function isSystemBinary(text: string): boolean {
  return /^\s*\/(?:usr\/(?:local\/)?)?s?bin\//.test(text);
}

function checkHidden({ view, note, doubt }: Scan): void {
  const at = view.text.search(/\$\{?IFS|\$\{PATH:|\{(?:cat|ls|nc|wget|curl|ping),/);
  if (at >= 0) note(rules.blanks, at, Math.min(view.text.length, at + 12), 0.95 * doubt);
  const windows = view.text.search(/%(?:PATHEXT|COMSPEC|PROGRAMFILES|SYSTEMROOT|CommonProgramFiles):?~?/i);
  if (windows >= 0) note(rules.blanks, windows, Math.min(view.text.length, windows + 12), 0.7 * doubt);
}
