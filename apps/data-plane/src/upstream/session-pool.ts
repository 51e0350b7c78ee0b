import type { HeldSession } from './upstream-session.ts';

/** Sessions held at legacy upstreams by this worker: bounded, and none is kept that nobody uses. */
export interface SessionPool {
  get(key: string): HeldSession | undefined;
  /** `leave` is called when the pool gives the session up by itself. */
  set(key: string, session: HeldSession, leave: () => void): void;
  delete(key: string): void;
  /** Gives up what was not used for long. */
  sweep(nowMs: number): void;
  readonly size: number;
}

export const poolLimits = { maxSessions: 20_000, idleMs: 30 * 60_000 } as const;

interface Entry {
  readonly session: HeldSession;
  readonly leave: () => void;
  usedAt: number;
}

/** Makes the pool; what was used least recently goes first. */
export function createSessionPool(
  nowMs: () => number,
  limits: { readonly maxSessions: number; readonly idleMs: number } = poolLimits,
): SessionPool {
  const entries = new Map<string, Entry>();
  const giveUp = (key: string, entry: Entry): void => {
    entries.delete(key);
    entry.leave();
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      entry.usedAt = nowMs();
      return entry.session;
    },
    set(key, session, leave) {
      entries.delete(key);
      entries.set(key, { session, leave, usedAt: nowMs() });
      for (const [oldest, entry] of entries) {
        if (entries.size <= limits.maxSessions) break;
        giveUp(oldest, entry);
      }
    },
    delete(key) {
      entries.delete(key);
    },
    sweep(now) {
      for (const [key, entry] of entries) {
        if (now - entry.usedAt <= limits.idleMs) break;
        giveUp(key, entry);
      }
    },
    get size() {
      return entries.size;
    },
  };
}

/** Where sessions of a client's session are kept so that any worker can go on with them; sealed by whoever keeps them. */
export interface UpstreamSessionStore {
  get(scopeKey: string, serverId: string): Promise<string | undefined>;
  put(scopeKey: string, serverId: string, text: string): Promise<void>;
  drop(scopeKey: string, serverId: string): Promise<void>;
}
