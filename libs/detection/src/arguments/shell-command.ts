import { countSteps } from '../automaton.ts';
import type { ArgumentView, NoteHit } from './argument-view.ts';
import { interpreters, plainCommands, wordlyCommands } from './shell-words.ts';
import { type Token, tokenAt } from './tokens.ts';

export interface Scan {
  readonly view: ArgumentView;
  readonly tokens: readonly Token[];
  readonly note: NoteHit;
  readonly doubt: number;
}

export interface Command {
  readonly name: string;
  /** First token behind the command word. */
  readonly next: number;
  readonly isPath: boolean;
  readonly isSplit: boolean;
}

export const splitters: ReadonlySet<string> = new Set(["'", '"', '\\', '^', '`']);
export const maxPieces = 24;

/** The command word at a token, put together again where quotes, backslashes or a path are in it. */
export function readCommand({ tokens, view }: Scan, from: number): Command | undefined {
  const word = { name: '', isPath: false, isSplit: false };
  let at = from;
  for (; at < from + maxPieces; at += 1) {
    const token = tokenAt(tokens, at);
    if (token.text === '' || (at > from && token.gap) || !takePiece(word, token, tokenAt(tokens, at + 1)))
      break;
  }
  countSteps(view.meter, at - from + 1);
  if (word.name === '') return undefined;
  const isRooted = word.isPath && view.text.startsWith('/', tokenAt(tokens, from).start);
  return { name: word.name.replace(/\.exe$/, ''), next: at, isPath: isRooted, isSplit: word.isSplit };
}

const nameMarks: ReadonlySet<string> = new Set(['.', '-', '?', '*', '[', ']']);

/** Adds a token to a command word; false where the word ends. */
function takePiece(
  word: { name: string; isPath: boolean; isSplit: boolean },
  token: Token,
  next: Token,
): boolean {
  if (token.kind !== 'mark' || nameMarks.has(token.text)) word.name += token.text;
  else if (token.text === '/' || (token.text === '\\' && word.name.endsWith(':'))) {
    word.isPath = true;
    word.name = '';
  } else if (!splitters.has(token.text)) return false;
  else word.isSplit ||= word.name !== '' && next.kind === 'word';
  return true;
}

export function isKnown(name: string): boolean {
  return plainCommands.has(name) || wordlyCommands.has(name) || interpreters.has(name);
}

const counted: ReadonlySet<string> = new Set(['sleep', 'timeout', 'ping', 'kill', 'seq']);
const netVerbs: ReadonlySet<string> = new Set([
  'user',
  'view',
  'localgroup',
  'use',
  'group',
  'share',
  'accounts',
  'start',
  'stop',
]);
const spacedMarks: ReadonlySet<string> = new Set(['/', '~', '%', '\\', '.', '$', '${', '*', '>', '<']);

/** What stands behind a word makes it a command: a flag, a path, a variable, a number where one belongs. */
export function hasArgument(scan: Scan, { name, next }: Command): boolean {
  const { tokens, view } = scan;
  const token = tokenAt(tokens, next);
  const after = tokenAt(tokens, next + 1);
  if (token.text === '-' || token.text === '--') return after.kind !== 'mark' && !after.gap;
  if (spacedMarks.has(token.text))
    return token.gap && !(wordlyCommands.has(name) && '<>'.includes(token.text));
  if (token.kind === 'number') return counted.has(name) && !isProseAfter(view, token.end);
  if (token.kind === 'word' && after.text === ':' && tokenAt(tokens, next + 2).text === '\\') return true;
  return takesWord(name, token, after, tokenAt(tokens, next + 1).text === '');
}

/** Commands whose argument is a word of its own kind. */
function takesWord(name: string, token: Token, after: Token, isLast: boolean): boolean {
  if (name === 'net') return netVerbs.has(token.text);
  if (name === 'which' || name === 'find' || name === 'sudo') return isKnown(token.text) && isLast;
  if (name === 'echo' || name === 'printf' || name === 'print')
    return token.text === '"' || token.text === "'";
  return (name === 'ping' || name === 'nslookup') && after.text === '.' && !after.gap;
}

function isProseAfter({ text }: ArgumentView, end: number): boolean {
  return /[a-z]{3,} [a-z]{3,}/i.test(text.slice(end, end + 40));
}

export const enders: ReadonlySet<string> = new Set([
  '',
  ';',
  '|',
  '||',
  '&',
  '&&',
  '#',
  "'",
  '"',
  '`',
  ')',
  '\\',
  '<',
  '>',
  '}',
  '%',
  '?',
]);

export function confidenceOf(scan: Scan, command: Command): number {
  const { name, isPath } = command;
  const takes = hasArgument(scan, command);
  const fits = takes || enders.has(tokenAt(scan.tokens, command.next).text);
  if (isPath && /^(?:[a-z0-9_.-]{1,16}|.*[?*].*)$/.test(name)) return fits ? 0.95 : 0.8;
  if (name.includes('?') || name.includes('*')) return 0.3;
  if (wordlyCommands.has(name) && !plainCommands.has(name)) return takes ? 0.95 : fits ? 0.7 : 0.2;
  return isKnown(name) ? plainConfidence(fits) : 0;
}

function plainConfidence(fits: boolean): number {
  return fits ? 0.96 : 0.75;
}
