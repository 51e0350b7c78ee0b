import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { AckCount, WorkerAcks } from '../publication/worker-acks.ts';

/** Suspends an agent at once, or lets it work again. */
export class SetAgentState {
  constructor(
    private readonly changes: TenantChanges,
    private readonly acks: WorkerAcks,
  ) {}

  /** @throws AppError `not_found` */
  async execute(actor: Actor, id: string, state: 'active' | 'suspended'): Promise<AckCount> {
    const revSeq = await this.changes.run(actor, async (change) => {
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      const agent = await change.tx.agent.findUnique({ where });
      if (!agent) throw new AppError('not_found', undefined, { details: { kind: 'agent' } });
      await change.tx.agent.update({ where, data: { state } });
      const kind = state === 'suspended' ? 'agent' : 'restore';
      const seq = await change.revoke(kind, id, `agent ${state}`);
      await change.config(`agent ${agent.name} ${state}`);
      await change.receipt({
        action: `agent.${state === 'suspended' ? 'suspend' : 'resume'}`,
        subjectKind: 'agent',
        subjectId: id,
        summary: { name: agent.name },
      });
      change.live('agent', id);
      return seq;
    });
    return this.acks.waitForRevocation(actor.tenantId, revSeq);
  }
}
