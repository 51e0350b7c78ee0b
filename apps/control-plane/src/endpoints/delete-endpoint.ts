import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { Change, TenantChanges } from '../platform/tenant-changes.ts';
import { lockEndpoint } from './save-endpoint.ts';

/** Deletes an endpoint. Agents that hold a key of it lose their way in, so that has to be said. */
export class DeleteEndpoint {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found`, `conflict` (`main`, or live keys that nobody said to revoke) */
  async execute(actor: Actor, id: string, revokeKeys: boolean): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const known = await lockEndpoint(change.tx, actor.tenantId, id);
      if (known.slug === 'main') {
        throw new AppError('conflict', 'main cannot be deleted', { details: { reason: 'main' } });
      }
      const keys = await this.revoke(change, id, revokeKeys);
      await change.tx.endpointItem.deleteMany({ where: { endpointId: id } });
      await change.tx.endpoint.delete({ where: { tenantId_id: { tenantId: actor.tenantId, id } } });
      await change.config(`endpoint ${known.slug} deleted`);
      await change.receipt({
        action: 'endpoint.delete',
        subjectKind: 'endpoint',
        subjectId: id,
        summary: { slug: known.slug, name: known.name, revokedKeys: keys },
      });
      change.live('endpoint', id);
    });
  }

  private async revoke(change: Change, endpointId: string, revokeKeys: boolean): Promise<number> {
    const keys = await change.tx.apiKey.findMany({ where: { endpointId, revokedAt: null } });
    const live = keys.filter((key) => key.expiresAt === null || key.expiresAt > change.at);
    if (live.length > 0 && !revokeKeys) {
      throw new AppError('conflict', `${live.length} keys work only on this endpoint`, {
        details: { reason: 'live_keys', keys: live.length, names: live.slice(0, 10).map((key) => key.name) },
      });
    }
    for (const key of keys) {
      await change.revoke('key', key.id, 'its endpoint was deleted');
      change.live('agent', key.agentId);
    }
    // Invariant: a key is revoked before it loses its endpoint; a live key without one would open every endpoint.
    await change.tx.apiKey.updateMany({
      where: { endpointId, revokedAt: null },
      data: { revokedAt: change.at },
    });
    await change.tx.apiKey.updateMany({
      where: { endpointId, revokedAt: { not: null } },
      data: { endpointId: null },
    });
    return keys.length;
  }
}
