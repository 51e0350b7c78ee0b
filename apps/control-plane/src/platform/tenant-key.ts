import type { Vault } from '@sallyport/vault';
import type { TenantTx } from './database.ts';

/** The tenant's data key, wrapped; made at its first secret. */
export async function tenantKey(tx: TenantTx, vault: Vault, tenantId: string): Promise<Uint8Array> {
  const known = await tx.tenantKey.findFirst({ orderBy: { version: 'desc' } });
  if (known) return known.wrapped;
  const wrapped = Uint8Array.from(vault.newTenantKey(tenantId));
  await tx.tenantKey.create({ data: { tenantId, version: 1, wrapped } });
  return wrapped;
}
