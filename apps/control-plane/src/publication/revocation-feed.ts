import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';

/** Older marks are in every snapshot that a worker may still hold. */
const keepMs = 35 * 24 * 3_600_000;

/** Brings signed revocations to the workers: the list of live marks, and the new ones as events. */
export class RevocationFeed {
  /** Highest sequence announced per tenant since this process started. */
  private readonly announced = new Map<string, number>();

  constructor(
    private readonly db: Database,
    private readonly bus: Bus,
    private readonly nowMs: () => number,
  ) {}

  /** Sends a tenant's new marks, and the whole list for workers that start later. */
  async push(tenantId: string): Promise<void> {
    const rows = await this.read(tenantId);
    const headSeq = rows.at(-1)?.seq ?? 0;
    const from = this.announced.get(tenantId) ?? 0;
    const appended = rows.filter((row) => row.seq > from).map((row) => row.envelope);
    const active = rows.map((row) => row.envelope);
    await this.bus.sendRevocations(tenantId, active, appended);
    this.announced.set(tenantId, Math.max(from, headSeq));
  }

  /** Puts the list of a tenant back when Redis does not hold all of it. */
  async heal(tenantId: string, held: readonly string[]): Promise<boolean> {
    const rows = await this.read(tenantId);
    const newest = rows.at(-1);
    if (!newest || held.includes(newest.envelope)) return false;
    await this.bus.restoreRevocations(
      tenantId,
      rows.map((row) => row.envelope),
    );
    return true;
  }

  private read(tenantId: string) {
    const since = new Date(this.nowMs() - keepMs);
    return this.db.withSystem('publisher', (tx) =>
      tx.revocation.findMany({
        where: { tenantId, createdAt: { gte: since } },
        orderBy: { seq: 'asc' },
        select: { seq: true, envelope: true },
      }),
    );
  }
}
