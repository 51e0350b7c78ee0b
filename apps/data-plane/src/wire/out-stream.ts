import { writeSseEvent } from '@sallyport/mcp';
import type { SseWriter } from './sse-writer.ts';
import { streamLimits } from './stream-limits.ts';

/** Messages to one client, in order, over one connection after the other where the revision allows it. */
export interface OutStream {
  readonly id: string;
  readonly openedAt: number;
  /** Sends one JSON-RPC message; a promise while the client is behind. */
  push(message: string): Promise<void> | undefined;
  /** Sends the last message, if there is one, and closes. */
  end(message?: string): void;
  /** Goes on over a new connection, from what was numbered above `after`; false when some of that is gone. */
  attach(writer: SseWriter, after: number): boolean;
  isEnded(): boolean;
  /** Ended, or without a connection and not to be resumed any more. */
  isGone(nowMs: number): boolean;
  /** Bytes kept for a client that comes back. */
  keptBytes(): number;
  /** Gives up what was kept. */
  forget(): void;
}

interface Kept {
  readonly seq: number;
  readonly text: string;
}

export interface OutStreamInput {
  readonly id: string;
  readonly writer: SseWriter;
  /** First part of event ids; `null`: this revision resumes nothing. */
  readonly ref: string | null;
  /** 2025-11-25: an empty event first, so that the client can come back before anything happened. */
  readonly isPrimed: boolean;
  readonly nowMs: () => number;
  /** The connection broke, or another took its place. */
  readonly onConnection: (isConnected: boolean) => void;
  /** Called once: nothing more can be sent on this stream. */
  readonly onGone: () => void;
}

/** Opens a stream on a connection. */
export function createOutStream(input: OutStreamInput): OutStream {
  // Taken apart: a stream that waits for its client must not keep the first connection alive.
  const { id, ref, nowMs, onConnection, onGone } = input;
  const openedAt = nowMs();
  let kept: Kept[] = [];
  let keptBytes = 0;
  let seq = 0;
  let writer: SseWriter | undefined;
  let isEnded = false;
  let isGone = false;
  let quietSince = openedAt;
  const gone = (): void => {
    if (isGone) return;
    isGone = true;
    kept = [];
    keptBytes = 0;
    onGone();
  };
  const take = (next: SseWriter): void => {
    writer = next;
    next.onClose(() => {
      if (writer !== next) return;
      writer = undefined;
      quietSince = nowMs();
      if (ref === null) gone();
      else onConnection(false);
    });
  };
  const keep = (text: string): void => {
    if (ref === null) return;
    kept.push({ seq, text });
    keptBytes += text.length;
    while (keptBytes > streamLimits.maxKeptBytes || kept.length > streamLimits.maxKeptEvents) {
      keptBytes -= kept.shift()?.text.length ?? 0;
    }
  };
  const event = (data: string, retryMs?: number): string => {
    seq += 1;
    const text = writeSseEvent({
      event: 'message',
      data,
      ...(ref === null ? {} : { id: `${ref}.${seq}` }),
      ...(retryMs === undefined ? {} : { retryMs }),
    });
    keep(text);
    return text;
  };
  take(input.writer);
  if (input.isPrimed && ref !== null) void writer?.write(event('', streamLimits.retryMs));
  return {
    id,
    openedAt,
    push(message) {
      if (isEnded || isGone) return undefined;
      const text = event(message);
      return writer?.write(text);
    },
    end(message) {
      if (isEnded) return;
      isEnded = true;
      quietSince = nowMs();
      writer?.end(message === undefined ? undefined : event(message));
      if (writer === undefined && message !== undefined) event(message);
      if (ref === null) gone();
    },
    attach(next, after) {
      const isWhole = after >= seq || (kept[0]?.seq ?? Number.POSITIVE_INFINITY) <= after + 1;
      const older = writer;
      take(next);
      onConnection(true);
      // Whoever holds the session holds its streams: the newest connection has them.
      older?.end();
      for (const { seq: number, text } of kept) if (number > after) void next.write(text);
      if (isEnded) next.end();
      return isWhole;
    },
    isEnded: () => isEnded,
    isGone(now) {
      if (isGone || writer?.isOpen()) return isGone;
      if (now - quietSince > (isEnded ? streamLimits.tailMs : streamLimits.resumeMs)) gone();
      return isGone;
    },
    keptBytes: () => keptBytes,
    forget: gone,
  };
}
