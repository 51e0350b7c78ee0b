import { AppError } from '@sallyport/kernel';

/** A response body: read once, as a stream or whole. */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  /** The whole body; bounded by the call's limit. */
  bytes(): Promise<Buffer>;
  /** Stops reading and frees the connection. */
  cancel(): void;
  /** Whether the last byte has come, read or not. */
  isWhole(): boolean;
}

export interface BodySource {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
}

export interface BodySink {
  readonly body: ResponseBody;
  push(chunk: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
}

/** Bytes waiting for a slow reader before the upstream is paused. */
const highWaterBytes = 256 * 1024;

/** A queue between the wire and one reader, with back-pressure. */
export function createBody(source: BodySource): BodySink {
  let chunks: Uint8Array[] = [];
  let waitingBytes = 0;
  let isPaused = false;
  let isEnded = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  let wantsAll = false;

  const notify = (): void => {
    const resolve = wake;
    wake = undefined;
    resolve?.();
  };
  const cancel = (): void => {
    if (isEnded || failure) return;
    failure = new AppError('internal_error', 'the body was cancelled');
    chunks = [];
    source.cancel();
    notify();
  };
  const take = (): Uint8Array[] => {
    const taken = chunks;
    chunks = [];
    waitingBytes = 0;
    if (isPaused) {
      isPaused = false;
      source.resume();
    }
    return taken;
  };
  const arrival = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  async function* iterate(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        if (chunks.length > 0) yield* take();
        else if (failure) throw failure;
        else if (isEnded) return;
        else await arrival();
      }
    } finally {
      cancel();
    }
  }
  return {
    body: {
      [Symbol.asyncIterator]: iterate,
      cancel,
      isWhole: () => isEnded,
      async bytes() {
        wantsAll = true;
        const kept = take();
        while (!isEnded && !failure) {
          await arrival();
          for (const chunk of take()) kept.push(chunk);
        }
        if (failure) throw failure;
        const [only] = kept;
        return kept.length === 1 && Buffer.isBuffer(only) ? only : Buffer.concat(kept);
      },
    },
    push(chunk) {
      if (failure) return;
      chunks.push(chunk);
      waitingBytes += chunk.length;
      if (!wantsAll && !isPaused && waitingBytes > highWaterBytes) {
        isPaused = true;
        source.pause();
      }
      // Whoever wants all is woken once, at the end.
      if (!wantsAll) notify();
    },
    end() {
      isEnded = true;
      notify();
    },
    fail(error) {
      if (isEnded) return;
      failure ??= error;
      notify();
    },
  };
}
