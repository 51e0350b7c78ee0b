import { codeAt, countSteps } from '../automaton.ts';
import type { ScanMeter } from '../finding.ts';
import { findEncoded } from './encoded.ts';
import type { Candidate } from './found.ts';
import { decodedView, joinedView } from './other-views.ts';
import { namesContext, type SearchDepth, searchView } from './search-view.ts';
import { type SensitiveSpan, type SensitiveType, sensitiveTable } from './sensitive-type.ts';
import { originEnd, originStart, type TextView, viewOf } from './text-view.ts';

export interface SensitiveOptions {
  /** Only these types; all when absent. */
  readonly types?: ReadonlySet<SensitiveType>;
  /** Name of the member that holds the text: context as good as a word before it. */
  readonly name?: string;
  /** Most units looked at; what is beyond is not searched. */
  readonly maxUnits?: number;
  readonly meter?: ScanMeter;
}

export const defaultMaxSensitiveUnits = 256 * 1024;
const maxName = 64;
const minText = 4;

/** Finds secrets and personal data in a text: disjoint spans in text order. Linear in its length. */
export function findSensitive(text: string, options: SensitiveOptions = {}): readonly SensitiveSpan[] {
  const { types, name, meter } = options;
  const maxUnits = options.maxUnits ?? defaultMaxSensitiveUnits;
  const piece = text.length > maxUnits ? text.slice(0, maxUnits) : text;
  if (piece.length < minText || types?.size === 0) return [];
  const head = name === undefined || name === '' ? '' : contextOf(name);
  if (head === '' && isDull(piece)) return [];
  const view = viewOf(head === '' ? piece : `${head}${piece}"`);
  countSteps(meter, view.text.length);
  const depth = depthOf(types);
  const found = settle(toOrigin(view, searchView(view, depth, meter)));
  const more = lookFurther(view, found, { depth, meter });
  const all = more.length === 0 ? found : settle([...found, ...more]);
  return toSpans(all, { shift: head.length, length: piece.length, types });
}

const depths = new WeakMap<ReadonlySet<SensitiveType>, SearchDepth>();

function depthOf(types: ReadonlySet<SensitiveType> | undefined): SearchDepth {
  if (types === undefined) return 'all';
  const known = depths.get(types);
  if (known !== undefined) return known;
  const depth = [...types].every((type) => sensitiveTable[type] === 'secret') ? 'secrets' : 'all';
  depths.set(types, depth);
  return depth;
}

const shortText = 48;

/** A short text of small letters and blanks alone holds nothing. */
function isDull(text: string): boolean {
  if (text.length > shortText) return false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = codeAt(text, at);
    if (!((unit >= 0x61 && unit <= 0x7a) || unit === 0x20 || unit === 0x2d || unit === 0x5f)) return false;
  }
  return true;
}

const contextsByName = new Map<string, string>();
const maxRemembered = 2_048;

/** What stands before a value to give it the context of its name; nothing where the name says nothing. */
function contextOf(name: string): string {
  const known = contextsByName.get(name);
  if (known !== undefined) return known;
  const spaced = spacedName(name);
  const context = namesContext(spaced) ? `"${spaced}": "` : '';
  // A memo, bounded: the same name always gives the same context.
  if (contextsByName.size < maxRemembered && name.length <= maxName) contextsByName.set(name, context);
  return context;
}

/** `homePhone` as `home Phone`: an automaton sees words at their edges. */
function spacedName(name: string): string {
  return name
    .slice(0, maxName)
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .replaceAll('"', ' ');
}

interface Further {
  readonly depth: SearchDepth;
  readonly meter: ScanMeter | undefined;
}

/** Escaped, split and encoded values: only where the text has such places. */
function lookFurther(
  view: TextView,
  found: readonly Candidate[],
  { depth, meter }: Further,
): readonly Candidate[] {
  const more: Candidate[] = [];
  const decoded = decodedView(view);
  if (decoded !== undefined) more.push(...changedOnly(decoded, searchView(decoded, depth, meter), found));
  const joined = joinedView(view);
  if (joined !== undefined)
    more.push(...changedOnly(joined, searchView(joined, 'secrets', meter), found).filter(isProven));
  more.push(...findEncoded(view, found, meter));
  return more;
}

/** A value pieced together must be known by more than the name before it. */
function isProven({ proof }: Candidate): boolean {
  return proof >= 3;
}

/** What another view shows that the first did not: it holds something decoded, and touches nothing that was found. */
function changedOnly(
  view: TextView,
  candidates: readonly Candidate[],
  found: readonly Candidate[],
): readonly Candidate[] {
  return candidates
    .filter(({ start, end }) => originEnd(view, end) - originStart(view, start) > end - start)
    .map((entry) => moved(view, entry))
    .filter((entry) => !found.some(({ start, end }) => start < entry.end && entry.start < end));
}

function toOrigin(view: TextView, candidates: readonly Candidate[]): readonly Candidate[] {
  return view.origin === null ? candidates : candidates.map((entry) => moved(view, entry));
}

function moved(view: TextView, entry: Candidate): Candidate {
  return { ...entry, start: originStart(view, entry.start), end: originEnd(view, entry.end) };
}

/** Of overlapping candidates the better one stays; in text order. */
export function settle(candidates: readonly Candidate[]): readonly Candidate[] {
  const sorted = [...candidates].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Candidate[] = [];
  for (const entry of sorted) {
    let last = kept.at(-1);
    let isBeaten = false;
    while (last !== undefined && entry.start < last.end && !isBeaten) {
      isBeaten = !isBetter(entry, last);
      if (!isBeaten) {
        kept.pop();
        last = kept.at(-1);
      }
    }
    if (!isBeaten) kept.push(entry);
  }
  return kept;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  if (a.proof !== b.proof) return a.proof > b.proof;
  return a.end - a.start > b.end - b.start;
}

interface SpanPlace {
  readonly shift: number;
  readonly length: number;
  readonly types: ReadonlySet<SensitiveType> | undefined;
}

function toSpans(found: readonly Candidate[], { shift, length, types }: SpanPlace): readonly SensitiveSpan[] {
  const spans: SensitiveSpan[] = [];
  for (const { start, end, type, detail, confidence } of found) {
    if (start < shift || (types !== undefined && !types.has(type))) continue;
    const stop = Math.min(end - shift, length);
    if (stop > start - shift) spans.push({ start: start - shift, end: stop, type, detail, confidence });
  }
  return spans;
}
