import type { Finding, PayloadSurface, Tier } from '@sallyport/detection';
import type { TenantState } from '../config/tenant-state.ts';

/** A part of a value that left the first tiers in doubt, without what must not leave the tenant. */
export interface GreySegment {
  readonly text: string;
  /** Where it stands in the value; findings name it. */
  readonly path: string;
  readonly part: Finding['part'];
  readonly start: number;
  readonly end: number;
}

/** What a later tier is asked about: the parts of one value that the first tiers are not sure of. */
export interface DeeperQuestion {
  readonly tenant: TenantState;
  readonly surface: PayloadSurface | 'arguments';
  /** At least one, the most doubtful first. */
  readonly segments: readonly [GreySegment, ...GreySegment[]];
  /** What the first tiers say, 0–1. */
  readonly score: number;
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export type DeeperAnswer =
  /** `findings` do what their mode says; `notes` are only recorded. */
  | { readonly kind: 'judged'; readonly findings: readonly Finding[]; readonly notes: readonly Finding[] }
  /** No answer in time, or none at all; the tier says whether the value passes then. */
  | {
      readonly kind: 'failed';
      readonly tier: Tier;
      readonly reason: string;
      readonly onFailure: 'pass' | 'block';
    }
  /** Whoever called has left. */
  | { readonly kind: 'left' };

/**
 * The tiers behind the grey band: an external classifier today. They hold their own time budgets: `judge` answers within
 * them and never throws.
 */
export interface Deeper {
  /** Whether anybody would be asked for this tenant; while not, a call never waits. */
  isOpenFor(tenant: TenantState): boolean;
  judge(question: DeeperQuestion): Promise<DeeperAnswer>;
}

/** No later tier. */
export const noDeeper: Deeper = {
  isOpenFor: () => false,
  judge: () => Promise.resolve({ kind: 'judged', findings: [], notes: [] }),
};
