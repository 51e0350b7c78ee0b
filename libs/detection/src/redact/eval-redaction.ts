import { findSensitive } from './find-sensitive.ts';
import type { SensitiveSpan } from './sensitive-type.ts';

/** A text and where its private data stands. */
export interface RedactionRow {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
}

export interface Recall {
  readonly total: number;
  /** Values that lie in full inside what was found. */
  readonly covered: number;
  /** … with exactly their bounds. */
  readonly exact: number;
  /** … and by their type. */
  readonly typed: number;
  readonly recall: number;
}

export interface RedactionReport {
  readonly rows: number;
  readonly all: Recall;
  readonly withoutNames: Recall;
  readonly byType: Readonly<Record<string, Recall>>;
  readonly clean: { readonly rows: number; readonly touched: number; readonly share: number };
  /** Spans found in rows with private data where none was marked. */
  readonly extra: number;
}

interface Count {
  total: number;
  covered: number;
  exact: number;
  typed: number;
}

/** Measures the finder on rows: recall by type, with and without names of people, and clean rows it touches. */
export function evalRedaction(rows: readonly RedactionRow[]): RedactionReport {
  const byType = new Map<string, Count>();
  let clean = 0;
  let touched = 0;
  let extra = 0;
  for (const { text, spans } of rows) {
    const found = findSensitive(text);
    if (spans.length === 0) {
      clean += 1;
      if (found.length > 0) touched += 1;
      continue;
    }
    extra += found.filter((entry) => !spans.some((span) => overlaps(span, entry))).length;
    for (const span of spans) {
      const count = byType.get(span.type) ?? { total: 0, covered: 0, exact: 0, typed: 0 };
      byType.set(span.type, count);
      addSpan(count, span, found);
    }
  }
  const counts = [...byType].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    rows: rows.length,
    all: recallOf(sum(counts.map(([, count]) => count))),
    withoutNames: recallOf(sum(counts.filter(([type]) => type !== 'PERSON').map(([, count]) => count))),
    byType: Object.fromEntries(counts.map(([type, count]) => [type, recallOf(count)])),
    clean: { rows: clean, touched, share: clean === 0 ? 0 : touched / clean },
    extra,
  };
}

type Span = RedactionRow['spans'][number];

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

function addSpan(count: Count, span: Span, found: readonly SensitiveSpan[]): void {
  const inside = found.filter((entry) => overlaps(span, entry));
  const exact = inside.find(({ start, end }) => start === span.start && end === span.end);
  count.total += 1;
  if (isCovered(span, inside)) count.covered += 1;
  if (exact !== undefined) count.exact += 1;
  if (exact?.type === span.type) count.typed += 1;
}

/** Whether the spans found leave nothing of the value but blanks between them. */
function isCovered(span: Span, inside: readonly SensitiveSpan[]): boolean {
  let at = span.start;
  for (const { start, end } of inside) {
    if (start > at + 1) return false;
    at = Math.max(at, end);
  }
  return at >= span.end;
}

function sum(counts: readonly Count[]): Count {
  const total: Count = { total: 0, covered: 0, exact: 0, typed: 0 };
  for (const count of counts) {
    total.total += count.total;
    total.covered += count.covered;
    total.exact += count.exact;
    total.typed += count.typed;
  }
  return total;
}

function recallOf(count: Count): Recall {
  return { ...count, recall: count.total === 0 ? 1 : count.covered / count.total };
}
