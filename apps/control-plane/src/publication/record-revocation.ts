import { appendOutbox } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { RevocationKind } from '@sallyport/snapshot';
import type { OperatorTx, TenantTx } from '../platform/database.ts';
import type { SignRevocation } from './revocation-signer.ts';

/** Both doors that may revoke. */
type RevocationTx =
  | Pick<TenantTx, '$queryRaw' | 'publicationHead' | 'revocation' | 'outbox' | 'receipt'>
  | OperatorTx;

export interface RevocationRequest {
  readonly tenantId: string;
  readonly kind: RevocationKind;
  readonly subject: string;
  readonly reason: string;
  readonly actorUserId: string | null;
  readonly at: Date;
}

/**
 * Writes a signed revocation in the transaction of the change that causes it and returns its sequence number.
 * The head's row is locked, so numbers have no gap: a worker that misses one sees that it did.
 */
export async function recordRevocation(
  tx: RevocationTx,
  sign: SignRevocation,
  request: RevocationRequest,
): Promise<number> {
  const { tenantId, kind, subject, at } = request;
  const heads = await tx.$queryRaw<{ rev_seq: number }[]>`
    SELECT rev_seq FROM publication_head WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
  const head = heads[0];
  if (!head) throw new AppError('not_found');
  const seq = head.rev_seq + 1;
  await tx.publicationHead.updateMany({ where: { tenantId }, data: { revSeq: seq } });
  await tx.revocation.createMany({
    data: [
      {
        tenantId,
        seq,
        kind,
        subject,
        notBefore: at,
        envelope: sign({ tenantId, seq, kind, subject, notBeforeMs: at.getTime() }),
        reason: request.reason,
        createdBy: request.actorUserId,
      },
    ],
  });
  await appendOutbox(tx, { tenantId, kind: 'revocation', payload: { seq } });
  return seq;
}
