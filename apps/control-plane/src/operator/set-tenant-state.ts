import { appendAdminReceipt, appendOutbox } from '@sallyport/db';
import { AppError, type Clock } from '@sallyport/kernel';
import type { OperatorActor } from '../access/session.ts';
import type { Database } from '../platform/database.ts';
import { readReason } from '../platform/reason.ts';
import type { AfterCommit } from '../platform/tenant-changes.ts';
import { recordRevocation } from '../publication/record-revocation.ts';
import type { SignRevocation } from '../publication/revocation-signer.ts';
import type { AckCount, WorkerAcks } from '../publication/worker-acks.ts';

export interface SetTenantStateDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly sign: SignRevocation;
  readonly acks: WorkerAcks;
  readonly after: AfterCommit;
}

/** Suspends a whole tenant at once, or lets it work again. */
export class SetTenantState {
  constructor(private readonly deps: SetTenantStateDeps) {}

  /** @throws AppError `not_found`, `illegal_transition` when it is in that state already */
  async execute(
    operator: OperatorActor,
    tenantId: string,
    state: 'active' | 'suspended',
    reasonText: string,
  ): Promise<AckCount> {
    const reason = readReason(reasonText);
    const at = new Date(this.deps.clock.nowMs());
    const revSeq = await this.deps.db.withSystem('operator', async (tx) => {
      const tenant = await tx.tenant.findUnique({ where: { id: tenantId } });
      if (!tenant) throw new AppError('not_found', undefined, { details: { kind: 'tenant' } });
      if (tenant.state === state) throw new AppError('illegal_transition', `the tenant is ${state} already`);
      await tx.tenant.update({ where: { id: tenantId }, data: { state, stateReason: reason } });
      const kind = state === 'suspended' ? 'tenant' : 'restore';
      const request = {
        tenantId,
        kind,
        subject: tenantId,
        reason,
        actorUserId: operator.userId,
        at,
      } as const;
      const seq = await recordRevocation(tx, this.deps.sign, request);
      await appendOutbox(tx, { tenantId, kind: 'config', payload: { note: `tenant ${state}`, by: null } });
      await appendAdminReceipt(tx, {
        tenantId,
        at,
        action: state === 'suspended' ? 'tenant.suspend' : 'tenant.resume',
        actorUserId: operator.userId,
        subjectKind: 'tenant',
        subjectId: tenantId,
        summary: { reason },
      });
      return seq;
    });
    await this.deps.after.pushRevocations(tenantId);
    this.deps.after.wakePublisher();
    this.deps.after.live(tenantId, 'tenant', tenantId);
    return this.deps.acks.waitForRevocation(tenantId, revSeq);
  }
}
