import { codeAt } from '../automaton.ts';
import type { Candidate } from './found.ts';
import { inSet, isWordAt, kindAt, letter, unitSet, wide } from './units.ts';

const localInner = unitSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+'-");
const maxLocal = 64;
const maxDomain = 253;

/** Ends of names of files: `logo@2x.png` is no mail. */
const fileEnds: ReadonlySet<string> = new Set([
  ...[
    'png',
    'jpg',
    'jpeg',
    'gif',
    'svg',
    'webp',
    'ico',
    'css',
    'js',
    'mjs',
    'ts',
    'tsx',
    'jsx',
    'json',
    'map',
  ],
  ...['html', 'xml', 'yaml', 'yml', 'md', 'txt', 'pdf', 'zip', 'gz', 'local', 'localhost', 'lock'],
]);

/** Locals that documentation writes before `example.com`. */
const shownLocals: ReadonlySet<string> = new Set([
  ...[
    'you',
    'your',
    'yourname',
    'your-name',
    'your.name',
    'your_email',
    'your-email',
    'youremail',
    'name',
    'user',
  ],
  ...[
    'username',
    'someone',
    'email',
    'foo',
    'bar',
    'me',
    'your.email',
    'example',
    'test',
    'recipient',
    'sender',
  ],
]);

/** A mail address around the `@` at `at`. */
export function emailAt(text: string, at: number): Candidate | undefined {
  const start = localStart(text, at);
  if (start === at) return undefined;
  const end = isUserInfo(text, start) ? -1 : domainEnd(text, at + 1);
  if (end < 0) return undefined;
  const local = text.slice(start, at);
  const domain = text.slice(at + 1, end).toLowerCase();
  const last = domain.slice(domain.lastIndexOf('.') + 1);
  if (fileEnds.has(last)) return undefined;
  // `git@host:path` names a repository.
  if (local === 'git' && (codeAt(text, end) === 0x3a || codeAt(text, end) === 0x2f)) return undefined;
  if (shownLocals.has(local.toLowerCase()) && domain.startsWith('example.')) return undefined;
  return { start, end, type: 'EMAIL', detail: null, confidence: 0.97, proof: 2 };
}

/** `scheme://user@host` and `scheme://user:password@host` are no mail. */
function isUserInfo(text: string, start: number): boolean {
  const unit = codeAt(text, start - 1);
  if (unit === 0x2f) return codeAt(text, start - 2) === 0x2f;
  return unit === 0x3a && text.slice(Math.max(0, start - 48), start).includes('://');
}

function isLocal(text: string, at: number): boolean {
  return inSet(localInner, text, at) || kindAt(text, at) === wide;
}

function localStart(text: string, at: number): number {
  const floor = Math.max(0, at - maxLocal);
  let start = at;
  while (start > floor && isLocal(text, start - 1)) start -= 1;
  if (start === floor && floor > 0 && isLocal(text, start - 1)) return at;
  // Signs that open a quotation or end a sentence do not begin a name; an assignment stands before it.
  while (start < at && !isWordAt(text, start) && kindAt(text, start) !== wide && codeAt(text, start) !== 0x5f)
    start += 1;
  const last = codeAt(text, at - 1);
  return last === 0x2e ? at : start;
}

function isLabel(text: string, at: number): boolean {
  return isWordAt(text, at) || codeAt(text, at) === 0x2d || kindAt(text, at) === wide;
}

/** Where the domain ends: labels parted by dots, the last of letters; -1 where it is none. */
function domainEnd(text: string, from: number): number {
  const cap = Math.min(text.length, from + maxDomain);
  let at = from;
  let lastDot = -1;
  let end = -1;
  while (at < cap) {
    const labelStart = at;
    while (at < cap && isLabel(text, at)) at += 1;
    if (at === labelStart || codeAt(text, labelStart) === 0x2d) break;
    if (lastDot >= 0 && isTopLevel(text, labelStart, at)) end = trimDash(text, at);
    if (codeAt(text, at) !== 0x2e) break;
    lastDot = at;
    at += 1;
  }
  return end;
}

function trimDash(text: string, end: number): number {
  let at = end;
  while (codeAt(text, at - 1) === 0x2d) at -= 1;
  return at;
}

function isTopLevel(text: string, from: number, to: number): boolean {
  if (text.startsWith('xn--', from)) return true;
  if (to - from < 2 || to - from > 24) return false;
  for (let at = from; at < to; at += 1) if ((kindAt(text, at) & (letter | wide)) === 0) return false;
  return true;
}
