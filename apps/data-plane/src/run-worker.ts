import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import { createVerifier } from '@sallyport/vault';
import { openConfigStore } from './config/config-store.ts';
import { followConfig, loadStoredConfig } from './config/follow-config.ts';
import type { Env } from './env.ts';
import { loadDetector } from './inspection/load-detector.ts';
import { startReporter } from './report/start-reporter.ts';
import { createWorker } from './worker.ts';

/** How long Redis is waited for: with a configuration on the disk, hardly. */
const firstLookMs = { withoutConfig: 2_000, withConfig: 300 };
const bindTries = 40;
const bindEveryMs = 50;

/** One worker process: disk, then Redis, then the ports. */
export async function runWorker(env: Env): Promise<{ stop(): Promise<void> }> {
  const index = env.WORKER_INDEX;
  const workerId = `worker-${index}`;
  const log = createLogger({ name: workerId, level: env.LOG_LEVEL });
  const stateDir = join(env.STATE_DIR, String(index));
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const store = openConfigStore(stateDir, log);
  const worker = createWorker({
    workerId,
    stateDir,
    log,
    detector: loadDetector(),
    verify: createVerifier(env.SNAPSHOT_PUBLIC_KEYS),
    sealPrivateKey: env.WORKER_SEAL_PRIVATE_KEY,
    bodySealKey: env.BODY_SEAL_PUBLIC_KEY,
    sessionHandleKey: env.SESSION_HANDLE_KEY,
    redisUrl: env.REDIS_URL,
    spoolKey: Buffer.from(env.SPOOL_KEY, 'base64'),
    ingest: { url: env.INGEST_URL, token: env.INGEST_TOKEN },
    allowedHosts: env.ALLOWED_HOSTS,
    ownPorts: env.OWN_PORTS,
    anonymousWindowMs: env.ANON_WINDOW_MS,
    pinMaxAgeMs: env.PIN_MAX_AGE_MS,
    spoolLimitBytes: env.SPOOL_LIMIT_MB * 1024 * 1024,
    drainMs: env.DRAIN_MS,
  });
  loadStoredConfig(worker.config, store, log);
  const port = env.WORKER_PORT_BASE + index;
  const follower = followConfig({
    config: worker.config,
    store,
    redisUrl: env.REDIS_URL,
    workerId,
    bootId: randomUUID(),
    port: () => port,
    onRevoked: worker.cutRevoked,
    log,
  });
  await follower.firstLook(worker.isReady() ? firstLookMs.withConfig : firstLookMs.withoutConfig);
  const reporter = startReporter({ redisUrl: env.REDIS_URL, workerId, sources: worker.report, log });
  await retryBind(() => worker.listenLoopback(port));
  await retryBind(() => worker.listenShared(env.DATA_PLANE_PORT));
  log.info({ port, shared: env.DATA_PLANE_PORT, ready: worker.isReady() }, 'listening');
  return {
    async stop() {
      await Promise.all([reporter.stop(), follower.stop(), worker.close()]);
      log.info('stopped');
    },
  };
}

/** A worker that was killed may hold its port for a moment more. */
async function retryBind(bind: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await bind();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries >= bindTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, bindEveryMs));
    }
  }
}
