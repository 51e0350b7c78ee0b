import type { WorkerAck } from '@sallyport/bus';
import type { Clock } from '@sallyport/kernel';
import type { Bus } from '../platform/bus.ts';

export interface AckCount {
  readonly revSeq: number;
  readonly acked: number;
  readonly total: number;
  /** Workers that were not heard in time, or have not confirmed. */
  readonly blind: readonly string[];
}

export interface SeenRefusal {
  readonly worker: string;
  readonly version: number | null;
  readonly reason: string;
  readonly at: Date;
}

const pollMs = 20;
const cacheMs = 250;
const waitMs = 1_500;
const rememberMs = 15 * 60_000;

/** What the workers say they run on. */
export class WorkerAcks {
  /** Refusals seen lately, by tenant: the worker's own word fades when the next good version arrives. */
  private readonly refusals = new Map<string, Map<string, SeenRefusal>>();

  private cached: Promise<readonly WorkerAck[]> = Promise.resolve([]);
  private cachedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  /** Workers seen lately; none when Redis cannot be asked. */
  async read(): Promise<readonly WorkerAck[]> {
    try {
      const workers = await this.bus.workers(this.clock.nowMs());
      for (const worker of workers) this.remember(worker);
      return workers;
    } catch {
      return [];
    }
  }

  /** The same for screens that ask for many tenants at once: at most a quarter of a second old. */
  recent(): Promise<readonly WorkerAck[]> {
    const now = this.clock.nowMs();
    if (now - this.cachedAtMs > cacheMs) {
      this.cachedAtMs = now;
      this.cached = this.read();
    }
    return this.cached;
  }

  /** Waits a moment for every worker to confirm a revocation, and says how far it is, never more than is true. */
  async waitForRevocation(tenantId: string, revSeq: number): Promise<AckCount> {
    const until = this.clock.nowMs() + waitMs;
    for (;;) {
      const workers = await this.read();
      const blind = workers
        .filter((worker) => (worker.tenants.get(tenantId)?.rev ?? 0) < revSeq)
        .map((worker) => worker.workerId);
      const count = { revSeq, acked: workers.length - blind.length, total: workers.length, blind };
      // Without workers there is nobody to wait for: 0 of 0 is what is true.
      if (blind.length === 0 || this.clock.nowMs() >= until) return count;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Waits a moment until every worker runs a version. */
  async waitForVersion(tenantId: string, version: number): Promise<void> {
    const until = this.clock.nowMs() + waitMs;
    for (;;) {
      const workers = await this.read();
      const isLive = workers.every((w) => (w.tenants.get(tenantId)?.v ?? 0) >= version);
      if (isLive || this.clock.nowMs() >= until) return;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Envelopes that workers refused lately, newest first. */
  refusalsOf(tenantId: string): readonly SeenRefusal[] {
    const since = this.clock.nowMs() - rememberMs;
    const seen = [...(this.refusals.get(tenantId)?.values() ?? [])];
    return seen
      .filter((refusal) => refusal.at.getTime() >= since)
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, 20);
  }

  private remember(worker: WorkerAck): void {
    for (const [tenantId, ack] of worker.tenants) {
      if (ack.state !== 'refused') continue;
      const known = this.refusals.get(tenantId) ?? new Map<string, SeenRefusal>();
      const name = `${worker.workerId}|${ack.offered}|${ack.reason}`;
      known.set(name, {
        worker: worker.workerId,
        version: ack.offered,
        reason: ack.reason,
        at: new Date(ack.at),
      });
      if (known.size > 100) known.delete(known.keys().next().value ?? '');
      this.refusals.set(tenantId, known);
    }
  }
}
