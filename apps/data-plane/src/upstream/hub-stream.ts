import {
  envelopeMeta,
  mirroredHeaders,
  type RpcMessage,
  type RpcNotification,
  writeRequest,
} from '@sallyport/mcp';
import type { OutboundResponse } from '@sallyport/outbound';
import { serverInfo } from '../wire/server-info.ts';
import { isOfSubscription, toldLists } from './hub-events.ts';
import { ownReply } from './own-reply.ts';
import { postAside } from './post-aside.ts';
import { mediaType } from './post-rpc.ts';
import { answerLimits, parseMessages, protocolError } from './read-rpc.ts';
import { createSseReader } from './sse-reader.ts';
import type { Upstream } from './upstream.ts';
import { acceptBoth, acceptStream, type HeldSession, type ModernSession } from './upstream-session.ts';

/** How a stream of events ended. */
export type StreamEnd =
  | { readonly kind: 'over'; readonly retryMs: number | undefined; readonly lastEventId: string | undefined }
  /** The upstream does not serve such a stream. */
  | { readonly kind: 'unserved' };

export interface StreamInput {
  readonly upstream: Upstream;
  readonly signal: AbortSignal;
  readonly uris: readonly string[];
  readonly lastEventId: string | undefined;
  readonly onOpen: () => void;
  readonly onNotification: (notification: RpcNotification) => void;
}

export interface GetStreamInput extends Omit<StreamInput, 'onNotification' | 'uris'> {
  readonly onMessage: (message: RpcMessage, bytes: number) => void;
}

const lifeMs = 3_600_000;
const idleMs = 600_000;
let lastListenId = 0;

/** Reads the GET stream of a legacy upstream until it ends. */
export async function readGetStream(input: GetStreamInput, session: HeldSession): Promise<StreamEnd> {
  const { upstream, signal, lastEventId, onMessage } = input;
  const lent = upstream.credential();
  const response = await upstream.outbound.request({
    url: upstream.server.url,
    method: 'GET',
    circuit: `${upstream.circuit}/stream`,
    headers: {
      ...acceptStream,
      ...session.headers,
      ...lent?.headers,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    lane: 'streams',
    timeoutMs: lifeMs,
    idleTimeoutMs: idleMs,
    signal,
    ...(lent?.query ? { query: lent.query } : {}),
  });
  if (response.status === 404 && session.sessionId !== undefined) upstream.link.lose(session);
  if (!isStream(response)) return refused(response);
  input.onOpen();
  return readEvents(response, (message, bytes) => {
    onMessage(message, bytes);
    return false;
  });
}

/** What a stream of the gateway's own session tells: there nobody can be asked. */
export function takeOwn(input: StreamInput, session: HeldSession): (message: RpcMessage) => void {
  const { upstream } = input;
  return (message) => {
    const credential = upstream.credential();
    if (message.kind === 'notification') input.onNotification(message);
    else if (message.kind === 'response') upstream.health.noteOddity();
    else if (credential) postAside(upstream, session, credential, ownReply(message)).catch(() => {});
  };
}

/** Listens at a modern upstream until it ends the subscription. */
export async function readListen(input: StreamInput, session: ModernSession): Promise<StreamEnd> {
  const { upstream, signal, uris } = input;
  const lists = toldLists(upstream.link.facts()?.capabilities ?? {});
  lastListenId += 1;
  const id = lastListenId;
  const notifications = {
    ...Object.fromEntries(lists.map((list) => [`${list}ListChanged`, true])),
    ...(uris.length > 0 ? { resourceSubscriptions: uris } : {}),
  };
  const method = 'subscriptions/listen';
  const params = { notifications, _meta: envelopeMeta({ version: session.version, clientInfo: serverInfo }) };
  const lent = upstream.credential();
  const response = await upstream.outbound.request({
    url: upstream.server.url,
    circuit: `${upstream.circuit}/stream`,
    headers: {
      ...acceptBoth,
      ...mirroredHeaders({ version: session.version, method, params }),
      ...lent?.headers,
    },
    body: writeRequest(id, method, params),
    lane: 'streams',
    timeoutMs: lifeMs,
    idleTimeoutMs: idleMs,
    signal,
    ...(lent?.query ? { query: lent.query } : {}),
  });
  if (!isStream(response)) return refused(response);
  input.onOpen();
  return readEvents(response, (message) => {
    if (message.kind === 'response') return message.id === id;
    if (message.kind === 'request') return false;
    // The specification says both: a result ends it, and so does this.
    if (message.method === 'notifications/cancelled') return message.params?.requestId === id;
    if (isOfSubscription(message, id)) input.onNotification(message);
    return false;
  });
}

function isStream({ status, headers }: OutboundResponse): boolean {
  return status === 200 && mediaType(headers['content-type']) === 'text/event-stream';
}

function refused(response: OutboundResponse): StreamEnd {
  response.body.cancel();
  const { status } = response;
  if (status >= 500 || status === 404 || status === 429 || status === 401)
    throw protocolError('no_stream', { status });
  return { kind: 'unserved' };
}

/** Reads until the stream ends or `isLast` says that nothing more will come. */
async function readEvents(
  response: OutboundResponse,
  isLast: (message: RpcMessage, bytes: number) => boolean,
): Promise<StreamEnd> {
  const reader = createSseReader(response.body);
  let retryMs: number | undefined;
  let lastEventId: string | undefined;
  try {
    for (;;) {
      const events = await reader.next();
      if (!events) return { kind: 'over', retryMs, lastEventId };
      for (const event of events) {
        retryMs = event.retryMs ?? retryMs;
        lastEventId = event.id ?? lastEventId;
        if (event.event !== 'message' || event.data === '') continue;
        const messages = parseMessages(event.data, answerLimits);
        const bytes = event.data.length;
        if (messages.some((message) => isLast(message, bytes))) return { kind: 'over', retryMs, lastEventId };
      }
    }
  } finally {
    reader.body.cancel();
  }
}
