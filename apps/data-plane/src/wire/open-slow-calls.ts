import type { CallState } from '../call/call.ts';
import { streamLimits } from './stream-limits.ts';

/**
 * Opens the streams of calls that take long: something between us and the client may cut a connection on which
 * nothing moves. Gives how to stop.
 */
export function openSlowCalls(
  running: () => Iterable<CallState>,
  nowMs: () => number,
  slowMs: number = streamLimits.slowCallMs,
): () => void {
  const timer = setInterval(() => openThose(running(), nowMs() - slowMs), slowMs / 2);
  timer.unref();
  return () => clearInterval(timer);
}

function openThose(running: Iterable<CallState>, sinceMs: number): void {
  for (const call of running) {
    const isWaiting = call.hasIntent && call.subscription === null && call.answer === null;
    if (isWaiting && call.atMs <= sinceMs) call.sink.open();
  }
}
