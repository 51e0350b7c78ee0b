import type { VetReport, VetRun, VetStep } from '@sallyport/db';
import type { Database } from '../platform/database.ts';

export type RunRow = VetRun & {
  readonly steps: readonly VetStep[];
  readonly report: { readonly id: string } | null;
};

/** Queries for vetting runs and reports. */
export class VetReadModel {
  constructor(private readonly db: Database) {}

  /** Runs by id, steps in order. */
  async runs(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, RunRow>> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.vetRun.findMany({
        where: { id: { in: [...ids] } },
        include: { steps: { orderBy: { position: 'asc' } }, report: { select: { id: true } } },
      }),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Reports by id. */
  async reports(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, VetReport>> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.vetReport.findMany({ where: { id: { in: [...ids] } } }),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
