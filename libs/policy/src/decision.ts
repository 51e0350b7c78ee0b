import type { JsonObject } from '@sallyport/kernel';

/** One policy as the tenant wrote it; its text may hold several Cedar policies. */
export interface PolicySource {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** Who calls what: everything about a call that does not change from call to call. */
export interface SliceSubject {
  readonly agentId: string;
  readonly roles: readonly string[];
  readonly customerId: string | null;
  /** `server__tool`. */
  readonly exposedName: string;
  readonly serverSlug: string;
  /**
   * Gives the tool's approved input schema, which decides what numbers are Long and what are decimal; asked for only
   * when a policy reads arguments.
   */
  readonly inputSchema: () => unknown;
}

/** What changes from call to call. */
export interface SliceRequest {
  readonly args: JsonObject;
  /** Slug of the endpoint. */
  readonly endpoint: string;
  /** Name of the client as it introduced itself; empty when unknown. */
  readonly client: string;
  /** `legacy` or `modern`. */
  readonly era: string;
}

/**
 * `forbid`: a policy forbids it. `forbid_error`: a forbid could not be evaluated, which denies.
 * `no_permit`: nothing allows it. `not_evaluable`: the arguments have no Cedar form (too deep, number out of range).
 */
export type DenyCause = 'forbid' | 'forbid_error' | 'no_permit' | 'not_evaluable';

export type PolicyDecision =
  | { readonly kind: 'permit'; readonly policyIds: readonly string[] }
  | {
      readonly kind: 'deny';
      readonly cause: DenyCause;
      /** Ids of the tenant's policies that decided, empty for `no_permit`. */
      readonly policyIds: readonly string[];
      /** `@reason` of the first deciding policy, else a sentence with its name. */
      readonly reason: string;
      /** `@advice` of the first deciding policy. */
      readonly advice: string | null;
    };

/** All policies that can touch one subject and tool, decided as far as possible beforehand. */
export interface Slice {
  /** Whether `decide` is a constant (no condition on the call is left). */
  readonly isStatic: boolean;
  decide(request: SliceRequest): PolicyDecision;
  /** Whether a list may show the tool: no forbid hits whatever the call, and some permit may apply. */
  mayList(): boolean;
}

export interface PolicyProgram {
  /** Builds the slice of one subject and tool; costs some µs per policy, so keep what it returns. */
  sliceFor(subject: SliceSubject): Slice;
  /** How many Cedar policies there are and how many of them run in the engine instead of as closures. */
  readonly counts: { readonly policies: number; readonly inEngine: number };
  /** Gives the engine's prepared sets back; the program must not be used afterwards. */
  dispose(): void;
}
