import {
  connectRedis,
  type JobQueue,
  type LiveEvent,
  openJobQueue,
  publishEnvelope,
  publishLive,
  publishRevocations,
  readAcks,
  readAllRevocations,
  readEnvelope,
  readHeads,
  readWorkerReports,
  restoreRevocations,
  subscribeLive,
  untilReady,
  type WorkerAck,
} from '@sallyport/bus';
import type { VetQueue } from '../vetting/start-vetting.ts';

export interface BusInput {
  readonly url: string;
  readonly onError: (cause: Error) => void;
}

/** How long ago a worker must have spoken to count as one of the m in "n of m". */
export const workerSeenWithinMs = 15_000;

/** Everything the control plane says and hears through Redis. Any of it may fail; Postgres holds the truth. */
export class Bus implements VetQueue {
  private readonly redis;
  private readonly subscriber;
  private readonly queues: { readonly vet: JobQueue<'vet'>; readonly recheck: JobQueue<'recheck'> };

  constructor(private readonly input: BusInput) {
    const { url, onError } = input;
    this.redis = connectRedis({ url, onError, kind: 'command', name: 'control-plane' });
    this.subscriber = connectRedis({ url, onError, kind: 'subscriber', name: 'control-plane-live' });
    this.queues = {
      vet: openJobQueue('vet', { url, onError }),
      recheck: openJobQueue('recheck', { url, onError }),
    };
  }

  /** Gives Redis a moment at the start; without it the process runs all the same. */
  async settle(ms: number): Promise<void> {
    await untilReady(this.redis, ms).catch(() => {});
  }

  async enqueue(
    kind: 'vet' | 'recheck',
    job: { readonly tenantId: string; readonly runId: string },
  ): Promise<void> {
    await this.queues[kind].enqueue(job);
  }

  heads(): Promise<ReadonlyMap<string, number>> {
    return readHeads(this.redis);
  }

  async holdsEnvelope(tenantId: string, text: string): Promise<boolean> {
    const found = await readEnvelope(this.redis, tenantId);
    return found.kind === 'found' && found.text === text;
  }

  putEnvelope(tenantId: string, version: number, text: string): Promise<void> {
    return publishEnvelope(this.redis, { tenantId, version, text });
  }

  revocationLists(): Promise<ReadonlyMap<string, readonly string[]>> {
    return readAllRevocations(this.redis);
  }

  sendRevocations(tenantId: string, active: readonly string[], appended: readonly string[]): Promise<void> {
    return publishRevocations(this.redis, { tenantId, active, appended });
  }

  restoreRevocations(tenantId: string, active: readonly string[]): Promise<void> {
    return restoreRevocations(this.redis, { tenantId, active });
  }

  workers(nowMs: number): Promise<readonly WorkerAck[]> {
    return readAcks(this.redis, { nowMs, withinMs: workerSeenWithinMs });
  }

  /** What each worker sees of one tenant's upstreams and streams. */
  workerReports(tenantId: string, nowMs: number): ReturnType<typeof readWorkerReports> {
    return readWorkerReports(this.redis, { tenantId, nowMs });
  }

  publishLive(event: LiveEvent): Promise<void> {
    return publishLive(this.redis, event);
  }

  onLive(deliver: (event: LiveEvent) => void): void {
    subscribeLive(this.subscriber, deliver, this.input.onError);
  }

  async close(): Promise<void> {
    await Promise.all([this.queues.vet.close(), this.queues.recheck.close()]);
    this.redis.disconnect();
    this.subscriber.disconnect();
  }
}
