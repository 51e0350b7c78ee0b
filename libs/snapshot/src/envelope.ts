/**
 * A signed envelope as it travels through Redis and lies on a worker's disk (JSON text).
 * Signed bytes (DSSE-style pre-authentication encoding): see `sign-envelope.ts`.
 */
export interface Envelope {
  readonly kid: string;
  /** Tenant UUID; all zeros for the installation. */
  readonly tenantId: string;
  /** Own version counter of that tenant; never goes back. */
  readonly version: number;
  readonly revSeq: number;
  /** `tombstone` removes the tenant. */
  readonly kind: 'config' | 'tombstone';
  /** Canonical JSON of the snapshot as text; empty for a tombstone. */
  readonly body: string;
  /** Ed25519 signature, base64. */
  readonly sig: string;
}

/** Why a worker refuses an envelope; the old config stays. */
export type EnvelopeRefusal =
  | 'oversized'
  | 'unparsable'
  | 'unknown_key'
  | 'bad_signature'
  | 'older_version'
  | 'wrong_tenant'
  | 'invalid_content';
