import type { SseWriter } from '../wire/sse-writer.ts';
import { streamLimits } from '../wire/stream-limits.ts';
import type { PostOffice } from './post-office.ts';

/** Writers whose reader is connected to another worker, and readers here whose stream is held elsewhere. */
export interface RemoteStreams {
  /** Writes to a reader that another worker holds. */
  writerTo(mailbox: string, attach: string): SseWriter;
  /** Takes what comes for a reader here, until it is gone. */
  receive(attach: string, writer: SseWriter): void;
  forget(attach: string): void;
}

const chunkTimeoutMs = streamLimits.slowReaderMs + 5_000;

/** Makes both ends. Each piece is acknowledged, so a slow reader there holds back the stream here. */
export function createRemoteStreams(post: PostOffice): RemoteStreams {
  const readers = new Map<string, SseWriter>();
  const writers = new Map<string, () => void>();
  post.on('chunk', async ({ attach, text, isLast }) => {
    const reader = readers.get(attach);
    if (!reader?.isOpen()) return false;
    if (isLast) reader.end(text === '' ? undefined : text);
    else await reader.write(text);
    return true;
  });
  post.on('detach', ({ attach }) => writers.get(attach)?.());
  return {
    receive: (attach, writer) => void readers.set(attach, writer),
    forget: (attach) => void readers.delete(attach),
    writerTo(mailbox, attach) {
      let isOpen = true;
      let behind = 0;
      let queue: Promise<void> = Promise.resolve();
      let onClosed: (() => void) | undefined;
      const close = (): void => {
        if (!isOpen) return;
        isOpen = false;
        writers.delete(attach);
        onClosed?.();
      };
      const pass = async (text: string, isLast: boolean): Promise<void> => {
        if (!isOpen) return;
        const taken = await post.request(
          mailbox,
          'chunk',
          { attach, text, isLast },
          { timeoutMs: chunkTimeoutMs },
        );
        behind -= text.length;
        if (isLast || taken.kind !== 'answer' || taken.body !== true) close();
      };
      writers.set(attach, close);
      return {
        isOpen: () => isOpen,
        write(text) {
          behind += text.length;
          if (behind > streamLimits.maxBehindBytes) close();
          queue = queue.then(() => pass(text, false));
          return queue;
        },
        end(text = '') {
          queue = queue.then(() => pass(text, true));
        },
        onClose(closed) {
          onClosed = closed;
        },
      };
    },
  };
}
