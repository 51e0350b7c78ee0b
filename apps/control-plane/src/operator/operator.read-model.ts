import { afterCursor, pageSize, readCursor, type Tenant, toPage } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database, OperatorTx } from '../platform/database.ts';

export interface OperatorTenantRow {
  readonly tenant: Pick<Tenant, 'id' | 'slug' | 'name' | 'state' | 'createdAt'>;
  readonly members: number;
  readonly servers: number;
  readonly calls24h: number;
}

/** What an operator sees of tenants: counts, never payloads; the database role could not read more. */
export class OperatorReadModel {
  constructor(private readonly db: Database) {}

  async list(first: number, after: string | null) {
    const size = pageSize(first);
    const where = afterCursor(readCursor(after, 'date'), 'createdAt', 'desc');
    return this.db.withSystem('operator', async (tx) => {
      const tenants = await tx.tenant.findMany({
        where,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: size + 1,
      });
      const rows = await withCounts(tx, tenants);
      return toPage(rows, size, ({ tenant }) => ({ value: tenant.createdAt, id: tenant.id }));
    });
  }

  /** @throws AppError `not_found` */
  async byId(id: string): Promise<OperatorTenantRow> {
    return this.db.withSystem('operator', async (tx) => {
      const tenant = await tx.tenant.findUnique({ where: { id } });
      const [row] = tenant ? await withCounts(tx, [tenant]) : [];
      if (!row) throw new AppError('not_found', undefined, { details: { kind: 'tenant' } });
      return row;
    });
  }
}

async function withCounts(
  tx: OperatorTx,
  tenants: readonly OperatorTenantRow['tenant'][],
): Promise<readonly OperatorTenantRow[]> {
  const tenantId = { in: tenants.map((tenant) => tenant.id) };
  const since = new Date(Date.now() - 24 * 3_600_000);
  const members = await tx.member.groupBy({
    by: ['tenantId'],
    where: { tenantId, state: 'active' },
    _count: { id: true },
  });
  const servers = await tx.server.groupBy({
    by: ['tenantId'],
    where: { tenantId, state: { not: 'retired' } },
    _count: { id: true },
  });
  const usage = await tx.usageHour.groupBy({
    by: ['tenantId'],
    where: { tenantId, hour: { gte: since } },
    _sum: { calls: true },
  });
  return tenants.map((tenant) => ({
    tenant,
    members: members.find((row) => row.tenantId === tenant.id)?._count.id ?? 0,
    servers: servers.find((row) => row.tenantId === tenant.id)?._count.id ?? 0,
    calls24h: usage.find((row) => row.tenantId === tenant.id)?._sum.calls ?? 0,
  }));
}
