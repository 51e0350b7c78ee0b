/** Bounds of what is looked at in calls; every one has its test. Sizes are UTF-16 units, and eight more for each value. */
export const inspectionLimits = {
  /** Up to this a value is looked at in one go, without a turn of the event loop. */
  maxAtOnce: 24 * 1024,
  /** A larger one is cut into slices of this size; other calls are served between them. */
  slice: 16 * 1024,
  /** Windows over a long text overlap by this: what lies across a cut is seen whole in one of them. */
  overlap: 1024,
  /** What is beyond is not looked at: finding `scan_truncated`. */
  maxUnits: 2 * 1024 * 1024,
  /** The same for a value that is dear to look at: time of this thread, ms. */
  maxMs: 4_000,
  /** Kept of what an upstream said before, so that an attack or a secret in two pieces is found. */
  carry: 1024,
  /** Findings kept of one call. */
  maxFindings: 200,
  /** Tokens in one call's arguments that become values again. */
  maxRestored: 1_000,
  /** Segments of one value that a later tier is asked about, in one question. */
  maxDeeper: 4,
  /** Most text in one question. */
  maxDeeperUnits: 4 * 1024,
  /** Arguments or results beyond it are not kept where something sensitive is in them. */
  maxKeptUnits: 256 * 1024,
  /** Of base64 that says it is text, so much is decoded. */
  maxBlobUnits: 2 * 1024 * 1024,
} as const;
