/** Bounds of a conversation within one call; every one has its test. */
export const conversationLimits = {
  maxRounds: 16,
  /** How long an upstream waits for a person, and a request state is good. */
  waitMs: 5 * 60_000,
  maxParkedPerTenant: 200,
  maxParkedPerWorker: 2_000,
  maxPendingPerSession: 32,
  maxPendingPerWorker: 10_000,
  maxStateCharacters: 64 * 1024,
} as const;
