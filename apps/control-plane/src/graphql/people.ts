import type { Database } from '../platform/database.ts';

/** Display names of users, as far as they are or were members of the tenant. */
export async function loadPeople(
  db: Database,
  tenantId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.withTenant(tenantId, (tx) =>
    tx.user.findMany({ where: { id: { in: [...userIds] } }, select: { id: true, displayName: true } }),
  );
  return new Map(rows.map((row) => [row.id, row.displayName]));
}

/** Display names of members. */
export async function loadMemberNames(
  db: Database,
  tenantId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.withTenant(tenantId, (tx) =>
    tx.member.findMany({
      where: { id: { in: [...memberIds] } },
      select: { id: true, user: { select: { displayName: true } } },
    }),
  );
  return new Map(rows.map((row) => [row.id, row.user.displayName]));
}
