import type { Actor } from '../access/session.ts';
import { readReason } from '../platform/reason.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { findServer, serverKey } from './find-server.ts';
import { moveServer } from './server-state.ts';

/** Takes a published server out of use at once: a revocation first, the next snapshot after it. */
export class SuspendServer {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found`, `illegal_transition` */
  async execute(actor: Actor, serverId: string, reasonText: string): Promise<void> {
    const reason = readReason(reasonText);
    await this.changes.run(actor, async (change) => {
      const server = await findServer(change.tx, actor.tenantId, serverId);
      const state = moveServer(server.state, 'suspended');
      await change.tx.server.update({
        where: serverKey(actor.tenantId, serverId),
        data: { state, stateReason: reason },
      });
      await change.revoke('server', serverId, reason);
      await change.config(`suspended ${server.slug}`);
      await change.receipt({
        action: 'server.suspend',
        subjectKind: 'server',
        subjectId: serverId,
        summary: { slug: server.slug, reason },
      });
      change.live('server', serverId);
    });
  }
}
