import { AppError } from '@sallyport/kernel';
import {
  type RequestId,
  type RpcMessage,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
  type SseEvent,
  sseLimits,
} from '@sallyport/mcp';
import { type ChannelInbox, createChannelInbox } from './channel-inbox.ts';
import type { Inbox } from './inbox.ts';
import type { Door } from './open-session.ts';
import { ownReply } from './own-reply.ts';
import { mediaType } from './post-rpc.ts';
import { answerLimits, parseMessages, protocolError } from './read-rpc.ts';
import { createSseReader, type SseReader } from './sse-reader.ts';
import { acceptStream } from './upstream-session.ts';

export interface ChannelRequest {
  readonly id: RequestId;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** One connection to an HTTP+SSE upstream (2024-11-05): messages go out by POST, all answers come on one stream. */
export interface SseChannel {
  isOpen(): boolean;
  /** Posts what gets no answer; gives the status. */
  post(body: string): Promise<number>;
  /** Posts a request; its answer and what belongs to it come in the inbox. */
  send(request: ChannelRequest): Promise<Inbox>;
  /** Posts a request and waits for its answer alone. */
  ask(request: ChannelRequest): Promise<RpcResponse>;
  /** Takes notifications that belong to no request. */
  onNotification(take: (notification: RpcNotification) => void): () => void;
  /** Settles when the stream is over. */
  readonly over: Promise<void>;
  close(): void;
}

const endpointTimeoutMs = 10_000;
const postTimeoutMs = 10_000;
const lifeMs = 24 * 3_600_000;
/** A channel on which nothing was asked for this long is closed. */
const idleMs = 5 * 60_000;
/** A channel lives for long, so what it may bring is limited by the time it takes. */
const flood = { windowMs: 10_000, maxEvents: 20_000, maxLength: 64 * 1024 * 1024 } as const;
const streamLimits = {
  ...sseLimits,
  maxTotalBytes: Number.POSITIVE_INFINITY,
  maxEvents: Number.POSITIVE_INFINITY,
} as const;

/**
 * Opens the stream and waits for the address to post to.
 * @throws AppError `upstream_protocol` when there is no such stream or it sends us elsewhere
 */
export async function openChannel(door: Door): Promise<SseChannel> {
  const leaving = new AbortController();
  const lent = door.credential();
  const timer = setTimeout(() => leaving.abort(), endpointTimeoutMs);
  try {
    const response = await door.outbound.request({
      url: door.url,
      method: 'GET',
      // A stream says nothing of calls while it is open: its breaker is its own.
      circuit: `${door.circuit}/stream`,
      headers: { ...acceptStream, ...lent?.headers },
      lane: 'streams',
      timeoutMs: lifeMs,
      idleTimeoutMs: lifeMs,
      maxResponseBytes: Number.MAX_SAFE_INTEGER,
      signal: leaving.signal,
      ...(lent?.query ? { query: lent.query } : {}),
    });
    if (response.status !== 200 || mediaType(response.headers['content-type']) !== 'text/event-stream') {
      response.body.cancel();
      throw protocolError('no_stream', { status: response.status });
    }
    const reader = createSseReader(response.body, streamLimits);
    const { url, rest } = await readEndpoint(reader, door.url);
    return createChannel({ door, reader, postUrl: url, rest });
  } catch (error) {
    leaving.abort();
    if (leaving.signal.aborted && error instanceof AppError && error.details.reason === 'cancelled')
      throw protocolError('no_endpoint');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function readEndpoint(
  reader: SseReader,
  base: string,
): Promise<{ readonly url: string; readonly rest: readonly SseEvent[] }> {
  const events = await reader.next();
  const at = events?.findIndex((event) => event.event === 'endpoint') ?? -1;
  const data = events?.[at]?.data;
  if (data === undefined || data.length > 2_048) throw protocolError('no_endpoint');
  const url = URL.canParse(data, base) ? new URL(data, base) : undefined;
  // Invariant: an upstream never sends our credential to another origin.
  if (url?.origin !== new URL(base).origin) throw protocolError('endpoint_origin');
  return { url: url.href, rest: events?.slice(at + 1) ?? [] };
}

function createChannel(given: {
  readonly door: Door;
  readonly reader: SseReader;
  readonly postUrl: string;
  readonly rest: readonly SseEvent[];
}): SseChannel {
  const { door, reader, postUrl } = given;
  const waiting = new Map<RequestId, ChannelInbox>();
  const listeners = new Set<(notification: RpcNotification) => void>();
  let isOpen = true;
  let idle: NodeJS.Timeout | undefined;

  const close = (error?: Error): void => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(idle);
    for (const inbox of waiting.values()) inbox.fail(error ?? lost());
    waiting.clear();
    reader.body.cancel();
  };
  const settle = (id: RequestId): void => {
    waiting.delete(id);
    rest();
  };
  const rest = (): void => {
    if (waiting.size + listeners.size > 0 || !isOpen) return;
    clearTimeout(idle);
    idle = setTimeout(() => close(), idleMs);
    idle.unref();
  };
  const post = async (body: string): Promise<number> => {
    const lent = door.credential();
    const { status, body: answer } = await door.outbound.request({
      url: postUrl,
      circuit: door.circuit,
      headers: { 'content-type': 'application/json', ...lent?.headers },
      body,
      timeoutMs: postTimeoutMs,
      ...(lent?.query ? { query: lent.query } : {}),
    });
    if (!answer.isWhole()) answer.cancel();
    return status;
  };
  const route = (message: RpcMessage, bytes: number): void => {
    if (message.kind === 'response') routeResponse(message, bytes);
    else if (message.kind === 'request') routeRequest(message, bytes);
    else {
      const inbox = inboxOf(message, waiting);
      if (inbox) inbox.push(message, bytes);
      else tell(message);
    }
  };
  const routeResponse = (response: RpcResponse, bytes: number): void => {
    const inbox = waiting.get(response.id ?? '');
    if (inbox) inbox.push(response, bytes);
    else door.onOddity?.();
  };
  const routeRequest = (request: RpcRequest, bytes: number): void => {
    const inbox = newest(waiting);
    if (inbox && request.method !== 'ping') inbox.push(request, bytes);
    else void post(ownReply(request)).catch(() => {});
  };
  const tell = (notification: RpcNotification): void => {
    for (const take of listeners) take(notification);
  };
  const isFlooded = createFloodGuard();
  const take = (events: readonly SseEvent[]): void => {
    for (const event of events) {
      if (isFlooded(event.data.length)) throw protocolError('sse_flood', { perMs: flood.windowMs });
      if (event.event !== 'message' || event.data === '') continue;
      for (const message of parseMessages(event.data, answerLimits)) route(message, event.data.length);
    }
  };
  const run = async (): Promise<void> => {
    try {
      take(given.rest);
      for (;;) {
        const events = await reader.next();
        if (!events) break;
        take(events);
      }
      close();
    } catch (error) {
      close(error instanceof Error ? error : undefined);
    }
  };
  const send: SseChannel['send'] = async ({ id, body, timeoutMs, signal }) => {
    if (!isOpen) throw lost();
    clearTimeout(idle);
    const inbox = createChannelInbox({ timeoutMs, signal, onLeft: () => settle(id) });
    waiting.set(id, inbox);
    try {
      const status = await post(body);
      if (status >= 400) throw protocolError('http_status', { status });
    } catch (error) {
      inbox.close();
      throw error;
    }
    return inbox;
  };
  const over = run();
  return {
    isOpen: () => isOpen,
    post,
    send,
    async ask(request) {
      const inbox = await send(request);
      try {
        for (;;) {
          const answer = (await inbox.next())?.find((message) => message.kind === 'response');
          if (answer) return answer;
        }
      } finally {
        inbox.close();
      }
    },
    over,
    onNotification(listener) {
      listeners.add(listener);
      // Somebody listens: the stream stays although nothing is asked.
      clearTimeout(idle);
      return () => {
        listeners.delete(listener);
        rest();
      };
    },
    close: () => close(),
  };
}

/** Counts events and characters within a window of time; true = more than an honest server has to say. */
function createFloodGuard(): (length: number) => boolean {
  let since = performance.now();
  let events = 0;
  let length = 0;
  return (more) => {
    const now = performance.now();
    if (now - since > flood.windowMs) {
      since = now;
      events = 0;
      length = 0;
    }
    events += 1;
    length += more;
    return events > flood.maxEvents || length > flood.maxLength;
  };
}

function lost(): AppError {
  return new AppError('upstream_unreachable', undefined, {
    details: { reason: 'connection_lost', sent: true },
  });
}

function newest(waiting: ReadonlyMap<RequestId, ChannelInbox>): ChannelInbox | undefined {
  return [...waiting.values()].at(-1);
}

/** Progress names its request by our token; a log message belongs to whoever asked last. */
function inboxOf(
  { method, params }: RpcNotification,
  waiting: ReadonlyMap<RequestId, ChannelInbox>,
): ChannelInbox | undefined {
  const token = params?.progressToken;
  if (method === 'notifications/progress') return typeof token === 'number' ? waiting.get(token) : undefined;
  return method === 'notifications/message' ? newest(waiting) : undefined;
}
