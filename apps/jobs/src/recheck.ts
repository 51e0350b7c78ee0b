import type { JobQueue } from '@sallyport/bus';
import type { Database } from '@sallyport/db';
import { isAppError } from '@sallyport/kernel';
import type { Logger } from '@sallyport/telemetry';

export interface RecheckInput {
  readonly db: Database;
  readonly queue: JobQueue<'recheck'>;
  readonly intervalMs: number;
  readonly nowMs: () => number;
  readonly log: Logger;
}

const batch = 1_000;

/**
 * Queues a re-check of every published server that has had no run within the interval. The run stands in Postgres
 * first, so that a lost queue loses nothing and two processes do not check twice.
 */
export async function queueRechecks(input: RecheckInput): Promise<number> {
  const { db, intervalMs, nowMs } = input;
  const since = new Date(nowMs() - intervalMs);
  const due = await db.withSystem('scheduler', (tx) =>
    tx.server.findMany({
      where: {
        state: 'published',
        tenant: { state: 'active' },
        runs: { none: { OR: [{ createdAt: { gt: since } }, { state: { in: ['queued', 'running'] } }] } },
      },
      orderBy: { id: 'asc' },
      select: { tenantId: true, id: true },
      take: batch,
    }),
  );
  let queued = 0;
  for (const server of due) if (await queueOne(input, server)) queued += 1;
  return queued;
}

async function queueOne(
  { db, queue, log }: RecheckInput,
  server: { readonly tenantId: string; readonly id: string },
): Promise<boolean> {
  const { tenantId } = server;
  try {
    const run = await db.withSystem('scheduler', (tx) =>
      tx.vetRun.create({ data: { tenantId, serverId: server.id, kind: 'recheck' } }),
    );
    await queue.enqueue({ tenantId, runId: run.id }).catch((err: unknown) => {
      log.warn({ err, runId: run.id }, 'the reconciler will enqueue this re-check');
    });
    return true;
  } catch (cause) {
    // Another process was faster: a server has one run at a time.
    if (isAppError(cause) && cause.code === 'conflict') return false;
    throw cause;
  }
}
