import { createHash } from 'node:crypto';
import { connectRedis, openJobQueue, openJobWorker } from '@sallyport/bus';
import { createDatabase } from '@sallyport/db';
import { createOutbound } from '@sallyport/outbound';
import type { Logger } from '@sallyport/telemetry';
import { createVault } from '@sallyport/vault';
import { startTimer } from './background-timer.ts';
import type { Env } from './env.ts';
import { createNotifier } from './notify-control-plane.ts';
import { createPrivateOrigins } from './private-origins.ts';
import { queueRechecks } from './recheck.ts';
import { type Reconciled, reconcile } from './reconcile.ts';
import { type VetLimits, vetLimits } from './vet/limits.ts';
import { createRunStore } from './vet/run-store.ts';
import { probeSandbox } from './vet/sandbox.ts';
import { type VetDependencies, vetRun } from './vet/vet-run.ts';

export interface Jobs {
  /** Compares Postgres with the queue now. */
  reconcileNow(): Promise<Reconciled>;
  /** Queues due re-checks now. */
  recheckNow(): Promise<number>;
  /** Lets running jobs end, then closes everything. */
  close(): Promise<void>;
}

const originsMs = 5_000;
const heartbeatMs = 10_000;
const vetConcurrency = 2;
const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const nowMs = (): number => Date.now();

/** Starts the jobs process: workers for vetting and re-checks, the re-check timer and the reconciler. */
export async function startJobs(env: Env, log: Logger, limits: VetLimits = vetLimits): Promise<Jobs> {
  const sandbox = await probeSandbox(env.VET_SANDBOX);
  log.info({ ...sandbox.facts, note: sandbox.note }, 'vetting sandbox');
  const db = await createDatabase({
    urls: { scheduler: env.DATABASE_URL_SCHEDULER },
    onConnectionError: (_door, err) => log.warn({ err }, 'a database connection broke'),
  });
  const origins = createPrivateOrigins(db);
  await origins.refresh();
  const onError = createQuietLogger(log);
  const bus = openBus(env.REDIS_URL, onError);
  const outbound = createOutbound({
    privateOrigins: origins.list,
    ownPorts: env.OWN_PORTS,
    clock: { nowMs },
  });
  const notify = createNotifier({ url: env.CONTROL_PLANE_INTERNAL_URL, token: env.INGEST_TOKEN, log });
  const deps: VetDependencies = {
    db,
    store: createRunStore({ db, sha256Hex, staleMs: env.RUN_STALE_MS, nowMs }),
    vault: createVault({ kek: env.VAULT_KEK }),
    outbound,
    privateOrigins: origins.list,
    sandbox,
    limits,
    redis: bus.redis,
    notify,
    sha256Hex,
    nowMs,
    log,
    heartbeatMs: Math.min(heartbeatMs, env.RUN_STALE_MS / 3),
  };
  const workers = openWorkers(env.REDIS_URL, onError, deps, () => origins.refresh());
  const { queues } = bus;
  const graceMs = Math.min(env.RUN_STALE_MS, 10_000);
  const reconcileNow = () =>
    reconcile({ db, queues, notify, nowMs, staleMs: env.RUN_STALE_MS, graceMs, log });
  const recheckNow = () =>
    queueRechecks({ db, queue: queues.recheck, intervalMs: env.RECHECK_INTERVAL_MS, nowMs, log });
  const timers = [
    startTimer(originsMs, () => origins.refresh(), onError),
    startTimer(env.RECONCILE_INTERVAL_MS, reconcileNow, onError),
    startTimer(Math.max(1_000, env.RECHECK_INTERVAL_MS / 10), recheckNow, onError),
  ];
  return {
    reconcileNow,
    recheckNow,
    close: async () => {
      await Promise.all(timers.map((timer) => timer.stop()));
      await Promise.all(workers.map((worker) => worker.close()));
      await bus.close();
      await outbound.close();
      await db.close();
    },
  };
}

function openBus(url: string, onError: (cause: Error) => void) {
  const redis = connectRedis({ url, onError, kind: 'command', name: 'jobs' });
  const queues = {
    vet: openJobQueue('vet', { url, onError }),
    recheck: openJobQueue('recheck', { url, onError }),
  };
  return {
    redis,
    queues,
    close: async () => {
      await Promise.all([queues.vet.close(), queues.recheck.close()]);
      redis.disconnect();
    },
  };
}

function openWorkers(
  url: string,
  onError: (cause: Error) => void,
  deps: VetDependencies,
  refresh: () => Promise<void>,
) {
  const shared = {
    url,
    onError,
    concurrency: vetConcurrency,
    process: async (
      run: { readonly tenantId: string; readonly runId: string },
      { isLastAttempt }: { readonly isLastAttempt: boolean },
    ) => {
      // An origin the operator has just allowed counts for the vetting that follows.
      await refresh();
      await vetRun(deps, run, isLastAttempt);
    },
  };
  return [openJobWorker('vet', shared), openJobWorker('recheck', shared)];
}

/** A Redis that is away says so many times a second; one line in ten seconds is enough. */
function createQuietLogger(log: Logger): (cause: unknown) => void {
  let lastMs = 0;
  let muted = 0;
  return (err) => {
    if (nowMs() - lastMs < 10_000) {
      muted += 1;
      return;
    }
    log.warn({ err, muted }, 'a background task failed');
    lastMs = nowMs();
    muted = 0;
  };
}
