/** Which clock ran out. */
export type ClockReason = 'deadline' | 'body_idle' | 'held';

export interface Clocks {
  bodyBegins(): void;
  bodyGoesOn(): void;
  hold(limitMs: number): void;
  release(deadlineMs: number): void;
  clear(): void;
}

/** The clocks of one exchange: its deadline, the silence in its body, and how long it may be held. */
export function createClocks(
  given: { readonly deadlineMs: number; readonly idleMs: number },
  onOut: (reason: ClockReason, limitMs: number) => void,
): Clocks {
  const start = (reason: ClockReason, ms: number): NodeJS.Timeout =>
    setTimeout(() => onOut(reason, ms), Math.min(ms, longestTimerMs));
  let main = start('deadline', given.deadlineMs);
  let idle: NodeJS.Timeout | undefined;
  let isCleared = false;
  const watchIdle = (deadlineMs: number): void => {
    // A deadline that is nearer than the longest silence needs no second timer.
    if (deadlineMs > given.idleMs) idle = start('body_idle', given.idleMs);
  };
  const stop = (): void => {
    clearTimeout(main);
    clearTimeout(idle);
    idle = undefined;
  };
  return {
    bodyBegins: () => watchIdle(given.deadlineMs),
    bodyGoesOn() {
      idle?.refresh();
    },
    hold(limitMs) {
      if (isCleared) return;
      stop();
      main = start('held', limitMs);
    },
    release(deadlineMs) {
      if (isCleared) return;
      stop();
      main = start('deadline', deadlineMs);
      watchIdle(deadlineMs);
    },
    clear() {
      isCleared = true;
      stop();
    },
  };
}

/** A timer beyond this fires at once. */
const longestTimerMs = 2_147_483_647;
