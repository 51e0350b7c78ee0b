import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { ConnectionStore } from './connection.store.ts';
import { type ConnectionSettings, readConnection } from './connection-settings.ts';
import { findServer } from './find-server.ts';

/** Changes the credential used upstream; a published server gets it with the next snapshot, at once. */
export class UpdateConnection {
  constructor(
    private readonly changes: TenantChanges,
    private readonly connections: ConnectionStore,
  ) {}

  /** @throws AppError `not_found`, `invalid_input` */
  async execute(actor: Actor, serverId: string, input: ConnectionSettings): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const server = await findServer(change.tx, actor.tenantId, serverId);
      const before = await change.tx.serverConnection.findUniqueOrThrow({
        where: { tenantId_serverId: { tenantId: actor.tenantId, serverId } },
      });
      const connection = readConnection(input, { isNew: before.secretVersion === 0 });
      await this.connections.update(change.tx, { tenantId: actor.tenantId, serverId, connection });
      await change.config(`connection of ${server.slug}`);
      await change.receipt({
        action: 'server.connection',
        subjectKind: 'server',
        subjectId: serverId,
        summary: { slug: server.slug, connection: connection.kind, hasNewSecret: connection.secret !== null },
      });
      change.live('server', serverId);
    });
  }
}
