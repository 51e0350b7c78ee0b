import type { SessionStore } from '@sallyport/bus';
import { AppError } from '@sallyport/kernel';
import { type Implementation, readImplementation, type WireObject } from '@sallyport/mcp';
import { cleanCapabilities } from '../wire/client-capabilities.ts';
import { createLru } from '../wire/lru.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import type { PostOffice } from './post-office.ts';

/** Who a client of HTTP+SSE said it is, after its session id was issued. */
export interface SessionProfile {
  readonly client: Implementation;
  readonly capabilities: WireObject;
}

/** What legacy sessions have beyond their id. A session that sets nothing costs nothing, here and in Redis. */
export interface SharedSessions {
  /** A public name for the session. */
  idOf(session: Pick<LegacySession, 'nonce'>): string;
  isEnded(nonce: string): boolean;
  /** Ends it on every worker; what it held at upstreams is given back. */
  end(session: LegacySession): Promise<ReadonlyMap<string, string>>;
  /** The level this worker knows of; `undefined` = none was heard of here. */
  knownLevel(session: LegacySession): string | undefined;
  /** The level, asked for once where this worker does not know. */
  level(session: LegacySession): Promise<string | undefined>;
  setLevel(session: LegacySession, level: string): Promise<void>;
  profile(session: LegacySession): Promise<SessionProfile | undefined>;
  setProfile(session: LegacySession, profile: SessionProfile): Promise<void>;
  subscribe(session: LegacySession, uri: string): Promise<'done' | 'full'>;
  unsubscribe(session: LegacySession, uri: string): Promise<void>;
  subscriptions(session: LegacySession): Promise<readonly string[]>;
  /** Upstream sessions of this session, for any worker. */
  readonly store: SessionStore | undefined;
}

const maxKnown = 20_000;
const maxEnded = 200_000;

/** Makes the sessions' shared side; without a store nothing is shared, and what needs sharing says so. */
export function createSharedSessions(input: {
  readonly store: SessionStore | undefined;
  readonly idOf: (nonce: string) => string;
  readonly post: PostOffice;
  readonly onEnded: (sessionId: string) => void;
}): SharedSessions {
  const { store, idOf, post } = input;
  const ended = createLru<string, true>(maxEnded);
  /** `null` = looked up, and there is none. */
  const levels = createLru<string, string | null>(maxKnown);
  const profiles = createLru<string, SessionProfile>(maxKnown);
  const noteEnded = (id: string): void => {
    ended.set(id, true);
    levels.delete(id);
    profiles.delete(id);
    input.onEnded(id);
  };
  const loadEnded = (): void => {
    levels.clear();
    store?.ended().then(
      (ids) => {
        for (const id of ids) if (!ended.get(id)) noteEnded(id);
      },
      () => {},
    );
  };
  post.on('ended', ({ session }) => noteEnded(session));
  post.on('level', ({ session, level }) => levels.set(session, level));
  post.onReconnected(loadEnded);
  return {
    store,
    idOf: ({ nonce }) => idOf(nonce),
    isEnded: (nonce) => ended.size > 0 && ended.get(idOf(nonce)) === true,
    async end(session) {
      const id = idOf(session.nonce);
      noteEnded(id);
      post.broadcast('ended', { session: id });
      return (await store?.end(session)) ?? new Map();
    },
    knownLevel: ({ nonce }) => levels.get(idOf(nonce)) ?? undefined,
    async level(session) {
      const id = idOf(session.nonce);
      const known = levels.get(id);
      if (known !== undefined) return known ?? undefined;
      const level = await store?.getLevel(session).catch(() => undefined);
      levels.set(id, level ?? null);
      return level;
    },
    async setLevel(session, level) {
      const id = idOf(session.nonce);
      levels.set(id, level);
      post.broadcast('level', { session: id, level });
      await store?.setLevel(session, level).catch(unavailable);
    },
    async profile(session) {
      const id = idOf(session.nonce);
      const known = profiles.get(id);
      if (known) return known;
      const found = readProfile(await store?.getProfile(session).catch(unavailable));
      if (found) profiles.set(id, found);
      return found;
    },
    async setProfile(session, profile) {
      profiles.set(idOf(session.nonce), profile);
      await store?.setProfile(session, profile).catch(unavailable);
    },
    async subscribe(session, uri) {
      if (!store) throw noStore();
      const outcome = await store.subscribe(session, uri).catch(unavailable);
      announce(post, idOf(session.nonce));
      return outcome;
    },
    async unsubscribe(session, uri) {
      if (!store) throw noStore();
      await store.unsubscribe(session, uri).catch(unavailable);
      announce(post, idOf(session.nonce));
    },
    subscriptions: async (session) => (await store?.subscriptions(session).catch(() => [])) ?? [],
  };
}

function announce(post: PostOffice, session: string): void {
  post.broadcast('uris', { session });
  void post.send(post.address, 'uris', { session });
}

function readProfile(value: unknown): SessionProfile | undefined {
  const { client, capabilities } = (value ?? {}) as { client?: unknown; capabilities?: unknown };
  const who = readImplementation(client);
  return who && { client: who, capabilities: cleanCapabilities(capabilities) };
}

const noStore = (): AppError => new AppError('session_unavailable');
const unavailable = (cause: unknown): never => {
  throw new AppError('session_unavailable', undefined, { cause });
};
