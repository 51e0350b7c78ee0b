import { type Permission, toWireId } from '@sallyport/kernel';
import type { Database, TenantTx } from '../platform/database.ts';
import type { DirectoryEntryModel } from './directory.model.ts';

/** Most entries of one kind; who has more finds the rest by the search of its own page. */
const maxOfKind = 5_000;

type Load = (tx: TenantTx, now: Date) => Promise<readonly DirectoryEntryModel[]>;

async function servers(tx: TenantTx): Promise<readonly DirectoryEntryModel[]> {
  const rows = await tx.server.findMany({
    where: { state: { not: 'retired' } },
    select: { id: true, name: true, slug: true },
    orderBy: { createdAt: 'desc' },
    take: maxOfKind,
  });
  return rows.map((row) => ({
    kind: 'SERVER',
    id: toWireId('server', row.id),
    name: row.name,
    detail: row.slug,
  }));
}

async function tools(tx: TenantTx): Promise<readonly DirectoryEntryModel[]> {
  const rows = await tx.tool.findMany({
    where: { state: { not: 'removed' }, server: { state: { not: 'retired' } } },
    select: { id: true, name: true, serverId: true, server: { select: { name: true } } },
    orderBy: { lastSeen: 'desc' },
    take: maxOfKind,
  });
  return rows.map((row) => ({
    kind: 'TOOL',
    id: toWireId('tool', row.id),
    name: row.name,
    detail: row.server.name,
    parentId: toWireId('server', row.serverId),
  }));
}

async function endpoints(tx: TenantTx): Promise<readonly DirectoryEntryModel[]> {
  const rows = await tx.endpoint.findMany({ select: { id: true, name: true, slug: true }, take: maxOfKind });
  return rows.map((row) => ({
    kind: 'ENDPOINT',
    id: toWireId('endpoint', row.id),
    name: row.name,
    detail: row.slug,
  }));
}

async function policies(tx: TenantTx): Promise<readonly DirectoryEntryModel[]> {
  const rows = await tx.policy.findMany({ select: { id: true, name: true }, take: maxOfKind });
  return rows.map((row) => ({ kind: 'POLICY', id: toWireId('policy', row.id), name: row.name }));
}

async function agents(tx: TenantTx): Promise<readonly DirectoryEntryModel[]> {
  const rows = await tx.agent.findMany({
    select: { id: true, name: true },
    orderBy: { createdAt: 'desc' },
    take: maxOfKind,
  });
  return rows.map((row) => ({ kind: 'AGENT', id: toWireId('agent', row.id), name: row.name }));
}

async function keys(tx: TenantTx, now: Date): Promise<readonly DirectoryEntryModel[]> {
  const rows = await tx.apiKey.findMany({
    where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true, name: true, prefix: true, agent: { select: { id: true, name: true } } },
    orderBy: { createdAt: 'desc' },
    take: maxOfKind,
  });
  return rows.map((row) => ({
    kind: 'API_KEY',
    id: toWireId('apiKey', row.id),
    name: row.name,
    detail: `${row.prefix}… · ${row.agent.name}`,
    parentId: toWireId('agent', row.agent.id),
  }));
}

const loads: ReadonlyArray<readonly [Permission, Load]> = [
  ['catalog.read', servers],
  ['catalog.read', tools],
  ['catalog.read', endpoints],
  ['policies.read', policies],
  ['agents.read', agents],
  ['agents.read', keys],
];

/** Names of everything that has a page, as far as one may see it. */
export class DirectoryReadModel {
  constructor(private readonly db: Database) {}

  async list(
    tenantId: string,
    permissions: ReadonlySet<Permission>,
    now: Date,
  ): Promise<readonly DirectoryEntryModel[]> {
    return this.db.withTenant(tenantId, async (tx) => {
      const entries: DirectoryEntryModel[] = [];
      for (const [need, load] of loads) if (permissions.has(need)) entries.push(...(await load(tx, now)));
      return entries;
    });
  }
}
