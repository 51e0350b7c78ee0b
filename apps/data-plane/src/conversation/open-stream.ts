import { randomBytes } from 'node:crypto';
import { sessionLimits } from '@sallyport/bus';
import { type Call, type CallState, grant, type Stop, stop } from '../call/call.ts';
import type { Stage } from '../call/pipeline.ts';
import { createOutStream, type OutStream } from '../wire/out-stream.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import { openSseResponse, type SseWriter } from '../wire/sse-writer.ts';
import { listen } from './listen.ts';
import { openSseDoor } from './open-sse-door.ts';
import type { ResumeStream } from './resume-stream.ts';
import { type SessionListeners, tellEverything } from './session-listener.ts';
import { factsOf, holdOpen, type StreamDeps } from './stream-deps.ts';

export interface OpenStreamDeps extends StreamDeps {
  readonly listeners: SessionListeners;
  readonly resume: ResumeStream;
  /** Ends a session on every worker, and what it held at upstreams. */
  readonly endSession: (session: LegacySession) => Promise<void>;
}

type Opening = Call<'subscribable'>;

/** What a client subscribed to: a stream of its own, one it comes back for, a modern one, or one resource more or less. */
export function createOpenSubscription(deps: OpenStreamDeps): Stage<'subscribable', 'answerable'> {
  return (call) => {
    call.resultText = '{}';
    const { subscription, session } = call;
    if (subscription.kind === 'subscribe' || subscription.kind === 'unsubscribe') {
      return changeSubscriptions(call, session, deps);
    }
    const limited = limitStop(call, deps);
    if (limited) return limited;
    if (subscription.kind === 'listen') return listen(call, deps);
    if (call.door === 'sse') return openSseDoor(call, deps);
    return session === null ? stop('session_unknown') : openGet(call, session, deps);
  };
}

/** Any worker takes it; the one that holds the session's stream is told. */
async function changeSubscriptions(
  call: Opening,
  session: LegacySession | null,
  { sessions }: OpenStreamDeps,
): Promise<Call<'answerable'> | Stop> {
  if (session === null) return stop('session_unknown');
  for (const { uri } of call.subscription.resources) {
    if (call.subscription.kind === 'unsubscribe') await sessions.unsubscribe(session, uri);
    else if ((await sessions.subscribe(session, uri)) === 'full') {
      const limit = sessionLimits.maxSubscriptions;
      return stop('rate_limited', {
        details: { rule: 'subscriptions_per_session', limit, retryAfterMs: 60_000 },
      });
    }
  }
  return grant<'answerable'>(call);
}

/** What one more stream of this key would pass. */
function limitStop(call: Opening, { table }: Pick<StreamDeps, 'table'>): Stop | undefined {
  const passed = table.limitFor(call.principal.key.id);
  return passed && stop('rate_limited', { details: { ...passed, retryAfterMs: 10_000 } });
}

const firstPrimed = '2025-11-25';

async function openGet(
  call: Opening,
  session: LegacySession,
  deps: OpenStreamDeps,
): Promise<Call<'answerable'>> {
  const lastId = call.req.headers['last-event-id'];
  const named = typeof lastId === 'string' ? deps.refs.open(session, lastId) : undefined;
  const writer = openSseResponse(call.res, deps.keepAlive);
  const resumed = named && (await deps.resume(call, session, { ...named, writer }));
  if (resumed === 'attached' || resumed === 'ended') {
    await holdOpen(call, () => writer.end());
    return grant<'answerable'>(call);
  }
  const stream = openOwnStream(call, session, writer, deps);
  // What was missed is not known: everything may have changed.
  if (named) tellEverything(stream);
  await holdOpen(call, () => stream.end());
  return grant<'answerable'>(call);
}

/** Opens a session's own stream on a response: events of lists and resources go there from now on. */
function openOwnStream(
  call: CallState,
  session: LegacySession,
  writer: SseWriter,
  deps: OpenStreamDeps,
): OutStream {
  const { table, refs, nowMs } = deps;
  const id = randomBytes(12).toString('base64url');
  let unhear: (() => void) | undefined;
  const stream = createOutStream({
    id,
    writer,
    ref: refs.seal(session, { mailbox: deps.address, streamId: id, requestId: null, isCall: false }),
    isPrimed: session.version >= firstPrimed,
    nowMs,
    onConnection: (isConnected) => table.connected(id, isConnected),
    onGone: () => {
      unhear?.();
      table.remove(id);
    },
  });
  // A client that came back without saying from where has no use for what waits for it.
  table.forgetDetached(deps.idOf(session));
  table.add(stream, factsOf(call, 'get', deps.idOf(session)));
  unhear = deps.listeners.add(call, session, stream);
  return stream;
}
