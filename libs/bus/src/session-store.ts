import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from './connect-redis.ts';
import { execute } from './envelopes.ts';
import { keys } from './keys.ts';
import { openJson, type ReadJson, type TextSealer } from './text-sealer.ts';

/** Whose facts: the secret nonce of a legacy session and when its handle ends. */
export interface SessionRef {
  readonly nonce: string;
  readonly expiresAtMs: number;
}

/**
 * What workers must share of a legacy session, and only once it has something to share: a session that just opens
 * and calls writes nothing. Every operation fails within two seconds when Redis does not answer.
 */
export interface SessionStore {
  /** A name for the session that is no secret. */
  idOf(nonce: string): string;
  getLevel(session: SessionRef): Promise<string | undefined>;
  setLevel(session: SessionRef, level: string): Promise<void>;
  /** Who the client is, where that was learned after the session id was issued (HTTP+SSE). */
  getProfile(session: SessionRef): Promise<unknown>;
  setProfile(session: SessionRef, profile: unknown): Promise<void>;
  subscriptions(session: SessionRef): Promise<readonly string[]>;
  subscribe(session: SessionRef, uri: string): Promise<'done' | 'full'>;
  unsubscribe(session: SessionRef, uri: string): Promise<void>;
  /** The session held at an upstream for this one. */
  getUpstream(session: SessionRef, serverId: string): Promise<string | undefined>;
  putUpstream(session: SessionRef, serverId: string, text: string): Promise<void>;
  dropUpstream(session: SessionRef, serverId: string): Promise<void>;
  /** Ends the session; what was held at upstreams is given back to be closed there. */
  end(session: SessionRef): Promise<ReadonlyMap<string, string>>;
  /** Ids (`idOf`) of the sessions that ended before their handles. */
  ended(): Promise<readonly string[]>;
  close(): void;
}

/** Bounds of one session's facts. */
export const sessionLimits = {
  maxSubscriptions: 128,
  maxUpstreams: 64,
  maxValueCharacters: 8 * 1024,
  /** Sessions ended early that are remembered; each is one small member of a set. */
  maxEnded: 200_000,
} as const;

const fields = { level: 'log', profile: 'who', subscription: 's:', upstream: 'u:' } as const;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Opens the store on a connection of its own. */
export function createSessionStore(input: {
  readonly url: string;
  readonly name: string;
  readonly sealer: TextSealer;
  readonly nowMs: () => number;
  /** As for mail. */
  readonly readJson?: ReadJson;
  readonly onError: (cause: Error) => void;
}): SessionStore {
  const redis = connectRedis({
    url: input.url,
    kind: 'command',
    name: `${input.name}-sess`,
    onError: input.onError,
  });
  const facts = createFacts({ ...input, redis });
  const text = async (session: SessionRef, field: string): Promise<string | undefined> => {
    const value = await facts.get(session, field);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    idOf: digest,
    getLevel: (session) => text(session, fields.level),
    setLevel: (session, level) => facts.put(session, fields.level, level),
    getProfile: (session) => facts.get(session, fields.profile),
    setProfile: (session, profile) => facts.put(session, fields.profile, profile),
    subscriptions: async (session) => [...(await facts.all(session, fields.subscription)).values()],
    async subscribe(session, uri) {
      const max = sessionLimits.maxSubscriptions;
      const known = await facts.all(session, fields.subscription);
      const field = fields.subscription + digest(uri);
      if (known.size >= max && !known.has(field)) return 'full';
      await facts.put(session, field, uri);
      return 'done';
    },
    unsubscribe: (session, uri) => facts.drop(session, fields.subscription + digest(uri)),
    getUpstream: (session, serverId) => text(session, fields.upstream + serverId),
    async putUpstream(session, serverId, value) {
      // One beyond the limit is not shared: another worker opens its own.
      if ((await facts.size(session)) >= sessionLimits.maxSubscriptions + sessionLimits.maxUpstreams) return;
      await facts.put(session, fields.upstream + serverId, value);
    },
    dropUpstream: (session, serverId) => facts.drop(session, fields.upstream + serverId),
    async end(session) {
      const held = await facts.all(session, fields.upstream);
      await endSession(redis, session, input.nowMs());
      return new Map([...held].map(([field, value]) => [field.slice(fields.upstream.length), value]));
    },
    ended: () => redis.zrangebyscore(keys.endedSessions, input.nowMs(), '+inf'),
    close: () => redis.disconnect(),
  };
}

async function endSession(redis: Redis, { nonce, expiresAtMs }: SessionRef, nowMs: number): Promise<void> {
  const id = digest(nonce);
  await execute(
    redis
      .multi()
      .del(keys.session(id))
      .zadd(keys.endedSessions, expiresAtMs, id)
      .zremrangebyscore(keys.endedSessions, '-inf', nowMs)
      .zremrangebyrank(keys.endedSessions, 0, -(sessionLimits.maxEnded + 1)),
  );
}

/** The sealed fields of one hash per session, which lives as long as its handle. */
function createFacts(input: {
  readonly redis: Redis;
  readonly sealer: TextSealer;
  readonly nowMs: () => number;
  readonly readJson?: ReadJson;
}) {
  const { redis, sealer, readJson } = input;
  // A value moved to another session or field does not open.
  const aad = (id: string, field: string): string => `sess|${id}|${field}`;
  return {
    async get({ nonce }: SessionRef, field: string): Promise<unknown> {
      const id = digest(nonce);
      const sealed = await redis.hget(keys.session(id), field);
      return sealed === null ? undefined : openJson(sealer, sealed, aad(id, field), readJson);
    },
    async put({ nonce, expiresAtMs }: SessionRef, field: string, value: unknown): Promise<void> {
      const id = digest(nonce);
      const plain = JSON.stringify(value);
      if (plain.length > sessionLimits.maxValueCharacters)
        throw new RangeError(`a session's ${field} is too long`);
      const sealed = sealer.seal(plain, aad(id, field));
      const lifeMs = Math.max(1, expiresAtMs - input.nowMs());
      await execute(redis.multi().hset(keys.session(id), field, sealed).pexpire(keys.session(id), lifeMs));
    },
    async drop({ nonce }: SessionRef, field: string): Promise<void> {
      await redis.hdel(keys.session(digest(nonce)), field);
    },
    size: ({ nonce }: SessionRef): Promise<number> => redis.hlen(keys.session(digest(nonce))),
    async all({ nonce }: SessionRef, prefix: string): Promise<Map<string, string>> {
      const id = digest(nonce);
      const found = new Map<string, string>();
      for (const [field, sealed] of Object.entries(await redis.hgetall(keys.session(id)))) {
        if (!field.startsWith(prefix)) continue;
        const value = openJson(sealer, sealed, aad(id, field), readJson);
        if (typeof value === 'string') found.set(field, value);
      }
      return found;
    },
  };
}
