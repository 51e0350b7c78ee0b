import { createHash } from 'node:crypto';
import { createSessionStore, type StreamReport } from '@sallyport/bus';
import type { Logger, Metrics } from '@sallyport/telemetry';
import type { HandleSealer } from '@sallyport/vault';
import type { CallState } from '../call/call.ts';
import type { DispatchDeps } from '../call/dispatch.ts';
import type { Stage } from '../call/pipeline.ts';
import type { TenantState } from '../config/tenant-state.ts';
import type { ExchangeInput, Turn } from '../upstream/turn.ts';
import type { CallSinkDeps } from '../wire/call-sink.ts';
import { createKeepAlive } from '../wire/keep-alive.ts';
import type { ReplySink } from '../wire/reply-sink.ts';
import { createSessionHandles, type LegacySession, type SessionHandles } from '../wire/session-handles.ts';
import { createStreamRefs } from '../wire/stream-refs.ts';
import { createStreamTable } from '../wire/stream-table.ts';
import { createClientAsks } from './client-asks.ts';
import { createConverse } from './converse.ts';
import { createEventHub, type WatchUpstream } from './event-hub.ts';
import { createSseDoorSink, receiveForSseDoor } from './open-sse-door.ts';
import { createOpenSubscription } from './open-stream.ts';
import { createParkingLot } from './parking-lot.ts';
import { createPostOffice, type PostOffice } from './post-office.ts';
import { createRecentSessions, type RecentSessions } from './recent-sessions.ts';
import { createRequestStates } from './request-state.ts';
import { createResumeStream } from './resume-stream.ts';
import { createSessionListeners } from './session-listener.ts';
import { createSharedSessions, type SharedSessions } from './shared-sessions.ts';

/** Everything by which a worker speaks with its clients beyond one question and one answer. */
export interface Conversations {
  readonly handles: SessionHandles;
  readonly sessions: SharedSessions;
  readonly post: PostOffice;
  readonly sinks: CallSinkDeps;
  readonly dispatch: DispatchDeps;
  readonly openSubscription: Stage<'subscribable', 'answerable'>;
  endSession(session: LegacySession): Promise<void>;
  /** What a client of HTTP+SSE says of itself. */
  introduce(call: CallState, session: LegacySession): Promise<void>;
  noteSession(call: CallState, session: LegacySession): void;
  readonly recent: RecentSessions;
  /** A legacy client answered something. */
  takeAnswer(
    session: LegacySession,
    id: string | number | null,
    answer: Parameters<ReturnType<typeof createClientAsks>['take']>[2],
  ): void;
  /** Answers a message of HTTP+SSE on its session's stream; `undefined` when that stream is gone. */
  sseDoorSink(call: CallState, session: LegacySession): ReplySink | undefined;
  openStreams(tenantId: string): readonly StreamReport[];
  /** New configuration, or new marks, of a tenant. */
  tenantChanged(tenantId: string): void;
  close(): void;
}

export interface ConversationsInput {
  readonly workerId: string;
  /** Without one this worker is alone: what needs another one fails closed. */
  readonly redisUrl: string | undefined;
  readonly sealer: HandleSealer;
  readonly nowMs: () => number;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly tenantById: (id: string) => TenantState | undefined;
  readonly exchange: (input: ExchangeInput) => Promise<Turn>;
  readonly watch: WatchUpstream;
  /** The session ended: what it held at upstreams. */
  readonly onSessionEnded: (session: LegacySession, held: ReadonlyMap<string, string>) => void;
}

const idOf = (nonce: string): string => createHash('sha256').update(nonce).digest('base64url').slice(0, 22);

/** Puts the parts together. */
export function createConversations(input: ConversationsInput): Conversations {
  const { sealer, nowMs, redisUrl, workerId: name } = input;
  const onError = quietly(input.log);
  const post = createPostOffice({ redisUrl, name, sealer, nowMs, onError });
  const table = createStreamTable(nowMs);
  const keepAlive = createKeepAlive();
  const store =
    redisUrl === undefined ? undefined : createSessionStore({ url: redisUrl, name, sealer, nowMs, onError });
  const sessions = createSharedSessions({ store, idOf, post, onEnded: table.endSession });
  const handles = createSessionHandles(sealer, sessions.isEnded);
  const foreign = input.metrics.counter(
    'sallyport_foreign_answers_total',
    {},
    'Answers of clients to questions that were not put to their session.',
  );
  const asks = createClientAsks({ sealer, post, idOf: sessions.idOf, onForeign: () => foreign.inc() });
  const lot = createParkingLot({ post });
  const hub = createEventHub({ tenantById: input.tenantById, watch: input.watch });
  const sinks: CallSinkDeps = {
    keepAlive,
    table,
    refs: createStreamRefs(sealer),
    address: post.address,
    idOf: sessions.idOf,
    nowMs,
  };
  const streams = { ...sinks, hub, post, sessions, handles };
  const recent = createRecentSessions(nowMs);
  const endSession = async (session: LegacySession): Promise<void> => {
    input.onSessionEnded(session, await sessions.end(session));
  };
  receiveForSseDoor(streams);
  input.metrics.gaugeOf(
    'sallyport_parked_exchanges',
    {},
    () => lot.size,
    'Upstream exchanges that wait for a client.',
  );
  input.metrics.gaugeOf(
    'sallyport_open_streams',
    {},
    () => table.size,
    'Streams open, or waiting for their client.',
  );
  return {
    handles,
    sessions,
    post,
    sinks,
    recent,
    dispatch: {
      converse: createConverse({
        exchange: input.exchange,
        asks,
        lot,
        states: createRequestStates({ sealer, nowMs }),
        profile: sessions.profile,
      }),
      levelOf: sessions.knownLevel,
    },
    endSession,
    introduce: ({ clientInfo: client, clientCapabilities: capabilities }, session) =>
      sessions.setProfile(session, { client, capabilities }),
    noteSession: (call, session) => recent.note(sessions.idOf(session), call),
    openSubscription: createOpenSubscription({
      ...streams,
      endSession,
      listeners: createSessionListeners(streams),
      resume: createResumeStream(streams),
    }),
    takeAnswer: asks.take,
    sseDoorSink: (call, session) => createSseDoorSink(streams, call, session),
    openStreams: table.openStreams,
    tenantChanged(tenantId) {
      lot.recheck(tenantId);
      hub.tenantChanged(tenantId);
    },
    close() {
      lot.close();
      hub.close();
      keepAlive.stop();
      table.stop();
      post.close();
      store?.close();
    },
  };
}

const logEveryMs = 10_000;

/** Redis that is away says so often; one line in ten seconds is enough. */
function quietly(log: Logger): (cause: Error) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  return (err) => {
    if (performance.now() - lastAt < logEveryMs) return;
    lastAt = performance.now();
    log.warn({ err }, 'mail between workers fails; what needs another worker is refused');
  };
}
