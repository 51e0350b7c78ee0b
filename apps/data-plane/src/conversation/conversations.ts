import { createHash } from 'node:crypto';
import { createSessionStore, type StreamReport } from '@sallyport/bus';
import { readJson } from '@sallyport/mcp';
import type { Logger, Metrics } from '@sallyport/telemetry';
import type { HandleSealer } from '@sallyport/vault';
import type { StageDeps } from '../call/stages.ts';
import { createTaskHandles } from '../call/task-handles.ts';
import type { TenantState } from '../config/tenant-state.ts';
import type { Inspector } from '../inspection/inspector.ts';
import type { ExchangeInput, Turn } from '../upstream/turn.ts';
import type { CallSinkDeps } from '../wire/call-sink.ts';
import { createKeepAlive } from '../wire/keep-alive.ts';
import type { ReadMessageDeps } from '../wire/read-message.ts';
import { createSessionHandles, type LegacySession } from '../wire/session-handles.ts';
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
  readonly sessions: SharedSessions;
  readonly post: PostOffice;
  readonly sinks: CallSinkDeps;
  readonly recent: RecentSessions;
  /** What reading a message needs. */
  readonly reading: ReadMessageDeps;
  /** What the stages need. */
  readonly stages: Required<
    Pick<StageDeps, 'dispatching' | 'tasks' | 'openSubscription' | 'endSession' | 'introduce' | 'logLevels'>
  >;
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
  readonly inspector: Inspector;
  readonly exchange: (input: ExchangeInput) => Promise<Turn>;
  readonly watch: WatchUpstream;
  /** The session ended: what it held at upstreams. */
  readonly onSessionEnded: (session: LegacySession, held: ReadonlyMap<string, string>) => void;
}

const idOf = (nonce: string): string => createHash('sha256').update(nonce).digest('base64url').slice(0, 22);

/** Puts the parts together. */
export function createConversations(input: ConversationsInput): Conversations {
  const { post, store, table, sessions, sinks, handles, asks, lot, hub } = createParts(input);
  const streams = { ...sinks, hub, post, sessions, handles };
  const recent = createRecentSessions(input.nowMs);
  const states = createRequestStates(input);
  const { profile } = sessions;
  const { inspector } = input;
  const endSession = async (session: LegacySession): Promise<void> => {
    input.onSessionEnded(session, await sessions.end(session));
  };
  receiveForSseDoor(streams);
  countOpen(input.metrics, { parked: () => lot.size, streams: () => table.size });
  return {
    sessions,
    post,
    sinks,
    recent,
    reading: {
      sessions: handles,
      nowMs: input.nowMs,
      takeAnswer: asks.take,
      sseDoorSink: (call, session) => createSseDoorSink(streams, call, session),
      noteSession: (call, session) => recent.note(sessions.idOf(session), call),
    },
    stages: {
      dispatching: {
        converse: createConverse({ exchange: input.exchange, asks, lot, states, profile, inspector }),
        levels: sessions,
        inspector,
      },
      tasks: createTaskHandles(input),
      openSubscription: createOpenSubscription({
        ...streams,
        endSession,
        listeners: createSessionListeners(streams),
        resume: createResumeStream(streams),
      }),
      endSession,
      introduce: ({ clientInfo: client, clientCapabilities: capabilities }, session) =>
        sessions.setProfile(session, { client, capabilities }),
      logLevels: sessions,
    },
    openStreams: table.openStreams,
    tenantChanged(tenantId) {
      lot.recheck(tenantId);
      hub.tenantChanged(tenantId);
    },
    close() {
      for (const part of [lot, hub, post]) part.close();
      for (const part of [sinks.keepAlive, table]) part.stop();
      store?.close();
    },
  };
}

function createParts(input: ConversationsInput) {
  const { sealer, nowMs, redisUrl, workerId: name, metrics } = input;
  const onError = quietly(input.log);
  const post = createPostOffice({ redisUrl, name, sealer, nowMs, onError });
  const table = createStreamTable(nowMs);
  const store =
    redisUrl === undefined
      ? undefined
      : createSessionStore({ url: redisUrl, name, sealer, nowMs, readJson, onError });
  const sessions = createSharedSessions({ store, idOf, post, onEnded: table.endSession });
  const help = 'Answers of clients to questions that were not put to their session.';
  const foreign = metrics.counter('sallyport_foreign_answers_total', {}, help);
  const sinks: CallSinkDeps = {
    keepAlive: createKeepAlive(),
    table,
    refs: createStreamRefs(sealer),
    address: post.address,
    idOf: sessions.idOf,
    nowMs,
  };
  return {
    post,
    table,
    store,
    sessions,
    sinks,
    handles: createSessionHandles(sealer, sessions.isEnded),
    asks: createClientAsks({ sealer, post, idOf: sessions.idOf, onForeign: () => foreign.inc() }),
    lot: createParkingLot({ post }),
    hub: createEventHub({ tenantById: input.tenantById, watch: input.watch }),
  };
}

function countOpen(
  metrics: Metrics,
  { parked, streams }: { readonly parked: () => number; readonly streams: () => number },
): void {
  metrics.gaugeOf('sallyport_parked_exchanges', {}, parked, 'Upstream exchanges that wait for a client.');
  metrics.gaugeOf('sallyport_open_streams', {}, streams, 'Streams open, or waiting for their client.');
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
