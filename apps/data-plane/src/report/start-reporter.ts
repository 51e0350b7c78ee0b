import { connectRedis, publishWorkerReport, removeWorkerReport } from '@sallyport/bus';
import type { Logger } from '@sallyport/telemetry';
import { collectReport, type ReportSources } from './collect-report.ts';

export interface ReporterInput {
  readonly redisUrl: string;
  readonly workerId: string;
  readonly sources: ReportSources;
  readonly log: Logger;
  readonly everyMs?: number;
}

const defaultEveryMs = 2_000;
const errorLogEveryMs = 60_000;

/** Tells every two seconds what this worker sees of upstreams and streams. No call waits for it; Redis may be away. */
export function startReporter(input: ReporterInput): { stop(): Promise<void> } {
  const { workerId, sources, log } = input;
  let lastErrorAt = Number.NEGATIVE_INFINITY;
  const onError = (err: Error): void => {
    if (Date.now() - lastErrorAt < errorLogEveryMs) return;
    lastErrorAt = Date.now();
    log.warn({ err }, 'the report of this worker could not be sent');
  };
  const redis = connectRedis({
    url: input.redisUrl,
    kind: 'command',
    name: `${workerId}-report`,
    onError: () => {},
  });
  let isSending = false;
  const send = async (): Promise<void> => {
    if (isSending || redis.status !== 'ready') return;
    isSending = true;
    try {
      await publishWorkerReport(redis, { workerId, atMs: Date.now(), tenants: collectReport(sources) });
    } catch (error) {
      onError(error instanceof Error ? error : new Error('thrown'));
    } finally {
      isSending = false;
    }
  };
  const timer = setInterval(() => void send(), input.everyMs ?? defaultEveryMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      if (redis.status === 'ready') await removeWorkerReport(redis, workerId).catch(() => {});
      redis.disconnect();
    },
  };
}
