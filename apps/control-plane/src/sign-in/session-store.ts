import type { Clock, MemberId, MemberRole, TenantId, UserId } from '@sallyport/kernel';
import { AppError, permissionsOf, roles } from '@sallyport/kernel';
import type { Session } from '../access/session.ts';
import type { Database } from '../platform/database.ts';
import { csrfToken, hashSecret, newSecret } from './secrets.ts';

export interface NewSession {
  readonly secret: string;
  readonly csrf: string;
  readonly expiresAt: Date;
}

/** A session seen within this time is not written again. */
const touchEveryMs = 60_000;

/** Browser sessions: 256 random bits in the cookie, their hash in Postgres, expiry that slides with use. */
export class SessionStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly lifetimeMs: number,
  ) {}

  /** Opens a session for a user, acting in the given tenant, else in the first one they belong to. */
  async create(userId: string, tenantId: string | null): Promise<NewSession> {
    const secret = newSecret();
    const csrf = csrfToken(secret);
    const expiresAt = new Date(this.clock.nowMs() + this.lifetimeMs);
    await this.db.withSystem('authenticator', async (tx) => {
      const first = tenantId
        ? { tenantId }
        : await tx.member.findFirst({ where: { userId, state: 'active' }, orderBy: { joinedAt: 'asc' } });
      await tx.browserSession.create({
        data: {
          id: hashSecret(secret),
          userId,
          activeTenantId: first?.tenantId ?? null,
          csrfHash: hashSecret(csrf),
          expiresAt,
        },
      });
    });
    return { secret, csrf, expiresAt };
  }

  /** The session of a cookie, or nothing when it is unknown, expired or revoked. */
  async load(secret: string): Promise<Session | undefined> {
    const id = hashSecret(secret);
    const now = new Date(this.clock.nowMs());
    return this.db.withSystem('authenticator', async (tx) => {
      const row = await tx.browserSession.findUnique({
        where: { id },
        include: { user: true, activeTenant: true },
      });
      if (!row || row.revokedAt || row.expiresAt <= now) return undefined;
      if (now.getTime() - row.lastSeenAt.getTime() > touchEveryMs) {
        const expiresAt = new Date(now.getTime() + this.lifetimeMs);
        await tx.browserSession.update({ where: { id }, data: { lastSeenAt: now, expiresAt } });
        if (row.activeTenantId) {
          const where = { userId: row.userId, tenantId: row.activeTenantId };
          await tx.member.updateMany({ where, data: { lastSeenAt: now } });
        }
      }
      const member = row.activeTenantId
        ? await tx.member.findUnique({
            where: { tenantId_userId: { tenantId: row.activeTenantId, userId: row.userId } },
          })
        : null;
      return toSession(id, row, member);
    });
  }

  /** Tenants a user belongs to. */
  async tenantsOf(userId: string) {
    return this.db.withSystem('authenticator', async (tx) => {
      const rows = await tx.member.findMany({
        where: { userId, state: 'active' },
        include: { tenant: true },
        orderBy: { joinedAt: 'asc' },
      });
      return rows.map((row) => row.tenant);
    });
  }

  /**
   * Moves a session to another tenant of its user.
   * @throws AppError `not_found` when the user is no member there
   */
  async switchTenant(session: Session, tenantId: string): Promise<Session> {
    return this.db.withSystem('authenticator', async (tx) => {
      const member = await tx.member.findUnique({
        where: { tenantId_userId: { tenantId, userId: session.userId } },
      });
      if (member?.state !== 'active') throw new AppError('not_found');
      const row = await tx.browserSession.update({
        where: { id: session.id },
        data: { activeTenantId: tenantId },
        include: { user: true, activeTenant: true },
      });
      return toSession(session.id, row, member);
    });
  }

  /** Ends one session. */
  async revoke(id: string): Promise<void> {
    const revokedAt = new Date(this.clock.nowMs());
    await this.db.withSystem('authenticator', (tx) =>
      tx.browserSession.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } }),
    );
  }

  /** Ends every session of a user that acts in a tenant (a member who was removed); says which. */
  async revokeInTenant(userId: string, tenantId: string): Promise<readonly string[]> {
    const revokedAt = new Date(this.clock.nowMs());
    return this.db.withSystem('authenticator', async (tx) => {
      const where = { userId, activeTenantId: tenantId, revokedAt: null };
      const rows = await tx.browserSession.findMany({ where, select: { id: true } });
      await tx.browserSession.updateMany({ where, data: { revokedAt } });
      return rows.map((row) => row.id);
    });
  }
}

interface SessionRow {
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly displayName: string;
    readonly isOperator: boolean;
  };
  readonly activeTenant: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly state: 'active' | 'suspended';
  } | null;
}

interface MemberRow {
  readonly id: string;
  readonly roles: readonly string[];
  readonly state: 'active' | 'removed';
}

function toSession(id: string, row: SessionRow, member: MemberRow | null): Session {
  const isMember = member?.state === 'active' && row.activeTenant !== null;
  const held = isMember ? member.roles : [];
  return {
    id,
    userId: row.user.id as UserId,
    email: row.user.email,
    displayName: row.user.displayName,
    isOperator: row.user.isOperator,
    tenant:
      isMember && row.activeTenant
        ? {
            id: row.activeTenant.id as TenantId,
            slug: row.activeTenant.slug,
            name: row.activeTenant.name,
            state: row.activeTenant.state,
          }
        : null,
    memberId: isMember ? (member.id as MemberId) : null,
    roles: roles.filter((role): role is MemberRole => held.includes(role)),
    permissions: new Set(permissionsOf(held)),
  };
}
