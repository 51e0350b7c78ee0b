import { buildAutomaton, countSteps, scanAscii, scanFolded } from './automaton.ts';
import { isWordUnit } from './characters.ts';
import type { CompiledRules } from './custom-rules.ts';
import { type ExcerptMode, toFindings } from './evidence.ts';
import { findActive } from './find-active.ts';
import { findHidden, findMixedScript } from './find-hidden.ts';
import { findHiddenOrders } from './find-hidden-html.ts';
import { findInLayers } from './find-in-layers.ts';
import { findPadding } from './find-runs.ts';
import {
  type Finding,
  type RawHit,
  type RuleFacts,
  type ScanMeter,
  type Surface,
  surfaceGroup,
} from './finding.ts';
import { type LayerBudget, layerBudget } from './layers/unfold-layers.ts';
import { foldText } from './normalize.ts';
import { buildPhraseBook, createPhraseMatcher, type PhraseHit } from './phrase-rules.ts';
import { confirmSecret, secretLiterals } from './redact/secret-hits.ts';
import { baitRules } from './rules/bait.ts';
import { concealmentRules } from './rules/concealment.ts';
import { instructionRules } from './rules/instructions.ts';
import { languageRules } from './rules/languages.ts';
import { personaRules } from './rules/persona.ts';
import { priorityRules } from './rules/priority.ts';
import { remoteCodeRules } from './rules/remote-code.ts';
import { takeoverRules } from './rules/takeover.ts';
import { turnRules } from './rules/turns.ts';
import { wideLanguageRules } from './rules/wide-languages.ts';
import { buildWideAutomaton, scanWide } from './wide-automaton.ts';

const book = buildPhraseBook([
  ...instructionRules,
  ...concealmentRules,
  ...baitRules,
  ...priorityRules,
  ...remoteCodeRules,
  ...turnRules,
  ...takeoverRules,
  ...personaRules,
  ...languageRules,
]);
const wideBook = buildPhraseBook(wideLanguageRules);
const wideAutomaton = buildWideAutomaton(wideBook.literals);
const automaton = buildAutomaton([...secretLiterals, ...book.literals]);
const secretCount = secretLiterals.length;

export interface ScanOptions {
  /** JSON Pointer that findings name; empty when absent. */
  readonly path?: string;
  /** Most UTF-16 units looked at in one call; what is beyond is a finding. */
  readonly maxUnits?: number;
  /** What excerpts may show; `context` for declared surfaces, `span` for payloads. */
  readonly excerpt?: ExcerptMode;
  readonly customRules?: CompiledRules;
  readonly meter?: ScanMeter;
}

export const defaultMaxUnits = 256 * 1024;
const maxHitsPerCode = 5;

const notScanned: RuleFacts = {
  code: 'scan_truncated',
  title: 'Too long to be scanned whole',
  severity: 'medium',
  owasp: null,
};

/** Scans one text. Time is linear in its length, whatever the text is. */
export function scanText(text: string, surface: Surface, options: ScanOptions = {}): readonly Finding[] {
  const maxUnits = options.maxUnits ?? defaultMaxUnits;
  const piece = text.length > maxUnits ? text.slice(0, maxUnits) : text;
  const hits = findHits(piece, surface, options.meter);
  if (options.customRules) hits.push(...options.customRules.find(piece, surface, options.meter));
  if (text.length > maxUnits) hits.push(tooLong(text, maxUnits));
  if (hits.length === 0) return [];
  return toFindings(hits, {
    text,
    surface,
    path: options.path ?? '',
    part: 'value',
    excerpt: options.excerpt ?? (surfaceGroup(surface) === 'payload' ? 'span' : 'context'),
  });
}

function tooLong(text: string, maxUnits: number): RawHit {
  return {
    facts: notScanned,
    start: maxUnits,
    end: text.length,
    evidence: `${text.length} units, limit ${maxUnits}`,
  };
}

/** Everything the rules see in one string, in what is encoded in it too; the caller writes out the evidence. */
export function findHits(
  text: string,
  surface: Surface,
  meter?: ScanMeter,
  budget: LayerBudget = layerBudget(),
): RawHit[] {
  const hits = findPlain(text, surface, meter);
  if (text.length < minLayered) return hits;
  if (text.length >= 32) {
    hits.push(...findPadding(text, meter));
    hits.push(...findActive(text, meter));
    hits.push(...findHiddenOrders(text, hits, meter));
  }
  findInLayers({ text, surface, meter, budget, hits, findPlain });
  return hits;
}

/** Shorter texts hold nothing encoded that would matter. */
const minLayered = 12;

/** What the rules see in a text as it stands. */
export function findPlain(text: string, surface: Surface, meter?: ScanMeter): RawHit[] {
  countSteps(meter, text.length);
  const collector = createCollector(text, surface, meter);
  if (scanAscii(automaton, text, collector.sink)) return collector.hits;
  countSteps(meter, text.length * 5);
  const wide = createCollector(text, surface, meter);
  scanFolded(automaton, foldText(text, { hiddenAs: 'nothing' }), wide.sink);
  const hidden = findHidden(text);
  if (hidden.length > 0) {
    countSteps(meter, text.length * 2);
    // Once more with a space where something invisible stood: it may have parted words instead of splitting them.
    wide.reset();
    scanFolded(automaton, foldText(text, { hiddenAs: 'space' }), wide.sink);
    wide.hits.push(...hidden);
  }
  wide.findForeign();
  wide.hits.push(...findMixedScript(text));
  return wide.hits;
}

function createCollector(text: string, surface: Surface, meter: ScanMeter | undefined) {
  const hits: RawHit[] = [];
  const group = surfaceGroup(surface);
  const seen = new Map<string, number>();
  const add = (hit: RawHit): void => {
    if (hit.facts.only !== undefined && hit.facts.only !== group) return;
    const count = seen.get(hit.facts.code) ?? 0;
    if (count >= maxHitsPerCode || hits.some((known) => isSame(known, hit))) return;
    seen.set(hit.facts.code, count + 1);
    hits.push(hit);
  };
  const report = ({ rule, start, end }: PhraseHit): void =>
    add({ facts: rule, start, end: wordEnd(text, end) });
  let match: ReturnType<typeof createPhraseMatcher> | undefined;
  let secretEnd = 0;
  return {
    hits,
    findForeign: () => {
      scanWide(wideAutomaton, text, createPhraseMatcher(wideBook, report, meter));
    },
    reset: () => {
      match = undefined;
    },
    sink: (literal: number, start: number, end: number): void => {
      if (literal < secretCount) {
        // Inside a known secret nothing is looked at again: that keeps the work linear.
        if (start < secretEnd) return;
        const secret = confirmSecret(text, literal, start, end);
        secretEnd = Math.max(secretEnd, secret?.end ?? 0);
        if (secret) add(secret);
        return;
      }
      match ??= createPhraseMatcher(book, report, meter);
      match(literal - secretCount, start, end);
    },
  };
}

const maxWordTail = 24;

/** Open-ended literals stop inside a word; evidence shows the whole word. */
function wordEnd(text: string, end: number): number {
  const cap = Math.min(text.length, end + maxWordTail);
  let at = end;
  while (at < cap && at > 0 && isWordUnit(text.charCodeAt(at - 1)) && isWordUnit(text.charCodeAt(at)))
    at += 1;
  return at;
}

/** The same rule at an overlapping place tells nothing new. */
function isSame(a: RawHit, b: RawHit): boolean {
  return a.facts.code === b.facts.code && a.start < b.end && b.start < a.end;
}
