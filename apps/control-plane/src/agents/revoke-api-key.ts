import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { AckCount, WorkerAcks } from '../publication/worker-acks.ts';

/** Revokes a key for good. Doing it again changes nothing and says how far it is. */
export class RevokeApiKey {
  constructor(
    private readonly changes: TenantChanges,
    private readonly acks: WorkerAcks,
  ) {}

  /** @throws AppError `not_found` */
  async execute(actor: Actor, id: string): Promise<AckCount> {
    const revSeq = await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      const key = await change.tx.apiKey.findUnique({ where });
      if (!key) throw new AppError('not_found', undefined, { details: { kind: 'apiKey' } });
      if (key.revokedAt) {
        change.hasReceipt = true;
        const mark = await change.tx.revocation.findFirst({
          where: { subject: id },
          orderBy: { seq: 'desc' },
        });
        return mark?.seq ?? 0;
      }
      await change.tx.apiKey.update({ where, data: { revokedAt: change.at } });
      const seq = await change.revoke('key', id, 'revoked');
      await change.config(`key ${key.prefix} revoked`);
      await change.receipt({
        action: 'key.revoke',
        subjectKind: 'apiKey',
        subjectId: id,
        summary: { name: key.name, prefix: key.prefix },
      });
      change.live('agent', key.agentId);
      return seq;
    });
    return this.acks.waitForRevocation(actor.tenantId, revSeq);
  }
}
