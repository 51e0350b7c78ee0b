import { AppError, type Clock, type MemberRole, roles } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';
import { createUser, joinTenant } from './join-tenant.ts';
import type { OpenedLink } from './login-links.ts';
import { hashSecret } from './secrets.ts';

export interface AcceptInvitationInput {
  readonly token: string;
  readonly displayName?: string | undefined;
  /** The user of the session the link was opened in, if any. */
  readonly signedInUserId: string | null;
}

/** Turns an invitation into a membership, once. */
export class AcceptInvitation {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `link_invalid`, or `conflict` when the address belongs to a user who is not signed in */
  async execute(input: AcceptInvitationInput): Promise<OpenedLink> {
    const tokenHash = hashSecret(input.token);
    const now = new Date(this.clock.nowMs());
    return this.db.withSystem('authenticator', async (tx) => {
      const taken = await tx.invitation.updateMany({
        where: { tokenHash, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      });
      if (taken.count !== 1) throw new AppError('link_invalid');
      const invitation = await tx.invitation.findUniqueOrThrow({ where: { tokenHash } });
      const userId = await this.userFor(tx, invitation.email, input);
      const granted = roles.filter((role): role is MemberRole => invitation.roles.includes(role));
      await joinTenant(tx, {
        tenantId: invitation.tenantId,
        userId,
        roles: granted,
        at: now,
        how: 'invitation',
      });
      return { userId, tenantId: invitation.tenantId };
    });
  }

  private async userFor(
    tx: Parameters<typeof createUser>[0],
    email: string,
    input: AcceptInvitationInput,
  ): Promise<string> {
    if (input.signedInUserId !== null) {
      const user = await tx.user.findUnique({ where: { id: input.signedInUserId }, select: { email: true } });
      if (user?.email === email) return input.signedInUserId;
    }
    return createUser(tx, { email, displayName: input.displayName });
  }
}
