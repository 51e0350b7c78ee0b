import type { NamedCountModel } from '../graphql/named-ref.model.ts';
import type { Database, TenantTx } from '../platform/database.ts';
import type { OverviewPointModel, TimeRange } from './overview.model.ts';

const ranges = {
  HOUR: { ms: 3_600_000, bucketS: 60 },
  DAY: { ms: 24 * 3_600_000, bucketS: 1_800 },
  WEEK: { ms: 7 * 24 * 3_600_000, bucketS: 4 * 3_600 },
} as const satisfies Record<TimeRange, { readonly ms: number; readonly bucketS: number }>;

interface TotalsRow {
  readonly calls: number;
  readonly denied: number;
  readonly errors: number;
  readonly added: number[] | null;
  readonly upstream: number[] | null;
}

export interface OverviewFacts {
  readonly totals: TotalsRow;
  readonly series: readonly OverviewPointModel[];
  readonly deniesByCode: readonly NamedCountModel[];
  readonly topTools: readonly NamedCountModel[];
  readonly openApprovals: number;
  readonly driftedTools: number;
}

/** The figures of the first page, straight from the receipts of the range. */
export class OverviewReadModel {
  constructor(private readonly db: Database) {}

  async facts(tenantId: string, range: TimeRange, now: Date): Promise<OverviewFacts> {
    const since = new Date(now.getTime() - ranges[range].ms);
    return this.db.withTenant(tenantId, async (tx) => ({
      totals: await readTotals(tx, tenantId, since),
      series: await readSeries(tx, tenantId, { since, now, bucketS: ranges[range].bucketS }),
      deniesByCode: await tx.$queryRaw<NamedCountModel[]>`
        SELECT code AS name, count(*)::int AS count FROM receipt
        WHERE tenant_id = ${tenantId}::uuid AND phase = 'outcome' AND at >= ${since} AND code IS NOT NULL
        GROUP BY code ORDER BY 2 DESC, 1 LIMIT 10`,
      topTools: await tx.$queryRaw<NamedCountModel[]>`
        SELECT tool_name AS name, count(*)::int AS count FROM receipt
        WHERE tenant_id = ${tenantId}::uuid AND phase = 'outcome' AND at >= ${since} AND tool_id IS NOT NULL
        GROUP BY tool_name ORDER BY 2 DESC, 1 LIMIT 10`,
      openApprovals: await tx.approval.count({ where: { state: 'open' } }),
      driftedTools: await tx.tool.count({ where: { state: 'drifted' } }),
    }));
  }

  /** Requests without a valid identity; they belong to no tenant, so only operators see the count. */
  async anonymousRefusals(range: TimeRange, now: Date): Promise<number> {
    const since = new Date(now.getTime() - ranges[range].ms);
    const sum = await this.db.withSystem('operator', (tx) =>
      tx.anonymousRefusal.aggregate({ where: { at: { gte: since } }, _sum: { count: true } }),
    );
    return sum._sum.count ?? 0;
  }
}

async function readTotals(tx: TenantTx, tenantId: string, since: Date): Promise<TotalsRow> {
  const rows = await tx.$queryRaw<TotalsRow[]>`
    SELECT count(*)::int AS calls,
      count(*) FILTER (WHERE outcome = 'denied')::int AS denied,
      count(*) FILTER (WHERE outcome IN ('error', 'tool_error', 'unknown'))::int AS errors,
      percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY added_us)
        FILTER (WHERE upstream_us > 0) AS added,
      percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY upstream_us)
        FILTER (WHERE upstream_us > 0) AS upstream
    FROM receipt
    WHERE tenant_id = ${tenantId}::uuid AND phase = 'outcome' AND method = 'tools/call' AND at >= ${since}`;
  return rows[0] ?? { calls: 0, denied: 0, errors: 0, added: null, upstream: null };
}

/** One point per bucket, also where nothing happened. */
async function readSeries(
  tx: TenantTx,
  tenantId: string,
  range: { readonly since: Date; readonly now: Date; readonly bucketS: number },
): Promise<readonly OverviewPointModel[]> {
  const { since, now, bucketS } = range;
  return tx.$queryRaw<OverviewPointModel[]>`
    WITH found AS (
      SELECT floor(extract(epoch FROM at) / ${bucketS}::int)::bigint AS bucket, outcome FROM receipt
      WHERE tenant_id = ${tenantId}::uuid AND phase = 'outcome' AND method = 'tools/call' AND at >= ${since}
    )
    SELECT to_timestamp(b * ${bucketS}::int) AS at,
      count(f.bucket)::int AS calls,
      count(*) FILTER (WHERE f.outcome = 'denied')::int AS denied,
      count(*) FILTER (WHERE f.outcome IN ('error', 'tool_error', 'unknown'))::int AS errors
    FROM generate_series(
      floor(extract(epoch FROM ${since}::timestamptz) / ${bucketS}::int)::bigint,
      floor(extract(epoch FROM ${now}::timestamptz) / ${bucketS}::int)::bigint) AS b
    LEFT JOIN found f ON f.bucket = b
    GROUP BY b ORDER BY b`;
}
