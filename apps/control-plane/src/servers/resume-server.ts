import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { findServer, serverKey } from './find-server.ts';
import { moveServer } from './server-state.ts';

/** Puts a suspended server back into use with the tools it had. */
export class ResumeServer {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found`, `illegal_transition` */
  async execute(actor: Actor, serverId: string): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const server = await findServer(change.tx, actor.tenantId, serverId);
      const state = moveServer(server.state, 'resumed');
      await change.tx.server.update({
        where: serverKey(actor.tenantId, serverId),
        data: { state, stateReason: null },
      });
      await change.revoke('restore', serverId, 'resumed');
      await change.config(`resumed ${server.slug}`);
      await change.receipt({
        action: 'server.resume',
        subjectKind: 'server',
        subjectId: serverId,
        summary: { slug: server.slug },
      });
      change.live('server', serverId);
    });
  }
}
