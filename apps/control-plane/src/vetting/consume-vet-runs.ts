import { isAppError } from '@sallyport/kernel';
import type { ApplyVetResult } from '../approvals/apply-vet-result.ts';
import type { Database } from '../platform/database.ts';

interface WarnLog {
  warn(facts: object, text: string): void;
}

/** Takes in finished runs that nobody told us about: the call that announces them may get lost. */
export class ConsumeVetRuns {
  constructor(
    private readonly db: Database,
    private readonly apply: ApplyVetResult,
    private readonly log: WarnLog,
  ) {}

  async execute(): Promise<void> {
    const tenants = await this.db.withSystem('publisher', (tx) =>
      tx.tenant.findMany({ select: { id: true } }),
    );
    for (const tenant of tenants) {
      const runs = await this.db.withTenant(tenant.id, (tx) =>
        tx.vetRun.findMany({
          where: { state: { in: ['finished', 'failed'] }, consumedAt: null },
          select: { id: true },
          take: 20,
        }),
      );
      for (const run of runs) await this.applyOne(tenant.id, run.id);
    }
  }

  /** One bad result does not keep the others waiting. */
  private async applyOne(tenantId: string, runId: string): Promise<void> {
    try {
      await this.apply.execute(tenantId, runId);
    } catch (err) {
      const code = isAppError(err) ? err.code : 'internal_error';
      this.log.warn({ tenantId, runId, code, err }, 'a vetting result could not be taken in');
    }
  }
}
