import {
  codeAt,
  confusableWith,
  type HiddenKind,
  hiddenKind,
  isForeignLookalikeScript,
  isWordUnit,
} from './characters.ts';
import type { RawHit, RuleFacts } from './finding.ts';
import { decodeTag, skipEscape } from './normalize.ts';

const facts: Record<HiddenKind, RuleFacts> = {
  tag: { code: 'hidden_tags', title: 'Invisible tag characters', severity: 'critical', owasp: 'MCP03' },
  zero_width: {
    code: 'zero_width',
    title: 'Zero-width characters',
    severity: 'high',
    payloadSeverity: 'medium',
    owasp: 'MCP03',
  },
  bidi_override: {
    code: 'bidi_control',
    title: 'Characters that reorder text',
    severity: 'high',
    payloadSeverity: 'medium',
    owasp: 'MCP03',
  },
  bidi_mark: { code: 'bidi_mark', title: 'Direction marks', severity: 'low', owasp: 'MCP03' },
  variation: {
    code: 'variation_selectors',
    title: 'Runs of variation selectors',
    severity: 'high',
    owasp: 'MCP03',
  },
  invisible: {
    code: 'invisible_character',
    title: 'Characters that do not show',
    severity: 'medium',
    payloadSeverity: 'low',
    owasp: 'MCP03',
  },
  escape: {
    code: 'ansi_escape',
    title: 'Terminal escape sequence',
    severity: 'high',
    payloadSeverity: 'low',
    owasp: 'MCP03',
  },
  control: {
    code: 'control_character',
    title: 'Control characters',
    severity: 'medium',
    payloadSeverity: 'low',
    owasp: 'MCP03',
  },
};

const concealedByEscape: RuleFacts = {
  code: 'ansi_conceal',
  title: 'Terminal escape that hides text',
  severity: 'critical',
  payloadSeverity: 'high',
  owasp: 'MCP03',
};

const mixedScript: RuleFacts = {
  code: 'confusable_text',
  title: 'Word that mixes look-alike letters of two scripts',
  severity: 'high',
  payloadSeverity: 'medium',
  owasp: 'MCP03',
};

interface Group {
  first: number;
  last: number;
  count: number;
}

/** Units between two hidden characters of one kind that still count as one piece of evidence. */
const joinWithin = 16;
const maxGroupsPerKind = 4;
const maxDecoded = 200;

/** Finds characters that a reader does not see. Linear: one look at each code point. */
export function findHidden(text: string): readonly RawHit[] {
  const groups = new Map<HiddenKind, Group[]>();
  const hits: RawHit[] = [];
  for (let i = nextOdd(text, 0); i < text.length; ) {
    const unit = codeAt(text, i);
    const codePoint = unit >= 0xd800 && unit < 0xdc00 ? (text.codePointAt(i) ?? 0) : unit;
    const size = codePoint > 0xffff ? 2 : 1;
    const kind = hiddenKind(codePoint);
    if (kind === 'escape' && hits.length < maxGroupsPerKind) noteConcealment(text, i, hits);
    if (kind !== undefined && !isHarmless(text, i, codePoint)) note(groups, kind, i, i + size);
    i = nextOdd(text, i + size);
  }
  for (const [kind, list] of groups) hits.push(...toHits(kind, list, text));
  return hits;
}

/** The next unit that is neither plain ASCII nor a line end: nearly all are. */
function nextOdd(text: string, from: number): number {
  const { length } = text;
  let at = from;
  for (; at < length; at += 1) {
    const unit = codeAt(text, at);
    if (unit > 0x7e || (unit < 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09)) break;
  }
  return at;
}

function note(groups: Map<HiddenKind, Group[]>, kind: HiddenKind, start: number, end: number): void {
  const list = groups.get(kind) ?? [];
  groups.set(kind, list);
  const group = list.at(-1);
  const isFull = list.length >= maxGroupsPerKind;
  if (group && (isFull || start - group.last <= joinWithin)) {
    if (!isFull || start - group.last <= joinWithin) group.last = end;
    group.count += 1;
  } else list.push({ first: start, last: end, count: 1 });
}

/** Emoji sequences, joiners inside words of other scripts, and a byte order mark in front are ordinary text. */
function isHarmless(text: string, at: number, codePoint: number): boolean {
  if (codePoint === 0xfeff) return at === 0;
  if (codePoint === 0xfe0f || codePoint === 0xfe0e) return at > 0;
  if (codePoint === 0x200d || codePoint === 0x200c) {
    return at > 0 && text.charCodeAt(at - 1) > 0x2ff && text.charCodeAt(at + 1) > 0x2ff;
  }
  return false;
}

/** One variation selector is typography; a run of them carries data. */
function isWorthIt(kind: HiddenKind, group: Group): boolean {
  return kind !== 'variation' || group.count >= 4;
}

function toHits(kind: HiddenKind, list: readonly Group[], text: string): RawHit[] {
  return list.filter((group) => isWorthIt(kind, group)).map((group) => toHit(kind, group, text));
}

function toHit(kind: HiddenKind, group: Group, text: string): RawHit {
  const base = { facts: facts[kind], start: group.first, end: group.last };
  if (kind === 'tag') {
    return { ...base, evidence: `hidden text: ${decodeTags(text.slice(group.first, group.last))}` };
  }
  return group.count > 3 ? { ...base, evidence: `${group.count} characters` } : base;
}

function decodeTags(text: string): string {
  let out = '';
  for (const letter of text.slice(0, maxDecoded * 2)) {
    const unit = decodeTag(letter.codePointAt(0) ?? 0);
    if (unit > 0) out += String.fromCharCode(unit);
  }
  return out;
}

function noteConcealment(text: string, at: number, hits: RawHit[]): void {
  const end = skipEscape(text, at + 1);
  // SGR 8 conceals; 30;40 and the like are left to the general rule.
  const body = text.slice(at + 2, end);
  if (body === '8m' || body.startsWith('8;') || body.endsWith(';8m')) {
    hits.push({ facts: concealedByEscape, start: at, end });
  }
}

const maxMixedWords = 4;

/** Finds words that mix ASCII letters with look-alikes from Cyrillic, Greek or Armenian. Linear. */
export function findMixedScript(text: string): readonly RawHit[] {
  const hits: RawHit[] = [];
  let floor = 0;
  for (let i = nextForeign(text, 0); i < text.length && hits.length < maxMixedWords; ) {
    let start = i;
    while (start > floor && isWordUnit(codeAt(text, start - 1))) start -= 1;
    const end = wordEnd(text, i);
    if (isMixed(text, start, end)) hits.push({ facts: mixedScript, start, end });
    floor = end;
    i = nextForeign(text, end);
  }
  return hits;
}

function nextForeign(text: string, from: number): number {
  const { length } = text;
  let at = from;
  while (at < length && !isForeignLookalikeScript(codeAt(text, at))) at += 1;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const unit = codeAt(text, at);
    if (!isWordUnit(unit) && !isForeignLookalikeScript(unit)) break;
  }
  return at;
}

/** Look-alikes beside ASCII letters; one letter that looks like no ASCII letter, and the word is honestly foreign. */
function isMixed(text: string, start: number, end: number): boolean {
  let ascii = 0;
  let alike = 0;
  for (let i = start; i < end; i += 1) {
    const unit = codeAt(text, i);
    if (isWordUnit(unit)) ascii += unit >= 0x41 ? 1 : 0;
    else if (confusableWith(unit) === undefined) return false;
    else alike += 1;
  }
  return alike > 0 && ascii > 1;
}
