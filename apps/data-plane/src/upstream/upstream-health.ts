import { isAppError } from '@sallyport/kernel';

/** Cheap counters of one upstream, as this worker sees it. */
export interface UpstreamHealth {
  ok(ms: number): void;
  failed(error: unknown): void;
  /** Something that is not an error of a call: a duplicate answer, an answer nobody asked for. */
  noteOddity(): void;
  read(): {
    readonly lastOkAt: number | null;
    readonly lastFailAt: number | null;
    readonly lastError: string | null;
    readonly p50Ms: number | null;
    readonly calls: number;
    readonly errors: number;
    readonly oddities: number;
  };
}

const kept = 64;

/** Makes the counters; the median is over the last 64 answers. */
export function createHealth(nowMs: () => number): UpstreamHealth {
  const times: number[] = [];
  let answers = 0;
  let calls = 0;
  let errors = 0;
  let oddities = 0;
  let lastOkAt: number | null = null;
  let lastFailAt: number | null = null;
  let lastError: string | null = null;
  return {
    ok(ms) {
      times[answers % kept] = ms;
      answers += 1;
      calls += 1;
      lastOkAt = nowMs();
    },
    failed(error) {
      // A caller that went away says nothing of the upstream.
      if (isAppError(error) && error.details.reason === 'cancelled') return;
      calls += 1;
      errors += 1;
      lastFailAt = nowMs();
      lastError = isAppError(error) ? error.code : 'internal_error';
    },
    noteOddity() {
      oddities += 1;
    },
    read() {
      const sorted = [...times].sort((a, b) => a - b);
      const p50Ms = sorted[sorted.length >> 1] ?? null;
      return { lastOkAt, lastFailAt, lastError, p50Ms, calls, errors, oddities };
    },
  };
}
