import type { SessionRef, SessionStore } from '@sallyport/bus';
import type { UpstreamSessionStore } from '../upstream/session-pool.ts';

const lifeMs = 24 * 3_600_000;

/** Where the upstream sessions of legacy client sessions are shared between workers. */
export function createUpstreamStore(
  storeOf: () => SessionStore | undefined,
  nowMs: () => number,
): UpstreamSessionStore {
  const sessionOf = (nonce: string): SessionRef => ({ nonce, expiresAtMs: nowMs() + lifeMs });
  return {
    get: async (nonce, serverId) => storeOf()?.getUpstream(sessionOf(nonce), serverId),
    put: async (nonce, serverId, text) => storeOf()?.putUpstream(sessionOf(nonce), serverId, text),
    drop: async (nonce, serverId) => storeOf()?.dropUpstream(sessionOf(nonce), serverId),
  };
}
