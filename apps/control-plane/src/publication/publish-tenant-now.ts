import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { moveServer } from '../servers/server-state.ts';
import type { Publisher } from './publisher.ts';
import type { WorkerAcks } from './worker-acks.ts';

/** Publishes by hand: what was approved and held back goes out, or an older version comes back. */
export class PublishTenantNow {
  constructor(
    private readonly changes: TenantChanges,
    private readonly publisher: Publisher,
    private readonly acks: WorkerAcks,
  ) {}

  /** Approved servers become published; then everything goes out. @throws AppError `snapshot_refused` */
  async execute(actor: Actor): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const approved = await change.tx.server.findMany({ where: { state: 'approved' } });
      for (const server of approved) {
        const where = { tenantId_id: { tenantId: actor.tenantId, id: server.id } };
        await change.tx.server.update({ where, data: { state: moveServer(server.state, 'published') } });
        change.live('server', server.id);
      }
      await change.receipt({
        action: 'publication.publish',
        subjectKind: 'tenant',
        subjectId: actor.tenantId,
        summary: { servers: approved.map((server) => server.slug) },
      });
    });
    await this.out({ tenantId: actor.tenantId, note: 'published by hand', by: actor.userId });
  }

  /** Publishes version N+1 with the content of an older one. @throws AppError `not_found` */
  async rollBack(actor: Actor, toVersion: number): Promise<void> {
    const note = `rolled back to version ${toVersion}`;
    await this.out({ tenantId: actor.tenantId, note, by: actor.userId, contentOf: toVersion });
    await this.changes.run(actor, (change) =>
      change.receipt({
        action: 'publication.rollback',
        subjectKind: 'tenant',
        subjectId: actor.tenantId,
        summary: { toVersion },
      }),
    );
  }

  /** Publishes what a change left in the outbox, without waiting for the publisher's turn. */
  async flush(
    actor: Pick<Actor, 'tenantId'> & { readonly userId: string | null },
    note: string,
  ): Promise<void> {
    await this.out({ tenantId: actor.tenantId, note, by: actor.userId });
  }

  private async out(request: Parameters<Publisher['publishNow']>[0]): Promise<void> {
    const published = await this.publisher.publishNow(request);
    if (published) await this.acks.waitForVersion(request.tenantId, published.version);
  }
}
