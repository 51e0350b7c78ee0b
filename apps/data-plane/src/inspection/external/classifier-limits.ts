/** Bounds of the external classifier, for each worker; the tenant's own are in its settings. */
export const classifierLimits = {
  /** Questions of one tenant under way at once; more are not asked. */
  maxInFlight: 16,
  /** Largest answer, bytes. */
  maxAnswerBytes: 4 * 1024,
  maxLabelLength: 64,
} as const;
