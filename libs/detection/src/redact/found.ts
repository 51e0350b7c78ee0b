import type { SensitiveType } from './sensitive-type.ts';

/** A span in a view, before it is weighed against its neighbours. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly type: SensitiveType;
  readonly detail: string | null;
  readonly confidence: number;
  /** A literal of that many units proves it: longer proof wins where candidates overlap. */
  readonly proof: number;
}

/** Kinds of context words. */
export const contexts = [
  'phone',
  'card',
  'bank',
  'ssn',
  'birth',
  'address',
  'record',
  'id',
  'passport',
  'licence',
  'person',
  'aws',
  'coin',
  'reference',
  'version',
  'ip',
] as const;
export type ContextKind = (typeof contexts)[number];

/** Places of one kind of word, and where the last look-up stood: look-ups go forward with the text. */
interface Marks {
  readonly ends: number[];
  cursor: number;
}

/** Most dear checks (a library is asked) in one text. */
const maxChecks = 256;

/** Context words of a view, by kind, in text order. */
export class ContextMarks {
  readonly #byKind = new Map<ContextKind, Marks>();
  #checks = maxChecks;

  /** Notes a word that ends at `end`; words come in order, or nearly. */
  note(kind: ContextKind, end: number): void {
    let marks = this.#byKind.get(kind);
    if (marks === undefined) {
      marks = { ends: [], cursor: 0 };
      this.#byKind.set(kind, marks);
    }
    const { ends } = marks;
    let at = ends.length;
    while (at > 0 && (ends[at - 1] as number) > end) at -= 1;
    if (at === ends.length) ends.push(end);
    else ends.splice(at, 0, end);
  }

  /** Whether such a word ends at most `reach` units before `at`. */
  isNear(kind: ContextKind, at: number, reach: number): boolean {
    return this.distance(kind, at) <= reach;
  }

  /** Whether such a word ends within `reach` units after `at`. */
  isAfter(kind: ContextKind, at: number, reach: number): boolean {
    const marks = this.#byKind.get(kind);
    const next = marks?.ends[firstAbove(marks, at)];
    return next !== undefined && next - at <= reach;
  }

  /** Units since the last such word before `at`; Infinity where there is none. */
  distance(kind: ContextKind, at: number): number {
    const marks = this.#byKind.get(kind);
    const before = marks?.ends[firstAbove(marks, at) - 1];
    return before === undefined ? Number.POSITIVE_INFINITY : at - before;
  }

  /** Whether one more dear check may be made in this text. */
  takeCheck(): boolean {
    this.#checks -= 1;
    return this.#checks >= 0;
  }
}

/** Index of the first end greater than `value`. */
function firstAbove(marks: Marks, value: number): number {
  const { ends } = marks;
  let at = marks.cursor;
  while (at < ends.length && (ends[at] as number) <= value) at += 1;
  while (at > 0 && (ends[at - 1] as number) > value) at -= 1;
  marks.cursor = at;
  return at;
}
