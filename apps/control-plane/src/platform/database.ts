import type { SystemTransaction } from '@sallyport/db';

export type { Database, TenantTransaction as TenantTx } from '@sallyport/db';
export type AuthenticatorTx = SystemTransaction<'authenticator'>;
export type OperatorTx = SystemTransaction<'operator'>;
export type PublisherTx = SystemTransaction<'publisher'>;
