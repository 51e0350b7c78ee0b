/** Puts what was written on the disk itself, many frames at once. */
export interface GroupSync {
  /** Something was written. */
  touch(): void;
  /** Resolves when all that was written before is on the disk. */
  wait(): Promise<void>;
  close(): Promise<void>;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** One sync at a time: in the background every so often, at once where somebody waits. */
export function createGroupSync(input: {
  readonly everyMs: number;
  readonly sync: (done: (error: Error | null) => void) => void;
  readonly onError: (error: Error) => void;
}): GroupSync {
  let isDirty = false;
  let isRunning = false;
  let waiting: Waiter[] = [];
  const run = (): void => {
    if (isRunning || !isDirty) return;
    isRunning = true;
    isDirty = false;
    const served = waiting;
    waiting = [];
    input.sync((error) => {
      isRunning = false;
      if (error) input.onError(error);
      for (const waiter of served)
        if (error) waiter.reject(error);
        else waiter.resolve();
      if (waiting.length > 0) run();
    });
  };
  const timer = setInterval(run, input.everyMs);
  timer.unref();
  const wait = (): Promise<void> =>
    new Promise((resolve, reject) => {
      isDirty = true;
      waiting.push({ resolve, reject });
      run();
    });
  return {
    touch: () => {
      isDirty = true;
    },
    wait,
    async close() {
      clearInterval(timer);
      await wait();
    },
  };
}
