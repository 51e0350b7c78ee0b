import { AppError, type MemberRole } from '@sallyport/kernel';
import { z } from 'zod';
import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { hashSecret, newSecret } from '../sign-in/secrets.ts';
import { requireMayTouch } from './member-roles.ts';

const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
const lifetimeMs = 7 * 24 * 3_600_000;

export interface MadeInvitation {
  readonly id: string;
  /** Shown once. */
  readonly url: string;
}

/** Invites people by a one-time link, and takes invitations back. */
export class Invitations {
  constructor(
    private readonly changes: TenantChanges,
    private readonly consoleUrl: string,
  ) {}

  /** @throws AppError `invalid_input`, `forbidden` (an owner by somebody who is none) */
  async invite(actor: Actor, emailText: string, roles: readonly MemberRole[]): Promise<MadeInvitation> {
    const email = emailSchema.safeParse(emailText);
    if (!email.success) {
      throw new AppError('invalid_input', 'an e-mail address is needed', { details: { field: 'email' } });
    }
    requireMayTouch(actor, [], roles);
    const token = newSecret();
    const id = await this.changes.run(actor, async (change) => {
      const row = await change.tx.invitation.create({
        data: {
          tenantId: actor.tenantId,
          tokenHash: hashSecret(token),
          email: email.data,
          roles: [...roles],
          invitedBy: actor.userId,
          createdAt: change.at,
          expiresAt: new Date(change.at.getTime() + lifetimeMs),
        },
      });
      await change.receipt({
        action: 'member.invite',
        subjectKind: 'invitation',
        subjectId: row.id,
        summary: { email: email.data, roles: [...roles] },
      });
      change.live('member', row.id);
      return row.id;
    });
    return { id, url: `${this.consoleUrl}/invitation#token=${token}` };
  }

  /** @throws AppError `not_found` when there is none that can still be used */
  async revoke(actor: Actor, id: string): Promise<void> {
    await this.changes.run(actor, async (change) => {
      const done = await change.tx.invitation.updateMany({
        where: { id, usedAt: null, revokedAt: null },
        data: { revokedAt: change.at },
      });
      if (done.count !== 1) throw new AppError('not_found', undefined, { details: { kind: 'invitation' } });
      await change.receipt({ action: 'invitation.revoke', subjectKind: 'invitation', subjectId: id });
      change.live('member', id);
    });
  }
}
