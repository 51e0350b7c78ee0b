import type { Prisma } from './generated/client.ts';

/** The part of a Prisma transaction that appending needs; every Prisma door has it. */
interface Appender {
  readonly outbox: {
    createMany(args: { data: Prisma.OutboxCreateManyInput[] }): PromiseLike<{ count: number }>;
  };
  readonly receipt: {
    createMany(args: { data: Prisma.ReceiptCreateManyInput[] }): PromiseLike<{ count: number }>;
  };
}

export interface OutboxEntry {
  /** `null` for the installation. */
  readonly tenantId: string | null;
  readonly kind: string;
  readonly payload?: Prisma.InputJsonValue;
}

/** Leaves word of a change in its own transaction; the publisher acts on it after the commit. */
export async function appendOutbox(tx: Appender, ...entries: readonly OutboxEntry[]): Promise<void> {
  await tx.outbox.createMany({
    data: entries.map(({ tenantId, kind, payload }) => ({ tenantId, kind, payload: payload ?? {} })),
  });
}

export interface AdminReceipt {
  readonly tenantId: string;
  readonly at: Date;
  /** `policy.update`, `server.register`, … */
  readonly action: string;
  readonly actorUserId: string | null;
  readonly subjectKind?: string;
  readonly subjectId?: string;
  readonly outcome?: 'ok' | 'denied' | 'error';
  readonly summary?: Prisma.InputJsonValue;
}

/** Writes the audit record of an administrative act beside the act, in its transaction. */
export async function appendAdminReceipt(tx: Appender, receipt: AdminReceipt): Promise<void> {
  await tx.receipt.createMany({
    data: [{ ...receipt, outcome: receipt.outcome ?? 'ok', kind: 'admin', phase: 'event' }],
  });
}
