import type { Vault } from '@sallyport/vault';
import type { TenantTx } from '../platform/database.ts';
import { tenantKey } from '../platform/tenant-key.ts';
import type { CheckedConnection } from './connection-settings.ts';

export const secretPurpose = 'upstream';

interface ConnectionPlace {
  readonly tenantId: string;
  readonly serverId: string;
  readonly connection: CheckedConnection;
}

/** Upstream credentials: sealed under the tenant's key on the way in, never readable again through this door. */
export class ConnectionStore {
  constructor(private readonly vault: Vault) {}

  /** Stores the connection of a new server. */
  async create(tx: TenantTx, { tenantId, serverId, connection }: ConnectionPlace): Promise<void> {
    const { kind, headerName } = connection;
    const row = await tx.serverConnection.create({
      data: { tenantId, serverId, kind, headerName },
      select: { id: true },
    });
    if (connection.secret !== null)
      await this.seal(tx, { tenantId, id: row.id, version: 1 }, connection.secret);
  }

  /** Changes a connection; without a new secret the stored one stays. */
  async update(tx: TenantTx, { tenantId, serverId, connection }: ConnectionPlace): Promise<void> {
    const where = { tenantId_serverId: { tenantId, serverId } };
    const { kind, headerName } = connection;
    const row = await tx.serverConnection.update({
      where,
      data:
        kind === 'none' ? { kind, headerName, sealedSecret: null, secretVersion: 0 } : { kind, headerName },
      select: { id: true, secretVersion: true },
    });
    if (connection.secret === null) return;
    await this.seal(tx, { tenantId, id: row.id, version: row.secretVersion + 1 }, connection.secret);
  }

  private async seal(
    tx: TenantTx,
    place: { readonly tenantId: string; readonly id: string; readonly version: number },
    plaintext: string,
  ): Promise<void> {
    const { tenantId, id, version } = place;
    const sealed = this.vault.seal({
      tenantId,
      wrappedKey: await tenantKey(tx, this.vault, tenantId),
      secretId: id,
      purpose: secretPurpose,
      version,
      plaintext,
    });
    await tx.serverConnection.update({
      where: { tenantId_id: { tenantId, id } },
      data: { sealedSecret: Uint8Array.from(sealed), secretVersion: version },
      select: { id: true },
    });
  }
}
