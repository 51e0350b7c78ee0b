import type { RevocationKind } from '@sallyport/snapshot';

export interface UnsignedRevocation {
  readonly tenantId: string;
  readonly seq: number;
  readonly kind: RevocationKind;
  readonly subject: string;
  readonly notBeforeMs: number;
}

/** Signs a not-before mark; the text goes to workers as it is. */
export type SignRevocation = (revocation: UnsignedRevocation) => string;
