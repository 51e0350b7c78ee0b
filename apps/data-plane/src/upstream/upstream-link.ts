import { askModern, type Door, heldBefore, openHeld } from './open-session.ts';
import { protocolError } from './read-rpc.ts';
import { gatewayScope, scopeKeyOf, type UpstreamScope } from './scope.ts';
import type { SessionPool, UpstreamSessionStore } from './session-pool.ts';
import type { HeldSession, ModernSession, UpstreamFacts, UpstreamSession } from './upstream-session.ts';

/** What we know of how an upstream speaks, and the sessions held there. */
export interface UpstreamLink {
  /** The session of a scope, or the promise of one: one opening at a time, whoever asks. */
  session(scope: UpstreamScope): UpstreamSession | Promise<UpstreamSession>;
  /** Forgets a session that the upstream no longer knows, unless another took its place already. */
  lose(session: UpstreamSession): void;
  /** Ends what is held for a client's session, here and at the upstream; best effort. `stored` as the store kept it. */
  end(scopeKey: string, stored: string | undefined): void;
  /** What it said of itself when it was last opened. */
  facts(): UpstreamFacts | undefined;
  /** What it says of itself now. */
  freshFacts(): Promise<UpstreamFacts>;
  close(): void;
}

export interface LinkInput extends Door {
  readonly serverId: string;
  readonly pool: SessionPool;
  readonly store: UpstreamSessionStore | undefined;
}

/** An upstream that was legacy may have learned the modern era since. */
const legacyVerdictMs = 15 * 60_000;
/** A session that was lost is a reason to ask again, but not for each of thousands. */
const reprobeMs = 10_000;
/** What still runs in a session that was replaced may end. */
const replacedGraceMs = 15_000;
const endTimeoutMs = 5_000;
/** Lost sessions remembered until they are opened anew. */
const maxLost = 10_000;

interface LinkState {
  modern: ModernSession | undefined;
  gateway: HeldSession | undefined;
  transport: 'http' | 'sse';
  facts: UpstreamFacts | undefined;
  /** When it was last found to be legacy; `undefined`: unknown. */
  legacyAt: number | undefined;
  hasLost: boolean;
  probing: Promise<boolean> | undefined;
}

/** Makes the link of one upstream: finds its era by asking, modern first. */
export function createLink(input: LinkInput): UpstreamLink {
  const state: LinkState = {
    modern: undefined,
    gateway: undefined,
    transport: 'http',
    facts: undefined,
    legacyAt: undefined,
    hasLost: false,
    probing: undefined,
  };
  const opening = new Map<string, Promise<UpstreamSession>>();
  const lost = new Map<string, string>();
  const sessions = createSessions(input, state, lost);
  const probe = (): Promise<boolean> => {
    state.probing ??= probeEra(input, state).finally(() => {
      state.probing = undefined;
    });
    return state.probing;
  };
  const open = async (scope: UpstreamScope): Promise<UpstreamSession> => {
    const age = performance.now() - (state.legacyAt ?? Number.NEGATIVE_INFINITY);
    if (age > legacyVerdictMs || (state.hasLost && age > reprobeMs)) await probe();
    return state.modern ?? sessions.open(scope);
  };
  return {
    session(scope) {
      if (state.modern) return state.modern;
      const held = sessions.find(scope);
      if (held) {
        // Asked beside the call, which goes on as before.
        if (performance.now() - (state.legacyAt ?? 0) > legacyVerdictMs) probe().catch(() => {});
        return held;
      }
      const key = scopeKeyOf(scope);
      let promise = opening.get(key);
      if (!promise) {
        promise = open(scope).finally(() => opening.delete(key));
        opening.set(key, promise);
      }
      return promise;
    },
    lose(session) {
      if (session === state.modern) {
        state.modern = undefined;
        state.legacyAt = undefined;
      } else if (session.era === 'legacy') {
        state.hasLost = true;
        sessions.lose(session);
      }
    },
    end: sessions.end,
    facts: () => state.facts,
    async freshFacts() {
      if (await probe()) return state.facts ?? noFacts();
      const before = state.gateway;
      const { facts, session } = await openHeld(input, gatewayScope, state.transport);
      state.facts = facts;
      state.gateway = session;
      if (before) setTimeout(() => leaveSession(input, before), replacedGraceMs).unref();
      return facts;
    },
    close() {
      state.gateway?.channel?.close();
      state.gateway = undefined;
    },
  };
}

function noFacts(): never {
  throw protocolError('initialize');
}

/** Finds the era; true when it is modern. */
async function probeEra(input: LinkInput, state: LinkState): Promise<boolean> {
  const found = await askModern(input);
  state.hasLost = false;
  if (!found) {
    state.legacyAt = performance.now();
    return false;
  }
  state.modern = found.session;
  state.facts = found.facts;
  state.gateway = undefined;
  return true;
}

function createSessions(input: LinkInput, state: LinkState, lost: Map<string, string>) {
  const { pool, store, serverId } = input;
  const shelf = pool.shelf();
  const keep = (scope: UpstreamScope, session: HeldSession): void => {
    if (scope.kind === 'gateway') {
      state.gateway = session;
      return;
    }
    const isShared = scope.kind === 'session' && store !== undefined && session.sessionId !== undefined;
    shelf.set(session.scopeKey, session, () => {
      session.channel?.close();
      // What others can go on with is not ended here.
      if (!isShared) endAtUpstream(input, session);
    });
    if (isShared && scope.kind === 'session')
      store.put(scope.key, serverId, JSON.stringify([session.version, session.sessionId])).catch(() => {});
  };
  const resumed = async (scope: UpstreamScope): Promise<HeldSession | undefined> => {
    if (scope.kind !== 'session' || !store) return undefined;
    const [version, sessionId] = readStored(await store.get(scope.key, serverId).catch(() => undefined));
    const key = scopeKeyOf(scope);
    const isLost = sessionId !== undefined && lost.get(key) === sessionId;
    lost.delete(key);
    return version === undefined || sessionId === undefined || isLost
      ? undefined
      : heldBefore(scope, version, sessionId);
  };
  return {
    find(scope: UpstreamScope): HeldSession | undefined {
      const held = scope.kind === 'gateway' ? state.gateway : shelf.get(scopeKeyOf(scope));
      return held?.channel && !held.channel.isOpen() ? undefined : held;
    },
    async open(scope: UpstreamScope): Promise<HeldSession> {
      const before = await resumed(scope);
      if (before) {
        keep(scope, before);
        return before;
      }
      const { session, facts } = await openHeld(input, scope, state.transport);
      state.facts = facts;
      state.transport = facts.transport;
      keep(scope, session);
      return session;
    },
    lose(session: HeldSession): void {
      session.channel?.close();
      if (state.gateway === session) {
        state.gateway = undefined;
        return;
      }
      if (shelf.get(session.scopeKey) !== session) return;
      shelf.delete(session.scopeKey);
      if (session.sessionId === undefined) return;
      if (lost.size >= maxLost) lost.clear();
      lost.set(session.scopeKey, session.sessionId);
    },
    end(scopeKey: string, stored: string | undefined): void {
      const [version, sessionId] = readStored(stored);
      const scope: UpstreamScope = { kind: 'session', key: scopeKey, ...nobody };
      const held = shelf.get(scopeKey);
      shelf.delete(scopeKey);
      held?.channel?.close();
      if (held) endAtUpstream(input, held);
      if (version !== undefined && sessionId !== undefined && held?.sessionId !== sessionId)
        endAtUpstream(input, heldBefore(scope, version, sessionId));
    },
  };
}

const nobody = { capabilities: {}, client: { name: '', version: '' }, version: '' } as const;

function readStored(text: string | undefined): readonly [string?, string?] {
  if (text === undefined) return [];
  const value: unknown = JSON.parse(text);
  const [version, sessionId] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof version === 'string' && typeof sessionId === 'string' ? [version, sessionId] : [];
}

function leaveSession(input: LinkInput, session: HeldSession): void {
  session.channel?.close();
  endAtUpstream(input, session);
}

/** DELETE ends a session; a server that does not serve it keeps the session until it forgets it. */
function endAtUpstream(input: LinkInput, session: HeldSession): void {
  if (session.sessionId === undefined) return;
  const lent = input.credential();
  const ended = input.outbound.request({
    url: input.url,
    method: 'DELETE',
    circuit: input.circuit,
    headers: { ...session.headers, ...lent?.headers },
    timeoutMs: endTimeoutMs,
    ...(lent?.query ? { query: lent.query } : {}),
  });
  ended.then(
    ({ body }) => body.cancel(),
    () => {},
  );
}
