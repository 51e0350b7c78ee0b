import { isAppError } from '@sallyport/kernel';
import { type JsonLimits, type RpcMessage, type SseEvent, sseLimits } from '@sallyport/mcp';
import type { OutboundResponse } from '@sallyport/outbound';
import { exchangeLimits } from './exchange-limits.ts';
import { parseMessages, protocolError } from './read-rpc.ts';
import { createSseReader, type SseReader } from './sse-reader.ts';

/** What arrives for one request of ours, whatever carries it. */
export interface Inbox {
  /** The next messages, several where they came together; `undefined`: nothing more will come. */
  next(): Promise<readonly RpcMessage[] | undefined>;
  /** Stops the clocks while the client is asked, at most this long. */
  hold(limitMs: number): void;
  release(leftMs: number): void;
  /** The answer was taken: what still comes is counted and dropped. */
  finish(): void;
  /** Leaves it now. */
  close(): void;
}

export interface HttpInboxInput {
  readonly response: OutboundResponse;
  readonly limits: JsonLimits;
  /** Asks for the rest of a stream that ended before the answer (SSE polling, lost connections). */
  readonly resume?: (lastEventId: string, afterMs: number, leftMs: number) => Promise<OutboundResponse>;
  /** Time for the whole, over all its streams. */
  readonly timeoutMs?: number;
  /** Something came that nobody waits for. */
  readonly onOddity?: () => void;
}

/** Time and number of events for which an answered stream is still read, so that its connection can be kept. */
const lingerMs = 1_000;
const maxLate = 64;
const retry = { usualMs: 500, maxMs: 30_000 } as const;
/** What may stand in a header. */
const sendableId = /^[\x20-\x7e]{1,1024}$/;

/** The inbox of a request that is answered by an event stream. */
export function createHttpInbox(input: HttpInboxInput): Inbox {
  let { response } = input;
  let reader = createSseReader(response.body);
  let lastEventId: string | undefined;
  let retryMs: number = retry.usualMs;
  let resumes = 0;
  let eventCount = 0;
  let totalLength = 0;
  let endsAt = performance.now() + (input.timeoutMs ?? Number.POSITIVE_INFINITY);

  const reconnect = async (): Promise<boolean> => {
    if (!input.resume || lastEventId === undefined) return false;
    resumes += 1;
    if (resumes > exchangeLimits.maxResumes)
      throw protocolError('too_many_resumes', { limit: exchangeLimits.maxResumes });
    response = await input.resume(lastEventId, retryMs, endsAt - performance.now());
    reader = createSseReader(response.body);
    return true;
  };
  /** Over all streams of the request: one that ends and goes on is no longer than one that does not. */
  const count = ({ data }: SseEvent): void => {
    eventCount += 1;
    totalLength += data.length;
    if (eventCount > sseLimits.maxEvents) throw protocolError('sse_maxEvents');
    if (totalLength > sseLimits.maxTotalBytes) throw protocolError('sse_maxTotalBytes');
  };
  const note = (event: SseEvent): void => {
    count(event);
    if (event.id !== undefined) lastEventId = sendableId.test(event.id) ? event.id : undefined;
    if (event.retryMs !== undefined) retryMs = Math.min(event.retryMs, retry.maxMs);
  };
  return {
    async next() {
      for (;;) {
        const events = await nextOrLost(reader, lastEventId !== undefined && input.resume !== undefined);
        if (events === undefined && !(await reconnect())) return undefined;
        for (const event of events ?? []) note(event);
        const messages = messagesOf(events ?? [], input.limits);
        if (messages.length > 0) return messages;
      }
    },
    hold(limitMs) {
      endsAt = Number.POSITIVE_INFINITY;
      response.hold(limitMs);
    },
    release(leftMs) {
      endsAt = performance.now() + leftMs;
      response.release(leftMs);
    },
    finish: () => void drain(reader, input.onOddity),
    close: () => reader.body.cancel(),
  };
}

function messagesOf(events: readonly SseEvent[], limits: JsonLimits): readonly RpcMessage[] {
  const messages: RpcMessage[] = [];
  for (const { event, data } of events)
    if (event === 'message' && data !== '') messages.push(...parseMessages(data, limits));
  return messages;
}

/** A connection that broke is the end of its stream, where the stream can be resumed. */
async function nextOrLost(reader: SseReader, isResumable: boolean): Promise<readonly SseEvent[] | undefined> {
  if (!isResumable) return reader.next();
  try {
    return await reader.next();
  } catch (error) {
    if (isAppError(error) && error.code === 'upstream_unreachable') return undefined;
    throw error;
  }
}

/** Reads what follows the answer, a little: a connection whose body was read to its end is used again. */
async function drain(reader: SseReader, onOddity: (() => void) | undefined): Promise<void> {
  const timer = reader.body.isWhole() ? undefined : setTimeout(() => reader.body.cancel(), lingerMs);
  timer?.unref();
  try {
    for (let late = 0; late < maxLate; ) {
      const events = await reader.next();
      if (events === undefined) break;
      for (const event of events) {
        if (event.data === '') continue;
        late += 1;
        onOddity?.();
      }
    }
  } catch {
    // Whatever ends it, the answer was taken before.
  } finally {
    clearTimeout(timer);
    reader.body.cancel();
  }
}
