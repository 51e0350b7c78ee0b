import { AppError } from '@sallyport/kernel';
import type { TenantTx } from '../platform/database.ts';

/** The row's key. */
export function serverKey(tenantId: string, id: string) {
  return { tenantId_id: { tenantId, id } } as const;
}

/**
 * A server of the transaction's tenant.
 * @throws AppError `not_found`
 */
export async function findServer(tx: TenantTx, tenantId: string, id: string) {
  const server = await tx.server.findUnique({ where: serverKey(tenantId, id) });
  if (!server) throw new AppError('not_found', undefined, { details: { kind: 'server' } });
  return server;
}
