import { afterCursor, pageSize, readCursor, toPage } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database, TenantTx } from '../platform/database.ts';

const include = {
  customer: { select: { id: true, name: true } },
  owner: { select: { id: true, user: { select: { displayName: true } } } },
  keys: { orderBy: { createdAt: 'desc' }, include: { endpoint: { select: { id: true, name: true } } } },
} as const;

function find(tx: TenantTx, where: object, take: number) {
  return tx.agent.findMany({ where, include, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take });
}
export type AgentRow = Awaited<ReturnType<typeof find>>[number];

/** Queries behind the agents' pages. */
export class AgentsReadModel {
  constructor(private readonly db: Database) {}

  async list(tenantId: string, first: number, after: string | null) {
    const size = pageSize(first);
    const where = afterCursor(readCursor(after, 'date'), 'createdAt', 'desc');
    const rows = await this.db.withTenant(tenantId, (tx) => find(tx, where, size + 1));
    return toPage(rows, size, (row) => ({ value: row.createdAt, id: row.id }));
  }

  /** @throws AppError `not_found` */
  async byId(tenantId: string, id: string): Promise<AgentRow> {
    const [row] = await this.db.withTenant(tenantId, (tx) => find(tx, { id }, 1));
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'agent' } });
    return row;
  }

  /** @throws AppError `not_found` */
  async keyById(tenantId: string, id: string): Promise<AgentRow['keys'][number]> {
    const row = await this.db.withTenant(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } }, include: include.keys.include }),
    );
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'apiKey' } });
    return row;
  }

  /** When each agent last called. */
  async lastCalls(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.apiKey.groupBy({
        by: ['agentId'],
        where: { agentId: { in: [...ids] } },
        _max: { lastUsedAt: true },
      }),
    );
    return new Map(rows.flatMap((row) => (row._max.lastUsedAt ? [[row.agentId, row._max.lastUsedAt]] : [])));
  }
}
