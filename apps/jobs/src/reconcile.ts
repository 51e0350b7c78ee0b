import type { JobQueue } from '@sallyport/bus';
import type { Database } from '@sallyport/db';
import type { Logger } from '@sallyport/telemetry';
import type { NotifyControlPlane } from './notify-control-plane.ts';

export interface ReconcileInput {
  readonly db: Database;
  readonly queues: { readonly vet: JobQueue<'vet'>; readonly recheck: JobQueue<'recheck'> };
  readonly notify: NotifyControlPlane;
  readonly nowMs: () => number;
  /** A running run that was silent for so long has lost its process. */
  readonly staleMs: number;
  /** A queued run, or a result nobody took in, is looked at after this. */
  readonly graceMs: number;
  readonly log: Logger;
}

export interface Reconciled {
  readonly enqueued: number;
  readonly notified: number;
}

const batch = 500;
const maxAttempts = 8;

/**
 * Compares what Postgres says is due with what the queue holds and enqueues what is missing. Nothing else is needed
 * after Redis lost everything.
 */
export async function reconcile(input: ReconcileInput): Promise<Reconciled> {
  const { db, nowMs, staleMs, graceMs } = input;
  const stale = new Date(nowMs() - staleMs);
  const recent = new Date(nowMs() - graceMs);
  const found = await db.withSystem('scheduler', async (tx) => ({
    due: await tx.vetRun.findMany({
      where: {
        OR: [
          { state: 'queued', heartbeatAt: { lt: recent } },
          { state: 'running', heartbeatAt: { lt: stale } },
        ],
      },
      orderBy: { createdAt: 'asc' },
      take: batch,
    }),
    untold: await tx.vetRun.findMany({
      where: { state: { in: ['finished', 'failed'] }, consumedAt: null, endedAt: { lt: recent } },
      orderBy: { createdAt: 'asc' },
      take: batch,
    }),
  }));
  let enqueued = 0;
  for (const run of found.due) {
    if (run.attempts >= maxAttempts) await giveUp(input, run);
    else if (await enqueueMissing(input, run)) enqueued += 1;
  }
  for (const run of found.untold) await input.notify({ tenantId: run.tenantId, runId: run.id });
  if (enqueued > 0) input.log.info({ enqueued }, 'runs without a job were enqueued');
  return { enqueued, notified: found.untold.length };
}

interface DueRun {
  readonly tenantId: string;
  readonly id: string;
  readonly kind: 'vet' | 'recheck';
}

async function enqueueMissing({ queues }: ReconcileInput, run: DueRun): Promise<boolean> {
  const queue = queues[run.kind];
  if (await queue.holds(run.id)) return false;
  await queue.enqueue({ tenantId: run.tenantId, runId: run.id });
  return true;
}

/** A run that took its process with it again and again must not do so for ever. */
async function giveUp({ db, nowMs, log }: ReconcileInput, { tenantId, id }: DueRun): Promise<void> {
  const error = `Given up after ${maxAttempts} attempts.`;
  await db.withSystem('scheduler', (tx) =>
    tx.vetRun.updateMany({
      where: { tenantId, id, state: { in: ['queued', 'running'] } },
      data: { state: 'failed', error, endedAt: new Date(nowMs()) },
    }),
  );
  log.error({ runId: id }, error);
}
