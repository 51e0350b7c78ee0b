/** Bounds on every call out; see docs/threat-model.md. */
export interface OutboundLimits {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyIdleTimeoutMs: number;
  /** Deadline of a whole call where the caller gives none. */
  readonly totalTimeoutMs: number;
  /** Longest life of a stream read through `fetch`. */
  readonly streamLifeMs: number;
  readonly maxRequestBytes: number;
  /** Decompressed. */
  readonly maxResponseBytes: number;
  readonly maxCompressionRatio: number;
  readonly maxHeaderBytes: number;
  readonly maxPools: number;
  readonly maxConnectionsPerOrigin: number;
  readonly maxInFlightPerOrigin: number;
  /** Streams open at once to one origin, beside its calls. */
  readonly maxStreamsPerOrigin: number;
}

export const defaultLimits: OutboundLimits = {
  connectTimeoutMs: 3_000,
  headersTimeoutMs: 30_000,
  bodyIdleTimeoutMs: 60_000,
  totalTimeoutMs: 60_000,
  streamLifeMs: 3_600_000,
  maxRequestBytes: 4 * 1024 * 1024,
  maxResponseBytes: 16 * 1024 * 1024,
  maxCompressionRatio: 100,
  maxHeaderBytes: 16 * 1024,
  maxPools: 256,
  maxConnectionsPerOrigin: 128,
  maxInFlightPerOrigin: 256,
  maxStreamsPerOrigin: 512,
};
