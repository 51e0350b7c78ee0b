import cluster from 'node:cluster';
import { createLogger } from '@sallyport/telemetry';
import { type Env, readEnv } from './env.ts';
import { runWorker } from './run-worker.ts';

const env = readEnv(process.env);
if (cluster.isPrimary) runPrimary(env);
else await runChild(env);

/** Keeps the workers: one process each, a dead one is replaced at once, later each time it keeps dying. */
function runPrimary(settings: Env): void {
  const log = createLogger({ name: 'data-plane', level: settings.LOG_LEVEL });
  // The kernel hands out connections, not this process: one handed to a worker that dies at that very moment would
  // hang for ever, while an unaccepted one in the shared queue is taken by the next.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const startedAt = new Map<number, number>();
  // A small nursery: less memory, shorter pauses. What outlives it is mostly of one call and soon dead: the old space
  // may grow by half of what lives, not to four times of it, before it is swept. Figures: docs/performance.md.
  const memory = ['--max-semi-space-size=8', '--heap-growing-percent=50'];
  const heap = settings.WORKER_HEAP_MB;
  const limit = heap === undefined ? [] : [`--max-old-space-size=${heap}`];
  cluster.setupPrimary({ execArgv: [...process.execArgv, ...memory, ...limit] });
  let isStopping = false;
  const fork = (index: number): void => {
    startedAt.set(index, Date.now());
    const worker = cluster.fork({ WORKER_INDEX: String(index) });
    worker.on('exit', (code, signal) => {
      if (isStopping) return;
      const lived = Date.now() - (startedAt.get(index) ?? 0);
      // One that ends itself again and again waits; one that was killed is needed back at once.
      const delayMs = signal === null && lived < 5_000 ? 1_000 : 0;
      log.error({ index, code, signal, lived }, 'a worker ended; it is replaced');
      setTimeout(() => {
        if (!isStopping) fork(index);
      }, delayMs);
    });
  };
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
    const ended = setInterval(() => {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
    }, 20);
    setTimeout(
      () => {
        clearInterval(ended);
        for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
        process.exit(1);
      },
      settings.DRAIN_MS * 2 + 5_000,
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (settings.SALLYPORT_PARENT_PIPE === '1') process.stdin.on('end', stop).on('error', stop).resume();
  for (let index = 0; index < settings.WORKERS; index += 1) fork(index);
}

async function runChild(settings: Env): Promise<void> {
  const log = createLogger({ name: `worker-${settings.WORKER_INDEX}`, level: settings.LOG_LEVEL });
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'the worker cannot go on');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  let running: { stop(): Promise<void> } | undefined;
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    if (!running) process.exit(0);
    running.stop().then(() => process.exit(0), die);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A killed primary leaves no worker behind.
  process.on('disconnect', stop);
  running = await runWorker(settings);
}
