/** What one exchange may cost; each has its error (`upstream_protocol` with this reason, or `timeout`). */
export const exchangeLimits = {
  /** `too_many_rounds` */
  maxRounds: 16,
  /** `too_many_asks`: things asked at once. */
  maxAsks: 16,
  /** `asks_too_large`: JSON of all that is asked at once. */
  maxAskBytes: 256 * 1024,
  /** `state_too_large` */
  maxStateBytes: 32 * 1024,
  /** `too_many_requests`: pings and refused requests of one exchange. */
  maxOwnReplies: 64,
  /** `timeout` with reason `parked` */
  maxParkedMs: 5 * 60_000,
  /** `too_many_parked`: per upstream and worker. */
  maxParked: 64,
  /** `too_many_resumes`: streams closed before the answer. */
  maxResumes: 64,
} as const;
