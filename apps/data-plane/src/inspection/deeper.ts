import type { Finding, PayloadSurface } from '@sallyport/detection';
import type { TenantState } from '../config/tenant-state.ts';

/** What a later tier is asked about: a text that the first tiers are not sure of. */
export interface DeeperQuestion {
  readonly tenant: TenantState;
  readonly surface: PayloadSurface | 'arguments';
  readonly text: string;
  /** JSON Pointer of the value that the text is of; findings name it. */
  readonly path: string;
  /** What the first tiers say, 0–1. */
  readonly score: number;
}

/** `failed`: no answer in time, or none at all; the tier says whether the text passes then. */
export type DeeperAnswer =
  | { readonly kind: 'judged'; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly reason: string; readonly onFailure: 'pass' | 'block' };

/**
 * The tiers behind the grey band: a small transformer in a thread of its own, an external classifier. They hold their
 * own time budgets: `judge` answers within them and never throws.
 */
export interface Deeper {
  /** Whether anybody would be asked for this tenant; while not, a call never waits. */
  isOpenFor(tenant: TenantState): boolean;
  judge(question: DeeperQuestion): Promise<DeeperAnswer>;
  close(): Promise<void>;
}

/** No later tier. */
export const noDeeper: Deeper = {
  isOpenFor: () => false,
  judge: () => Promise.resolve({ kind: 'judged', findings: [] }),
  close: () => Promise.resolve(),
};
