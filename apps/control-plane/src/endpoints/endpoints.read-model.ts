import type { Endpoint } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import { wireNames } from '@sallyport/mcp';
import type { Database, TenantTx } from '../platform/database.ts';
import { type CapabilityRow, isUsed, loadUsed, toNamed } from './endpoint-capabilities.ts';
import type { Naming, Selection } from './endpoint-input.ts';

/** Where agents connect: `/{tenant}/{endpoint}/key/mcp`. */
export function endpointUrl(gatewayUrl: string, tenantSlug: string, endpointSlug: string): string {
  return `${gatewayUrl}/${tenantSlug}/${endpointSlug}/key/mcp`;
}

const include = {
  items: { orderBy: { toolId: 'asc' } },
  keys: {
    where: { revokedAt: null },
    include: { agent: { select: { id: true, name: true } } },
    orderBy: { createdAt: 'desc' },
  },
} as const;

function find(tx: TenantTx, where: { id?: string }) {
  return tx.endpoint.findMany({ where, include, orderBy: { createdAt: 'asc' } });
}
export type EndpointRow = Awaited<ReturnType<typeof find>>[number];

export interface ShownEntry {
  readonly row: CapabilityRow;
  readonly wireName: string;
}

/** An endpoint and what agents see there. */
export interface EndpointView {
  readonly row: EndpointRow;
  readonly entries: readonly ShownEntry[];
}

function shownBy(row: EndpointRow, used: readonly CapabilityRow[]): readonly ShownEntry[] {
  const items = new Map(row.items.map((item) => [item.toolId, item]));
  const selection: Selection = row.selection;
  const naming: Naming = row.naming;
  const shown = used.filter(({ id }) => {
    const item = items.get(id);
    return item === undefined ? selection === 'all' : !item.hidden;
  });
  const names = wireNames(
    shown.map((each) => toNamed(each, items.get(each.id)?.name ?? null)),
    naming,
  );
  return shown
    .map((each) => ({ row: each, wireName: names.get(each.id) ?? each.exposedName }))
    .sort((a, b) => (a.wireName < b.wireName ? -1 : 1));
}

/** Queries for endpoints. */
export class EndpointsReadModel {
  constructor(private readonly db: Database) {}

  /** Every endpoint, with what agents find there. */
  async list(tenantId: string): Promise<readonly EndpointView[]> {
    return this.db.withTenant(tenantId, async (tx) => {
      const used = await loadUsed(tx);
      return (await find(tx, {})).map((row) => ({ row, entries: shownBy(row, used) }));
    });
  }

  /** @throws AppError `not_found` */
  async byId(tenantId: string, id: string): Promise<EndpointView> {
    return this.db.withTenant(tenantId, async (tx) => {
      const [row] = await find(tx, { id });
      if (!row) throw new AppError('not_found', undefined, { details: { kind: 'endpoint' } });
      return { row, entries: shownBy(row, await loadUsed(tx)) };
    });
  }

  /** The named endpoint, or `main`. @throws AppError `not_found` */
  async find(tenantId: string, id: string | null): Promise<Endpoint> {
    const row = await this.db.withTenant(tenantId, (tx) =>
      tx.endpoint.findFirst({ where: id ? { id } : { slug: 'main' } }),
    );
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'endpoint' } });
    return row;
  }

  /** Everything an endpoint could show, with its approved definition; and what items still name though it is gone. */
  async capabilities(tenantId: string) {
    return this.db.withTenant(tenantId, async (tx) => {
      const named = await tx.endpointItem.findMany({ select: { toolId: true }, distinct: ['toolId'] });
      const ids = named.map((item) => item.toolId);
      const rows = await tx.tool.findMany({
        where: { OR: [{ pins: { some: { supersededAt: null } } }, { id: { in: ids } }] },
        select: {
          id: true,
          kind: true,
          name: true,
          exposedName: true,
          state: true,
          definition: true,
          server: { select: { id: true, slug: true, name: true, state: true } },
          pins: { where: { supersededAt: null }, select: { definition: true } },
        },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      const wanted = new Set(ids);
      return rows.filter((row) => isUsed(row) || wanted.has(row.id));
    });
  }
}
