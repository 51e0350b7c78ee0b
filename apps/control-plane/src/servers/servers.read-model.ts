import {
  afterCursor,
  type Page,
  pageSize,
  readCursor,
  type Server,
  type ServerState,
  toPage,
} from '@sallyport/db';
import type { Database, TenantTx } from '../platform/database.ts';

export interface ServerListFilter {
  readonly state?: readonly ServerState[] | undefined;
  readonly search?: string | undefined;
}

/** What a tool and its pins look like on screens. */
const withPins = { pins: { orderBy: { approvedAt: 'desc' } } } as const;
export type ToolRow = Awaited<ReturnType<typeof loadTools>>[number];

function loadTools(tx: TenantTx, where: { serverId?: { in: string[] }; id?: { in: string[] } }) {
  return tx.tool.findMany({
    where,
    include: withPins,
    orderBy: [{ kind: 'asc' }, { name: 'asc' }, { id: 'asc' }],
  });
}

export interface ConnectionRow {
  readonly kind: 'none' | 'bearer' | 'header' | 'query';
  readonly headerName: string | null;
  readonly secretVersion: number;
  readonly updatedAt: Date;
}

export interface ServerExtras {
  readonly tools: readonly ToolRow[];
  readonly connection: ConnectionRow | null;
  readonly latestRunId: string | null;
  readonly latestReportId: string | null;
  readonly reportIds: readonly string[];
}

/** Queries behind the catalog's screens. */
export class ServersReadModel {
  constructor(private readonly db: Database) {}

  /** One page of servers, newest first. */
  async list(
    tenantId: string,
    filter: ServerListFilter,
    first: number,
    after: string | null,
  ): Promise<Page<Server>> {
    const size = pageSize(first);
    const cursor = readCursor(after, 'date');
    const search = filter.search?.trim();
    const where = {
      ...(filter.state?.length ? { state: { in: [...filter.state] } } : {}),
      ...(search
        ? {
            OR: [
              { name: { contains: search, mode: 'insensitive' as const } },
              { slug: { contains: search, mode: 'insensitive' as const } },
              { url: { contains: search, mode: 'insensitive' as const } },
            ],
          }
        : {}),
      ...afterCursor(cursor, 'createdAt', 'desc'),
    };
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.server.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: size + 1 }),
    );
    return toPage(rows, size, (row) => ({ value: row.createdAt, id: row.id }));
  }

  /** Servers by id; ids of other tenants are simply absent. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Server>> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.server.findMany({ where: { id: { in: [...ids] } } }),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Tools by id, with their pins. */
  async toolsByIds(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, ToolRow>> {
    const rows = await this.db.withTenant(tenantId, (tx) => loadTools(tx, { id: { in: [...ids] } }));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Everything that hangs on servers, for many at once. */
  async extras(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, ServerExtras>> {
    const where = { serverId: { in: [...ids] } };
    return this.db.withTenant(tenantId, async (tx) => {
      const tools = await loadTools(tx, where);
      const connections = await tx.serverConnection.findMany({ where });
      const recent = { where, orderBy: { createdAt: 'desc' } as const, select: { id: true, serverId: true } };
      const runs = await tx.vetRun.findMany({ ...recent, distinct: ['serverId'] });
      const reports = await tx.vetReport.findMany({ ...recent, take: 50 * ids.length });
      return new Map(
        ids.map((id) => {
          const reportIds = reports.filter((row) => row.serverId === id).map((row) => row.id);
          const extras: ServerExtras = {
            tools: tools.filter((row) => row.serverId === id),
            connection: connections.find((row) => row.serverId === id) ?? null,
            latestRunId: runs.find((row) => row.serverId === id)?.id ?? null,
            latestReportId: reportIds[0] ?? null,
            reportIds,
          };
          return [id, extras];
        }),
      );
    });
  }

  /** Calls of the last 30 days per tool. */
  async callsOfTools(
    tenantId: string,
    toolIds: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, number>> {
    const since = new Date(now.getTime() - 30 * 24 * 3_600_000);
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.usageHour.groupBy({
        by: ['toolId'],
        where: { toolId: { in: [...toolIds] }, hour: { gte: since } },
        _sum: { calls: true },
      }),
    );
    return new Map(rows.map((row) => [row.toolId ?? '', row._sum.calls ?? 0]));
  }

  /** The operator's list, as the tenant may read it. */
  async privateOrigins(tenantId: string): Promise<ReadonlySet<string>> {
    const rows = await this.db.withTenant(tenantId, (tx) =>
      tx.privateOrigin.findMany({ select: { origin: true } }),
    );
    return new Set(rows.map((row) => row.origin));
  }

  /** Changed definitions of a server, newest first, with the diff as it was when seen. */
  async changesOf(tenantId: string, serverId: string) {
    return this.db.withTenant(tenantId, (tx) =>
      tx.approval.findMany({
        where: { serverId, kind: 'tool' },
        include: { tool: true },
        orderBy: { requestedAt: 'desc' },
        take: 50,
      }),
    );
  }
}
