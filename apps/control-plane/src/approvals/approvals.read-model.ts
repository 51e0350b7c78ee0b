import {
  type Approval,
  type ApprovalState,
  afterCursor,
  type Page,
  pageSize,
  readCursor,
  toPage,
} from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';

/** Queries behind the inbox. */
export class ApprovalsReadModel {
  constructor(private readonly db: Database) {}

  /** One page of items, newest first, and how many are open. */
  async list(
    tenantId: string,
    state: ApprovalState | null,
    first: number,
    after: string | null,
  ): Promise<Page<Approval> & { readonly openCount: number }> {
    const size = pageSize(first);
    const cursor = readCursor(after, 'date');
    const where = { ...(state ? { state } : {}), ...afterCursor(cursor, 'requestedAt', 'desc') };
    return this.db.withTenant(tenantId, async (tx) => {
      const rows = await tx.approval.findMany({
        where,
        orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
        take: size + 1,
      });
      const openCount = await tx.approval.count({ where: { state: 'open' } });
      return { ...toPage(rows, size, (row) => ({ value: row.requestedAt, id: row.id })), openCount };
    });
  }

  /** @throws AppError `not_found` */
  async byId(tenantId: string, id: string): Promise<Approval> {
    const row = await this.db.withTenant(tenantId, (tx) =>
      tx.approval.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'approval' } });
    return row;
  }

  /** Ids of the tools an item of kind `server` is about. */
  async toolIdsOf(tenantId: string, serverId: string): Promise<readonly string[]> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.tool.findMany({
        where: { serverId, state: { not: 'removed' } },
        orderBy: [{ kind: 'asc' }, { name: 'asc' }],
        select: { id: true },
      }),
    );
    return rows.map((row) => row.id);
  }
}
