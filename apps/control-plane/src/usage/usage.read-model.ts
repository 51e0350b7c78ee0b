import { AppError, toWireId } from '@sallyport/kernel';
import type { Database, TenantTx } from '../platform/database.ts';
import type { UsageGroup, UsageReportModel, UsageRowModel } from './usage.model.ts';

const hourMs = 3_600_000;
const maxDays = 400;

const dimensions = {
  HOUR: ['hour'],
  CUSTOMER: ['customerId'],
  AGENT: ['agentId'],
  TOOL: ['serverId', 'toolName'],
} as const satisfies Record<UsageGroup, readonly string[]>;

interface Sums {
  readonly calls: number | null;
  readonly denied: number | null;
  readonly errors: number | null;
  readonly bytesIn: bigint | null;
  readonly bytesOut: bigint | null;
}

const sums = { calls: true, denied: true, errors: true, bytesIn: true, bytesOut: true } as const;

/** Whole hours around a range. @throws AppError `invalid_input` */
export function wholeHours(from: Date, to: Date): { readonly gte: Date; readonly lt: Date } {
  const gte = new Date(Math.floor(from.getTime() / hourMs) * hourMs);
  const lt = new Date(Math.ceil(to.getTime() / hourMs) * hourMs);
  if (!(gte < lt) || lt.getTime() - gte.getTime() > maxDays * 24 * hourMs) {
    throw new AppError('invalid_input', `the range must be positive and at most ${maxDays} days`, {
      details: { field: 'to', maxDays },
    });
  }
  return { gte, lt };
}

/** What was used, and the receipts it must equal. */
export class UsageReadModel {
  constructor(private readonly db: Database) {}

  async report(tenantId: string, from: Date, to: Date, group: UsageGroup): Promise<UsageReportModel> {
    const hour = wholeHours(from, to);
    return this.db.withTenant(tenantId, async (tx) => {
      const totals = await tx.usageHour.aggregate({ where: { hour }, _sum: sums });
      const receiptCalls = await tx.receipt.count({
        where: { phase: 'outcome', method: 'tools/call', at: { gte: hour.gte, lt: hour.lt } },
      });
      const rows = await this.rows(tx, hour, group);
      return { rows, totals: toTotals(totals._sum), receiptCalls };
    });
  }

  private async rows(
    tx: TenantTx,
    hour: { gte: Date; lt: Date },
    group: UsageGroup,
  ): Promise<UsageRowModel[]> {
    const by = [...dimensions[group]] as ('hour' | 'customerId' | 'agentId' | 'serverId' | 'toolName')[];
    const rows = await tx.usageHour.groupBy({
      by,
      where: { hour },
      _sum: sums,
      orderBy: group === 'HOUR' ? { hour: 'asc' } : { _sum: { calls: 'desc' } },
      take: 1000,
    });
    const name = await names(tx, rows);
    return rows.map((row) => ({
      hour: row.hour ?? null,
      customer: name('customer', row.customerId),
      agent: name('agent', row.agentId),
      server: name('server', row.serverId),
      toolName: row.toolName ?? null,
      ...toTotals(row._sum),
    }));
  }
}

function toTotals(sum: Sums) {
  return {
    calls: sum.calls ?? 0,
    denied: sum.denied ?? 0,
    errors: sum.errors ?? 0,
    bytesIn: Number(sum.bytesIn ?? 0n),
    bytesOut: Number(sum.bytesOut ?? 0n),
  };
}

interface Keyed {
  readonly customerId?: string | null;
  readonly agentId?: string | null;
  readonly serverId?: string | null;
}

async function names(tx: TenantTx, rows: readonly Keyed[]) {
  const ids = (pick: (row: Keyed) => string | null | undefined) => ({
    where: { id: { in: [...new Set(rows.flatMap((row) => pick(row) ?? []))] } },
    select: { id: true, name: true } as const,
  });
  const known = {
    customer: await tx.customer.findMany(ids((row) => row.customerId)),
    agent: await tx.agent.findMany(ids((row) => row.agentId)),
    server: await tx.server.findMany(ids((row) => row.serverId)),
  };
  return (kind: keyof typeof known, id: string | null | undefined) => {
    if (id === null || id === undefined) return null;
    const row = known[kind].find((candidate) => candidate.id === id);
    return { id: toWireId(kind, id), name: row?.name ?? 'removed' };
  };
}
