/** What can be revoked. A credential or right of the subject from before `notBeforeMs` is dead. */
export type RevocationKind = 'tenant' | 'agent' | 'customer' | 'key' | 'server' | 'tool' | 'restore';

/**
 * A signed not-before mark. `restore` lifts an earlier mark of the same subject (resume after suspension).
 * `seq` counts per tenant without gaps, so a worker sees that it missed one.
 */
export interface Revocation {
  readonly kid: string;
  readonly tenantId: string;
  readonly seq: number;
  readonly kind: RevocationKind;
  /** UUID of the key, agent, server, …; the tenant's own id for kind `tenant`. */
  readonly subject: string;
  readonly notBeforeMs: number;
  readonly sig: string;
}
