import type { SensitiveType } from './sensitive-type.ts';
import type { TextView } from './text-view.ts';

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

/** What finders share while they look at one view. */
export interface Search {
  readonly view: TextView;
  readonly text: string;
  add(candidate: Candidate): void;
  wants(type: SensitiveType): boolean;
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

/** Context words of a view, by kind, in text order. */
export class ContextMarks {
  readonly #ends: Record<ContextKind, number[]>;

  constructor() {
    this.#ends = Object.fromEntries(contexts.map((kind) => [kind, []])) as unknown as Record<
      ContextKind,
      number[]
    >;
  }

  /** Notes a word that ends at `end`; words come in order, or nearly. */
  note(kind: ContextKind, end: number): void {
    const list = this.#ends[kind];
    let at = list.length;
    while (at > 0 && (list[at - 1] as number) > end) at -= 1;
    list.splice(at, 0, end);
  }

  /** Whether such a word ends at most `reach` units before `at`. */
  isNear(kind: ContextKind, at: number, reach: number): boolean {
    return this.distance(kind, at) <= reach;
  }

  /** Whether such a word ends within `reach` units after `at`. */
  isAfter(kind: ContextKind, at: number, reach: number): boolean {
    const list = this.#ends[kind];
    const next = list[firstAbove(list, at)];
    return next !== undefined && next - at <= reach;
  }

  /** Units since the last such word before `at`; Infinity where there is none. */
  distance(kind: ContextKind, at: number): number {
    const list = this.#ends[kind];
    const before = list[firstAbove(list, at) - 1];
    return before === undefined ? Number.POSITIVE_INFINITY : at - before;
  }
}

/** Index of the first entry greater than `value` in a sorted list. */
function firstAbove(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
