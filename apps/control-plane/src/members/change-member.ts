import { AppError, type MemberRole } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { TenantTx } from '../platform/database.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import type { SessionStore } from '../sign-in/session-store.ts';
import { requireMayTouch } from './member-roles.ts';

/** Gives members other roles and takes them out of the tenant. */
export class ChangeMember {
  constructor(
    private readonly changes: TenantChanges,
    private readonly sessions: SessionStore,
    private readonly hub: LiveHub,
  ) {}

  /** @throws AppError `not_found`, `forbidden`, `conflict` (the last owner) */
  async setRoles(actor: Actor, id: string, roles: readonly MemberRole[]): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const member = await this.find(change.tx, actor, id);
      requireMayTouch(actor, member.roles, roles);
      if (member.roles.includes('owner') && !roles.includes('owner'))
        await requireAnotherOwner(change.tx, id);
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      await change.tx.member.update({ where, data: { roles: [...roles] } });
      await change.receipt({
        action: 'member.roles',
        subjectKind: 'member',
        subjectId: id,
        summary: { before: member.roles, after: [...roles] },
      });
      change.live('member', id);
    });
  }

  /** The sessions that act in this tenant end with the membership. */
  async remove(actor: Actor, id: string): Promise<void> {
    const userId = await this.changes.run(actor, async (change) => {
      const member = await this.find(change.tx, actor, id);
      requireMayTouch(actor, member.roles, []);
      if (member.roles.includes('owner')) await requireAnotherOwner(change.tx, id);
      const where = { tenantId_id: { tenantId: actor.tenantId, id } };
      await change.tx.member.update({ where, data: { state: 'removed', roles: [] } });
      await change.receipt({
        action: 'member.remove',
        subjectKind: 'member',
        subjectId: id,
        summary: { before: member.roles },
      });
      change.live('member', id);
      return member.userId;
    });
    for (const sessionId of await this.sessions.revokeInTenant(userId, actor.tenantId)) {
      this.hub.closeSession(sessionId);
    }
  }

  private async find(tx: TenantTx, actor: Actor, id: string) {
    const member = await tx.member.findUnique({ where: { tenantId_id: { tenantId: actor.tenantId, id } } });
    if (member?.state !== 'active')
      throw new AppError('not_found', undefined, { details: { kind: 'member' } });
    return member;
  }
}

/**
 * Invariant: of two owners who take each other out at once, the second waits here for the first and then counts anew.
 * @throws AppError `conflict`: a tenant without an owner could not be run by anybody.
 */
async function requireAnotherOwner(tx: TenantTx, id: string): Promise<void> {
  // Writes what is there already: for the locks of the rows.
  await tx.member.updateMany({
    where: { state: 'active', roles: { has: 'owner' } },
    data: { state: 'active' },
  });
  const others = await tx.member.count({
    where: { id: { not: id }, state: 'active', roles: { has: 'owner' } },
  });
  if (others === 0)
    throw new AppError('conflict', 'a tenant keeps at least one owner', {
      details: { reason: 'last_owner' },
    });
}
