import type { AnonymousFrame } from '@sallyport/ledger';

/** Counts refusals of callers nobody knows: a flood of them is one small frame per window, reason and source. */
export interface AnonymousCounter {
  count(code: string, sourcePrefix: string): void;
  /** Writes what was counted and begins anew. */
  flush(): void;
  stop(): void;
}

const maxEntries = 1_000;

/** Starts counting; every window's counts are handed on when it ends. */
export function createAnonymousCounter(input: {
  readonly windowMs: number;
  readonly nowMs: () => number;
  readonly write: (frame: AnonymousFrame) => void;
}): AnonymousCounter {
  const { windowMs, nowMs, write } = input;
  let counts = new Map<string, { readonly code: string; readonly sourcePrefix: string; count: number }>();
  const flush = (): void => {
    const ended = counts;
    counts = new Map();
    for (const entry of ended.values()) write({ kind: 'anonymous', at: nowMs(), windowMs, ...entry });
  };
  const timer = setInterval(flush, windowMs);
  timer.unref();
  return {
    count(code, prefix) {
      const isFull = counts.size >= maxEntries;
      let key = `${code} ${prefix}`;
      let entry = counts.get(key);
      if (!entry && isFull) {
        // Sources beyond the limit share one entry per reason.
        key = `${code} *`;
        entry = counts.get(key);
      }
      if (entry) entry.count += 1;
      else counts.set(key, { code, sourcePrefix: isFull ? 'other' : prefix, count: 1 });
    },
    flush,
    stop() {
      clearInterval(timer);
      flush();
    },
  };
}
