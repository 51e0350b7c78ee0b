import type { ToolState } from '@sallyport/db';
import type { CapabilityKind, NamedCapability } from '@sallyport/mcp';
import type { TenantTx } from '../platform/database.ts';

/** What names depend on; definitions stay in the database. */
const select = {
  id: true,
  kind: true,
  name: true,
  exposedName: true,
  state: true,
  server: { select: { id: true, slug: true, name: true, state: true } },
} as const;

/** States of a capability that is in use; a drifted one stays listed and workers refuse it by its pin. */
const usedStates: ToolState[] = ['approved', 'drifted'];

/** Every capability that agents of the tenant may see. */
export function loadUsed(tx: TenantTx) {
  return tx.tool.findMany({
    where: { state: { in: usedStates }, server: { state: 'published' } },
    select,
    orderBy: { id: 'asc' },
  });
}

/** Capabilities by id, in whatever state; ids of other tenants are simply absent. */
export function loadWithin(tx: TenantTx, ids: readonly string[]) {
  return tx.tool.findMany({ where: { id: { in: [...ids] } }, select, orderBy: { id: 'asc' } });
}

export type CapabilityRow = Awaited<ReturnType<typeof loadUsed>>[number];

/** Whether agents may see it now. */
export function isUsed(row: Pick<CapabilityRow, 'state' | 'server'>): boolean {
  return row.server.state === 'published' && usedStates.includes(row.state);
}

/** A row as the naming functions read it. */
export function toNamed(row: CapabilityRow, rename: string | null): NamedCapability {
  const { id, name, exposedName } = row;
  return { id, kind: row.kind as CapabilityKind, name, exposedName, serverSlug: row.server.slug, rename };
}
