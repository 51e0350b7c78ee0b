/** Bounds of one vetting; tests use shorter ones. */
export interface VetLimits {
  /** The whole child, from start to report. */
  readonly hardKillMs: number;
  /** One request of the child and its answer. */
  readonly exchangeMs: number;
  readonly maxExchanges: number;
  /** All answers of the server together. */
  readonly maxListBytes: number;
  /** Entries of one list, of whatever kind. */
  readonly maxTools: number;
  /** App UIs that are read. */
  readonly maxApps: number;
  readonly maxPages: number;
  /** Old-space cap of the child. */
  readonly heapMb: number;
}

export const vetLimits: VetLimits = {
  hardKillMs: 120_000,
  exchangeMs: 20_000,
  maxExchanges: 200,
  maxListBytes: 8 * 1024 * 1024,
  maxTools: 1_000,
  maxApps: 50,
  maxPages: 50,
  heapMb: 384,
};
