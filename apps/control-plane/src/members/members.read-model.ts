import { AppError } from '@sallyport/kernel';
import type { Database, TenantTx } from '../platform/database.ts';

function findMembers(tx: TenantTx, where: object) {
  return tx.member.findMany({
    where,
    include: { user: true },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
  });
}
export type MemberRow = Awaited<ReturnType<typeof findMembers>>[number];

/** Queries behind the members' page. */
export class MembersReadModel {
  constructor(private readonly db: Database) {}

  list(tenantId: string): Promise<readonly MemberRow[]> {
    return this.db.withTenant(tenantId, (tx) => findMembers(tx, { state: 'active' }));
  }

  /** @throws AppError `not_found` */
  async byId(tenantId: string, id: string): Promise<MemberRow> {
    const [row] = await this.db.withTenant(tenantId, (tx) => findMembers(tx, { id }));
    if (!row) throw new AppError('not_found', undefined, { details: { kind: 'member' } });
    return row;
  }

  /** Invitations that are open, or were used lately. */
  invitations(tenantId: string, ids?: readonly string[]) {
    return this.db.withTenant(tenantId, (tx) =>
      tx.invitation.findMany({
        where: { revokedAt: null, ...(ids ? { id: { in: [...ids] } } : {}) },
        orderBy: { createdAt: 'desc' },
        take: 200,
      }),
    );
  }
}
