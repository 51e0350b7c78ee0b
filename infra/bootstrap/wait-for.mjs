import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a condition holds; false when it did not within the time. */
export const waitFor = async (condition, timeoutMs, stepMs = 50) => {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    if (await condition()) return true;
    await sleep(stepMs);
  }
  return false;
};
