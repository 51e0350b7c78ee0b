import { streamLimits } from './stream-limits.ts';

/** Something that must not fall silent. */
export interface Quiet {
  keepAlive(): void;
}

/** One timer for all open streams of a worker, a fifteenth of them each second. */
export interface KeepAlive {
  add(quiet: Quiet): void;
  remove(quiet: Quiet): void;
  stop(): void;
}

const tickMs = 1_000;

/** Starts the wheel. */
export function createKeepAlive(everyMs: number = streamLimits.keepAliveMs): KeepAlive {
  const slots = Array.from({ length: Math.max(1, Math.round(everyMs / tickMs)) }, () => new Set<Quiet>());
  let at = 0;
  const timer = setInterval(() => {
    at = (at + 1) % slots.length;
    for (const quiet of slots[at] ?? []) quiet.keepAlive();
  }, tickMs);
  timer.unref();
  return {
    // The slot that has its turn last: a new stream has just written something.
    add: (quiet) => void slots[at]?.add(quiet),
    remove: (quiet) => {
      for (const slot of slots) if (slot.delete(quiet)) return;
    },
    stop: () => clearInterval(timer),
  };
}
