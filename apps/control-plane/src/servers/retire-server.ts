import type { Actor } from '../access/session.ts';
import { readReason } from '../platform/reason.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { findServer, serverKey } from './find-server.ts';
import { moveServer } from './server-state.ts';

/** Ends a server for good; its receipts and pins stay as they were. */
export class RetireServer {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found`, `illegal_transition` */
  async execute(actor: Actor, serverId: string, reasonText: string): Promise<void> {
    const reason = readReason(reasonText);
    await this.changes.run(actor, async (change) => {
      const server = await findServer(change.tx, actor.tenantId, serverId);
      const state = moveServer(server.state, 'retired');
      await change.tx.server.update({
        where: serverKey(actor.tenantId, serverId),
        data: { state, stateReason: reason },
      });
      await change.tx.approval.updateMany({
        where: { serverId, state: 'open' },
        data: { state: 'superseded', decidedAt: change.at },
      });
      if (server.state === 'published' || server.state === 'suspended') {
        await change.revoke('server', serverId, reason);
        await change.config(`retired ${server.slug}`);
      }
      await change.receipt({
        action: 'server.retire',
        subjectKind: 'server',
        subjectId: serverId,
        summary: { slug: server.slug, reason },
      });
      change.live('server', serverId);
      change.live('approval', serverId);
    });
  }
}
