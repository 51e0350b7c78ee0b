import { appendAdminReceipt } from '@sallyport/db';
import { AppError, type MemberRole } from '@sallyport/kernel';
import { z } from 'zod';
import type { AuthenticatorTx } from '../platform/database.ts';

const newcomerSchema = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  displayName: z.string().trim().min(1).max(100).optional(),
});

export interface Newcomer {
  readonly email?: string | undefined;
  readonly displayName?: string | undefined;
}

/**
 * Makes a user for somebody who came by a link.
 * Invariant: a link never signs anybody in as a user who exists already; that person signs in first.
 * @throws AppError `invalid_input` or `conflict`
 */
export async function createUser(tx: AuthenticatorTx, newcomer: Newcomer): Promise<string> {
  const parsed = newcomerSchema.safeParse(newcomer);
  if (!parsed.success) {
    throw new AppError('invalid_input', 'an e-mail address and a name are needed', {
      details: { needs: ['email', 'displayName'] },
    });
  }
  const { email } = parsed.data;
  const known = await tx.user.findUnique({ where: { email }, select: { id: true } });
  if (known) {
    throw new AppError(
      'conflict',
      'this e-mail address has an account: sign in first, then open the link again',
      {
        details: { reason: 'sign_in_first' },
      },
    );
  }
  const displayName = parsed.data.displayName ?? email.split('@')[0] ?? email;
  const user = await tx.user.create({ data: { email, displayName }, select: { id: true } });
  return user.id;
}

/** Makes a user a member of a tenant, or gives a member the roles in addition. */
export async function joinTenant(
  tx: AuthenticatorTx,
  join: {
    readonly tenantId: string;
    readonly userId: string;
    readonly roles: readonly MemberRole[];
    readonly at: Date;
    readonly how: string;
  },
): Promise<void> {
  const where = { tenantId_userId: { tenantId: join.tenantId, userId: join.userId } };
  const known = await tx.member.findUnique({ where });
  const before = known?.state === 'active' ? known.roles : [];
  const roles = [...new Set([...before, ...join.roles])];
  if (known) await tx.member.update({ where, data: { roles, state: 'active' } });
  else await tx.member.create({ data: { tenantId: join.tenantId, userId: join.userId, roles } });
  await appendAdminReceipt(tx, {
    tenantId: join.tenantId,
    actorUserId: join.userId,
    action: 'member.join',
    subjectKind: 'user',
    subjectId: join.userId,
    summary: { roles, how: join.how },
    at: join.at,
  });
}
