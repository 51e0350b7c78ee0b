import { afterCursor, type DetectionVerdict, type Page, pageSize, readCursor, toPage } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';

export interface VerdictListFilter {
  readonly code?: string | undefined;
  readonly verdict?: 'confirmed' | 'overridden' | undefined;
}

/** Queries over what people made of findings. */
export class VerdictsReadModel {
  constructor(private readonly db: Database) {}

  /** The newest first. */
  async list(
    tenantId: string,
    filter: VerdictListFilter,
    first: number,
    after: string | null,
  ): Promise<Page<DetectionVerdict>> {
    const size = pageSize(first);
    const where = {
      ...(filter.code ? { code: filter.code } : {}),
      ...(filter.verdict ? { verdict: filter.verdict } : {}),
      ...afterCursor(readCursor(after, 'date'), 'givenAt', 'desc'),
    };
    return this.db.withTenant(tenantId, async (tx) => {
      const rows = await tx.detectionVerdict.findMany({
        where,
        orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
        take: size + 1,
      });
      return toPage(rows, size, (row) => ({ value: row.givenAt, id: row.id }));
    });
  }

  /** @throws AppError `not_found` */
  async byId(tenantId: string, id: string): Promise<DetectionVerdict> {
    const row = await this.db.withTenant(tenantId, (tx) =>
      tx.detectionVerdict.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'verdict' } });
    return row;
  }

  /** The verdicts on findings of some receipts, by receipt. */
  async ofReceipts(
    tenantId: string,
    receiptIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly DetectionVerdict[]>> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.detectionVerdict.findMany({ where: { receiptId: { in: [...receiptIds] } } }),
    );
    return Map.groupBy(rows, (row) => row.receiptId);
  }
}
