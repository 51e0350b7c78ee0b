import { AppError } from '@sallyport/kernel';
import type { RpcMessage } from '@sallyport/mcp';
import type { Inbox } from './inbox.ts';
import { protocolError } from './read-rpc.ts';

/** The inbox of one request among many on one stream. */
export interface ChannelInbox extends Inbox {
  /** `bytes`: how much of the stream it took. */
  push(message: RpcMessage, bytes: number): void;
  fail(error: Error): void;
}

/** Messages that wait for a slow reader; its stream is shared, so it cannot be held back for one. */
const maxWaiting = 1_000;
const maxWaitingBytes = 8 * 1024 * 1024;

/** Makes an inbox with its own clock; `onLeft` runs once, when nothing more is wanted. */
export function createChannelInbox(given: {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onLeft: () => void;
}): ChannelInbox {
  let queue: RpcMessage[] = [];
  let queuedBytes = 0;
  let failure: Error | undefined;
  let isOver = false;
  let wake: (() => void) | undefined;
  const notify = (): void => {
    const resolve = wake;
    wake = undefined;
    resolve?.();
  };
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    given.signal?.removeEventListener('abort', onAbort);
    given.onLeft();
    notify();
  };
  const fail = (error: Error): void => {
    failure ??= error;
    over();
  };
  const onAbort = (): void => fail(timedOut('cancelled'));
  const start = (ms: number): NodeJS.Timeout => setTimeout(() => fail(timedOut('deadline')), ms);
  let timer = start(given.timeoutMs);
  const restart = (ms: number): void => {
    clearTimeout(timer);
    if (!isOver) timer = start(ms);
  };
  if (given.signal?.aborted) onAbort();
  given.signal?.addEventListener('abort', onAbort, { once: true });
  return {
    async next() {
      for (;;) {
        if (queue.length > 0) {
          const taken = queue;
          queue = [];
          queuedBytes = 0;
          return taken;
        }
        if (failure) throw failure;
        if (isOver) return undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    push(message, bytes) {
      if (isOver) return;
      queuedBytes += bytes;
      if (queue.length >= maxWaiting) return fail(protocolError('sse_maxEvents'));
      if (queuedBytes > maxWaitingBytes) return fail(protocolError('sse_maxTotalBytes'));
      queue.push(message);
      notify();
    },
    fail,
    hold: restart,
    release: restart,
    finish: over,
    close: over,
  };
}

function timedOut(reason: 'cancelled' | 'deadline'): AppError {
  return new AppError('timeout', undefined, { details: { reason, sent: true } });
}
