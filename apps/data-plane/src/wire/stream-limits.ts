/** Bounds of open streams; every one has its test. */
export const streamLimits = {
  maxPerKey: 32,
  maxPerWorker: 20_000,
  keepAliveMs: 15_000,
  /** A call that takes longer is answered as a stream, so that its connection does not fall silent. */
  slowCallMs: 10_000,
  /** A caller that takes nothing for so long is cut. */
  slowReaderMs: 30_000,
  /** Events that nobody waits for may pile up to this in one response before it is cut. */
  maxBehindBytes: 1024 * 1024,
  /** What a broken stream may be resumed from. */
  maxKeptEvents: 256,
  maxKeptBytes: 1024 * 1024,
  maxKeptBytesPerWorker: 32 * 1024 * 1024,
  /** Broken streams that wait for their clients; beyond it the oldest is given up. */
  maxDetached: 2_000,
  /** How long a broken stream waits for its client. */
  resumeMs: 5 * 60_000,
  /** How long the tail of one that ended stays, for a client that lost it. */
  tailMs: 30_000,
  /** Told to clients as `retry`. */
  retryMs: 1_000,
} as const;
