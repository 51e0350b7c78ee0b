import type { Logger } from '@sallyport/telemetry';
import type { RunKey } from './vet/run-facts.ts';

/** Tells the control plane that a run has ended. A lost call is made again by the reconciler. */
export type NotifyControlPlane = (run: RunKey) => Promise<void>;

interface NotifyInput {
  readonly url: string;
  readonly token: string;
  readonly log: Logger;
  readonly timeoutMs?: number;
}

/** Builds the call. The control plane is our own process on its internal port, so it is not called through `outbound`. */
export function createNotifier({ url, token, log, timeoutMs = 5_000 }: NotifyInput): NotifyControlPlane {
  return async (run) => {
    try {
      const response = await fetch(new URL('/internal/vet-finished', url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(run),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      await response.body?.cancel();
      if (!response.ok)
        log.warn({ runId: run.runId, status: response.status }, 'the control plane did not take a result');
    } catch (err) {
      log.warn({ err, runId: run.runId }, 'the control plane was not told of a result');
    }
  };
}
