import { afterCursor, type Page, pageSize, type Receipt, readCursor, toPage } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database, TenantTx } from '../platform/database.ts';

export interface CallListFilter {
  readonly outcome?: readonly string[] | undefined;
  readonly code?: readonly string[] | undefined;
  readonly agentId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly serverId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly toolName?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A receipt with the names of what it points at; what has gone keeps its id only. */
export interface CallRow {
  readonly receipt: Receipt;
  readonly agent: Named | null;
  readonly customer: Named | null;
  readonly server: Named | null;
  readonly keyPrefix: string | null;
  readonly endpoint: string | null;
}

const runningWindowMs = 15 * 60_000;

/** Queries behind the Calls pages; keyset pages, newest first, so new calls never shift what is on the screen. */
export class CallsReadModel {
  constructor(private readonly db: Database) {}

  async list(
    tenantId: string,
    filter: CallListFilter,
    first: number,
    after: string | null,
  ): Promise<Page<CallRow>> {
    const size = pageSize(first);
    const where = { ...whereOf(filter), ...afterCursor(readCursor(after, 'date'), 'at', 'desc') };
    const isRunning = filter.outcome?.length === 1 && filter.outcome[0] === 'running';
    return this.db.withTenant(tenantId, async (tx) => {
      const receipts = isRunning
        ? await findRunning(tx, size + 1)
        : await tx.receipt.findMany({ where, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: size + 1 });
      const rows = await withNames(tx, receipts);
      return toPage(rows, size, ({ receipt }) => ({ value: receipt.at, id: receipt.id }));
    });
  }

  /** One call: how it ended, or its intent while it runs. @throws AppError `not_found` */
  async byCallId(tenantId: string, callId: string): Promise<CallRow> {
    return this.db.withTenant(tenantId, async (tx) => {
      const receipts = await tx.receipt.findMany({ where: { callId, kind: 'call' } });
      const receipt = receipts.find((row) => row.phase === 'outcome') ?? receipts[0];
      if (!receipt) throw new AppError('not_found', undefined, { details: { kind: 'call' } });
      const [row] = await withNames(tx, [receipt]);
      if (!row) throw new AppError('not_found');
      return row;
    });
  }

  /** The sealed bodies of a call, where the tenant keeps them. */
  async sealedBodies(tenantId: string, callId: string) {
    return this.db.withTenant(tenantId, (tx) =>
      tx.receiptBody.findUnique({ where: { tenantId_callId: { tenantId, callId } } }),
    );
  }
}

function whereOf(filter: CallListFilter) {
  const at = {
    ...(filter.from ? { gte: filter.from } : {}),
    ...(filter.to ? { lt: filter.to } : {}),
  };
  return {
    phase: 'outcome' as const,
    ...(filter.outcome?.length ? { outcome: { in: [...filter.outcome] } } : {}),
    ...(filter.code?.length ? { code: { in: [...filter.code] } } : {}),
    ...(filter.agentId ? { agentId: filter.agentId } : {}),
    ...(filter.keyId ? { keyId: filter.keyId } : {}),
    ...(filter.serverId ? { serverId: filter.serverId } : {}),
    ...(filter.customerId ? { customerId: filter.customerId } : {}),
    ...(filter.toolName ? { toolName: { contains: filter.toolName } } : {}),
    ...(filter.from || filter.to ? { at } : {}),
  };
}

/** Intents of the last minutes that have no outcome yet. */
async function findRunning(tx: TenantTx, take: number): Promise<readonly Receipt[]> {
  const since = new Date(Date.now() - runningWindowMs);
  const intents = await tx.receipt.findMany({
    where: { phase: 'intent', at: { gte: since } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 1000,
  });
  const ids = intents.flatMap((row) => row.callId ?? []);
  const ended = await tx.receipt.findMany({
    where: { phase: 'outcome', callId: { in: ids } },
    select: { callId: true },
  });
  const done = new Set(ended.map((row) => row.callId));
  return intents.filter((row) => !done.has(row.callId)).slice(0, take);
}

const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

async function withNames(tx: TenantTx, receipts: readonly Receipt[]): Promise<readonly CallRow[]> {
  const select = { id: true, name: true } as const;
  const of = (pick: (row: Receipt) => string | null) => ({ id: { in: present(receipts.map(pick)) } });
  const agents = await tx.agent.findMany({ where: of((row) => row.agentId), select });
  const customers = await tx.customer.findMany({ where: of((row) => row.customerId), select });
  const servers = await tx.server.findMany({ where: of((row) => row.serverId), select });
  const keys = await tx.apiKey.findMany({
    where: of((row) => row.keyId),
    select: { id: true, prefix: true },
  });
  const endpoints = await tx.endpoint.findMany({
    where: of((row) => row.endpointId),
    select: { id: true, slug: true },
  });
  const named = (rows: readonly Named[], id: string | null): Named | null =>
    id === null ? null : (rows.find((row) => row.id === id) ?? { id, name: 'removed' });
  return receipts.map((receipt) => ({
    receipt,
    agent: named(agents, receipt.agentId),
    customer: named(customers, receipt.customerId),
    server: named(servers, receipt.serverId),
    keyPrefix: keys.find((row) => row.id === receipt.keyId)?.prefix ?? null,
    endpoint: endpoints.find((row) => row.id === receipt.endpointId)?.slug ?? null,
  }));
}
