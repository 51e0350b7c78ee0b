import type { RuleFacts, ScanMeter } from './finding.ts';

/**
 * A rule as data: literals of each step, in this order, each at most `gap` units after the one before. Literals are
 * folded text (see `automaton.ts`). No regular expressions: one pass finds the literals of every rule at once.
 */
export interface PhraseRule extends RuleFacts {
  readonly steps: readonly (readonly string[])[];
  readonly gap?: number;
}

/** Distance between two steps where a rule names none. */
const defaultGap = 40;

/** One literal in one step of one rule. */
interface Slot {
  readonly rule: number;
  readonly step: number;
}

export interface PhraseBook {
  readonly rules: readonly PhraseRule[];
  readonly literals: readonly string[];
  /** By literal: where it is used. */
  readonly slots: readonly (readonly Slot[])[];
}

/** Collects the literals of all rules, each once. */
export function buildPhraseBook(rules: readonly PhraseRule[]): PhraseBook {
  const literals: string[] = [];
  const slots: Slot[][] = [];
  const known = new Map<string, number>();
  rules.forEach((rule, number) => {
    rule.steps.forEach((words, step) => {
      for (const word of words) {
        let literal = known.get(word);
        if (literal === undefined) {
          literal = literals.push(word) - 1;
          slots.push([]);
          known.set(word, literal);
        }
        slots[literal]?.push({ rule: number, step });
      }
    });
  });
  // Later steps first: a word that is both must not overwrite what it is about to be measured against.
  for (const list of slots) list.sort((a, b) => b.step - a.step);
  return { rules, literals, slots };
}

/** A whole phrase found. */
export interface PhraseHit {
  readonly rule: PhraseRule;
  /** Its place among the rules. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

interface Progress {
  start: number;
  end: number;
}

/** Follows literals in text order and reports each finished phrase; work is constant per literal. */
export function createPhraseMatcher(book: PhraseBook, report: (hit: PhraseHit) => void, meter?: ScanMeter) {
  const progress = new Map<number, Progress>();
  return (literal: number, start: number, end: number): void => {
    const slots = book.slots[literal] ?? [];
    if (meter) meter.steps += slots.length;
    for (const slot of slots) advance(slot, start, end);
  };

  function advance({ rule: number, step }: Slot, start: number, end: number): void {
    const rule = book.rules[number];
    if (rule === undefined) return;
    const from = step === 0 ? start : startOf(number, step, start, rule.gap ?? defaultGap);
    if (from === undefined) return;
    if (step === rule.steps.length - 1) report({ rule, number, start: from, end });
    else progress.set(number * 8 + step, { start: from, end });
  }

  function startOf(rule: number, step: number, start: number, gap: number): number | undefined {
    const before = progress.get(rule * 8 + step - 1);
    if (before === undefined || start < before.end || start - before.end > gap) return undefined;
    return before.start;
  }
}
