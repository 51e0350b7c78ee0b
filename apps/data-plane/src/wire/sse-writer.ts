import type { ServerResponse } from 'node:http';
import { sseKeepAlive } from '@sallyport/mcp';
import type { KeepAlive } from './keep-alive.ts';
import { streamLimits } from './stream-limits.ts';

/** Where the events of a stream go. */
export interface SseWriter {
  /** Takes text that is already in the form of events; a promise while the reader is behind. */
  write(text: string): Promise<void> | undefined;
  end(text?: string): void;
  isOpen(): boolean;
  /** Called once, when the reader is gone or everything was handed over. */
  onClose(closed: () => void): void;
}

export const streamHead = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

/** A comment: some clients wait for a first byte before they believe in a stream. */
const firstByte = ': open\n\n';

/** Turns a response into a stream of events; its first byte leaves at once. */
export function openSseResponse(
  res: ServerResponse,
  keepAlive: KeepAlive,
  headers: Readonly<Record<string, string>> = {},
): SseWriter {
  res.writeHead(200, { ...headers, ...streamHead });
  res.write(firstByte);
  const quiet = {
    keepAlive: () => {
      if (res.writableLength === 0 && !res.writableEnded) res.write(sseKeepAlive);
    },
  };
  let slow: NodeJS.Timeout | undefined;
  let drained: Promise<void> | undefined;
  keepAlive.add(quiet);
  res.once('close', () => {
    keepAlive.remove(quiet);
    clearTimeout(slow);
  });
  const isOpen = (): boolean => !res.destroyed && !res.writableEnded;
  /** One wait for all who write meanwhile; past its time the reader is cut. */
  const untilDrained = (): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(slow);
        res.off('drain', finish);
        res.off('close', finish);
        drained = undefined;
        resolve();
      };
      slow = setTimeout(() => res.destroy(), streamLimits.slowReaderMs);
      res.once('drain', finish);
      res.once('close', finish);
    });
  return {
    isOpen,
    write(text) {
      if (!isOpen()) return undefined;
      if (res.write(text)) return undefined;
      if (res.writableLength > streamLimits.maxBehindBytes && drained !== undefined) res.destroy();
      drained ??= untilDrained();
      return drained;
    },
    end(text) {
      if (isOpen()) res.end(text);
    },
    onClose: (closed) => void res.once('close', closed),
  };
}
