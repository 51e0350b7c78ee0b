export interface BackgroundTimer {
  /** Runs the work now, or joins a run under way. */
  run(): Promise<void>;
  /** Stops and waits for a run under way. */
  stop(): Promise<void>;
}

/** Repeats work with a pause in between, never twice at once; a failure is handed on and does not end it. */
export function startTimer(
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (cause: unknown) => void,
): BackgroundTimer {
  let running: Promise<void> | undefined;
  let isStopped = false;
  const run = (): Promise<void> => {
    running ??= work()
      .then(() => {}, onError)
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  let timer: NodeJS.Timeout;
  const schedule = (): void => {
    timer = setTimeout(() => {
      void run().finally(() => {
        if (!isStopped) schedule();
      });
    }, pauseMs);
  };
  schedule();
  return {
    run,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
