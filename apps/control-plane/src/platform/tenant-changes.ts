import { type AdminReceipt, appendAdminReceipt, appendOutbox } from '@sallyport/db';
import type { Clock } from '@sallyport/kernel';
import type { RevocationKind } from '@sallyport/snapshot';
import type { Actor } from '../access/session.ts';
import type { LiveType } from '../live/live-hub.ts';
import { recordRevocation } from '../publication/record-revocation.ts';
import type { SignRevocation } from '../publication/revocation-signer.ts';
import type { Database, TenantTx } from './database.ts';

/** Who changes something: a member, or the control plane itself (`userId` null). */
export type Author = Pick<Actor, 'tenantId'> & { readonly userId: string | null };

type Act = Pick<AdminReceipt, 'action' | 'summary'> & {
  readonly subjectKind: string;
  readonly subjectId: string;
};

/** What happens once a change is committed; none of it may undo the change. */
export interface AfterCommit {
  live(tenantId: string, type: LiveType, id: string): void;
  /** Configuration changed: the publisher looks at the outbox now instead of at its next turn. */
  wakePublisher(): void;
  /** A revocation was committed: it goes out at once. */
  pushRevocations(tenantId: string): Promise<void>;
}

/** One change in its transaction. */
export class Change {
  readonly lives: { type: LiveType; id: string }[] = [];
  /** Set by `receipt`, or by work that found nothing to change. */
  hasReceipt = false;
  hasConfig = false;
  lastRevSeq: number | undefined;

  constructor(
    readonly tx: TenantTx,
    readonly author: Author,
    readonly at: Date,
    private readonly sign: SignRevocation,
  ) {}

  /** Notes who did what; without one the change is refused. */
  async receipt(act: Act): Promise<void> {
    const { tenantId, userId } = this.author;
    await appendAdminReceipt(this.tx, { ...act, tenantId, actorUserId: userId, at: this.at });
    this.hasReceipt = true;
  }

  /** Says that what workers run on has changed. */
  async config(note: string): Promise<void> {
    const { tenantId, userId } = this.author;
    const payload = { note, by: userId };
    await appendOutbox(this.tx, { tenantId, kind: 'config', payload });
    this.hasConfig = true;
  }

  /** Revokes a subject as of now; live on the workers within a second of the commit. */
  async revoke(kind: RevocationKind, subject: string, reason: string): Promise<number> {
    const { tenantId, userId } = this.author;
    const request = { tenantId, kind, subject, reason, actorUserId: userId, at: this.at };
    this.lastRevSeq = await recordRevocation(this.tx, this.sign, request);
    return this.lastRevSeq;
  }

  /** Screens showing this may load again once the change is committed. */
  live(type: LiveType, id: string): void {
    this.lives.push({ type, id });
  }
}

/** The one way to change a tenant's rows: change, receipt and outbox in one transaction, then the events. */
export class TenantChanges {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly sign: SignRevocation,
    private readonly after: AfterCommit,
  ) {}

  async run<T>(author: Author, work: (change: Change) => Promise<T>): Promise<T> {
    const { change, result } = await this.db.withTenant(author.tenantId, async (tx) => {
      const made = new Change(tx, author, new Date(this.clock.nowMs()), this.sign);
      const value = await work(made);
      // Invariant: no administration without a receipt; forgetting one rolls the change back.
      if (!made.hasReceipt) throw new Error('a change without a receipt');
      return { change: made, result: value };
    });
    if (change.lastRevSeq !== undefined) await this.after.pushRevocations(author.tenantId);
    if (change.hasConfig) this.after.wakePublisher();
    for (const event of change.lives) this.after.live(author.tenantId, event.type, event.id);
    return result;
  }
}
