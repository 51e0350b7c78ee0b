/** What one check of arguments may cost: a few tenths of a second of the thread at worst, whatever schema and arguments say. */
export interface CheckBudget {
  /** Subschemas asked about values. */
  readonly visits: number;
  /** Characters times states of the patterns they are matched with. */
  readonly patternSteps: number;
}

export const checkBudget: CheckBudget = { visits: 500_000, patternSteps: 10_000_000 };

/** Thrown in the middle of a check that costs too much; nothing fits then. */
export class BudgetSpent extends Error {}

// A check is synchronous, so one counter serves all of them.
let visitsLeft = 0;
let patternStepsLeft = 0;

/** Begins a check with a full budget. */
export function refillBudget(budget: CheckBudget = checkBudget): void {
  visitsLeft = budget.visits;
  patternStepsLeft = budget.patternSteps;
}

/** @throws BudgetSpent */
export function spendPatternSteps(steps: number): void {
  patternStepsLeft -= steps;
  if (patternStepsLeft < 0) throw new BudgetSpent();
}

/**
 * Makes a schema count how often it is asked: the validator reads `type` once per value. Invariant: T19, references
 * and long arrays multiply, so the cost is counted while it arises, not guessed before.
 */
export function countVisits(schema: Record<string, unknown>): void {
  const { type } = schema;
  Object.defineProperty(schema, 'type', {
    enumerable: true,
    get: () => {
      visitsLeft -= 1;
      if (visitsLeft < 0) throw new BudgetSpent();
      return type;
    },
  });
}
