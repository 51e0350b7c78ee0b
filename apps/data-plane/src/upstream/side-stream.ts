import type { RpcMessage } from '@sallyport/mcp';
import { canBeAsked } from './client-capabilities.ts';
import { readGetStream } from './hub-stream.ts';
import { ownReply } from './own-reply.ts';
import { postAside } from './post-aside.ts';
import type { ExchangeInput } from './turn.ts';
import type { Upstream } from './upstream.ts';
import type { HeldSession } from './upstream-session.ts';

/** Takes what a legacy upstream says beside the stream of a request. */
export interface SideSink {
  push(message: RpcMessage, bytes: number): void;
}

/**
 * The stream of a client's own upstream session, open while calls of it are in flight: many servers ask on it and not
 * on the stream of the call. What comes goes to the newest call, which is of the same client.
 */
interface SideStream {
  readonly sinks: Set<SideSink>;
  readonly life: AbortController;
  readonly opened: Promise<void>;
  linger: NodeJS.Timeout | undefined;
}

/** Nobody waits longer than this for a server to open it. */
const openMs = 1_000;
const lingerMs = 10_000;
const streams = new WeakMap<HeldSession, SideStream | 'unserved'>();

/** Whether a session may be asked on a stream of its own. */
export function hasSideStream(session: HeldSession): boolean {
  return (
    canBeAsked(session.declared) &&
    session.channel === undefined &&
    session.sessionId !== undefined &&
    streams.get(session) !== 'unserved'
  );
}

/** Joins the stream of a session, opening it where it is not open; gives how to leave. */
export async function joinSideStream(
  { upstream, credential }: Pick<ExchangeInput, 'upstream' | 'credential'>,
  session: HeldSession,
  sink: SideSink,
): Promise<() => void> {
  const known = streams.get(session);
  const stream = known === undefined || known === 'unserved' ? open(upstream, session, credential) : known;
  clearTimeout(stream.linger);
  stream.sinks.add(sink);
  await stream.opened;
  return () => {
    stream.sinks.delete(sink);
    if (stream.sinks.size > 0) return;
    stream.linger = setTimeout(() => stream.life.abort(), lingerMs);
    stream.linger.unref();
  };
}

function open(upstream: Upstream, session: HeldSession, credential: ExchangeInput['credential']): SideStream {
  const sinks = new Set<SideSink>();
  const life = new AbortController();
  const { promise: opened, resolve: onReady } = Promise.withResolvers<void>();
  const stream: SideStream = { sinks, life, opened, linger: undefined };
  streams.set(session, stream);
  let hasOpened = false;
  const timer = setTimeout(onReady, openMs);
  const onOpen = (): void => {
    hasOpened = true;
    onReady();
  };
  const onMessage = (message: RpcMessage, bytes: number): void => {
    const sink = message.kind === 'request' && message.method === 'ping' ? undefined : [...sinks].at(-1);
    if (sink) sink.push(message, bytes);
    else if (message.kind === 'request')
      postAside(upstream, session, credential, ownReply(message)).catch(() => {});
  };
  const input = { upstream, signal: life.signal, lastEventId: undefined, onOpen, onMessage };
  const onOver = (): void => {
    clearTimeout(timer);
    onReady();
    if (streams.get(session) !== stream) return;
    // One that never opened is not waited for again.
    if (hasOpened || life.signal.aborted) streams.delete(session);
    else streams.set(session, 'unserved');
  };
  readGetStream(input, session).then(onOver, onOver);
  return stream;
}
