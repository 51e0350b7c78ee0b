import { appendAdminReceipt } from '@sallyport/db';
import { AppError, type Clock } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';
import { createUser, joinTenant, type Newcomer } from './join-tenant.ts';
import { hashSecret, newSecret } from './secrets.ts';

export interface IssuedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Who opened a link, and where their session starts. */
export interface OpenedLink {
  readonly userId: string;
  readonly tenantId: string | null;
}

const loginLifetimeMs = 30 * 60_000;
const ownerLifetimeMs = 7 * 24 * 3_600_000;

/** One-time links. The token travels in the URL's fragment: no server or proxy log ever holds it. */
export class LoginLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly consoleUrl: string,
  ) {}

  /** A link that signs in one user, once. */
  async issueLogin(userId: string): Promise<IssuedLink> {
    return this.issue('authenticator', { purpose: 'login', userId }, loginLifetimeMs);
  }

  /** A link whose opener becomes owner of a tenant. */
  async issueOwner(tenantId: string, operatorId: string | null = null): Promise<IssuedLink> {
    const at = new Date(this.clock.nowMs());
    await this.db.withSystem('operator', (tx) =>
      appendAdminReceipt(tx, {
        tenantId,
        at,
        action: 'tenant.owner_link',
        actorUserId: operatorId,
        subjectKind: 'tenant',
        subjectId: tenantId,
      }),
    );
    return this.issue('operator', { purpose: 'owner', tenantId }, ownerLifetimeMs);
  }

  /**
   * Uses a link up. The row is taken in the same statement that checks it, so two openers cannot both win.
   * @throws AppError `link_invalid`, or `invalid_input` when an owner link needs an e-mail address
   */
  async open(token: string, newcomer: Newcomer, signedInUserId: string | null): Promise<OpenedLink> {
    const tokenHash = hashSecret(token);
    const usedAt = new Date(this.clock.nowMs());
    return this.db.withSystem('authenticator', async (tx) => {
      const taken = await tx.loginLink.updateMany({
        where: { tokenHash, usedAt: null, expiresAt: { gt: usedAt } },
        data: { usedAt },
      });
      if (taken.count !== 1) throw new AppError('link_invalid');
      const link = await tx.loginLink.findUniqueOrThrow({ where: { tokenHash } });
      if (link.purpose === 'login') {
        if (!link.userId) throw new AppError('link_invalid');
        return { userId: link.userId, tenantId: null };
      }
      if (!link.tenantId) throw new AppError('link_invalid');
      const userId = signedInUserId ?? (await createUser(tx, newcomer));
      await joinTenant(tx, {
        tenantId: link.tenantId,
        userId,
        roles: ['owner'],
        at: usedAt,
        how: 'owner link',
      });
      return { userId, tenantId: link.tenantId };
    });
  }

  private async issue(
    door: 'authenticator' | 'operator',
    link: { readonly purpose: 'login' | 'owner'; readonly userId?: string; readonly tenantId?: string },
    lifetimeMs: number,
  ): Promise<IssuedLink> {
    const token = newSecret();
    const expiresAt = new Date(this.clock.nowMs() + lifetimeMs);
    const data = { ...link, tokenHash: hashSecret(token), expiresAt };
    await this.db.withSystem(door, (tx) => tx.loginLink.create({ data }));
    return { url: `${this.consoleUrl}/link#token=${token}`, expiresAt };
  }
}
