import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';

/** Deletes a policy; its receipts and the snapshots that held it stay. */
export class DeletePolicy {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found` */
  async execute(actor: Actor, id: string): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      const known = await change.tx.policy.findUnique({ where });
      if (!known) throw new AppError('not_found', undefined, { details: { kind: 'policy' } });
      await change.tx.policy.delete({ where });
      await change.config(`policy ${known.name} deleted`);
      await change.receipt({
        action: 'policy.delete',
        subjectKind: 'policy',
        subjectId: id,
        summary: { name: known.name },
      });
      change.live('policy', id);
    });
  }
}
