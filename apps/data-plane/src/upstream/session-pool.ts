import type { HeldSession } from './upstream-session.ts';

/** The sessions held at one legacy upstream, by scope. */
export interface SessionShelf {
  get(scopeKey: string): HeldSession | undefined;
  /** `leave` is called when the pool gives the session up by itself. */
  set(scopeKey: string, session: HeldSession, leave: () => void): void;
  delete(scopeKey: string): void;
}

/** Sessions held at all legacy upstreams by this worker: bounded, and none is kept that nobody uses. */
export interface SessionPool {
  shelf(): SessionShelf;
  /** Gives up what was not used for long. */
  sweep(nowMs: number): void;
  readonly size: number;
}

export const poolLimits = { maxSessions: 20_000, idleMs: 30 * 60_000 } as const;
/** A session in use is moved this seldom: it is not the oldest for a while. */
const touchMs = 10_000;

interface Entry {
  readonly session: HeldSession;
  readonly remove: () => void;
  readonly leave: () => void;
  usedAt: number;
}

/** Makes the pool; what was used least recently goes first. */
export function createSessionPool(
  nowMs: () => number,
  limits: { readonly maxSessions: number; readonly idleMs: number } = poolLimits,
): SessionPool {
  const order = new Set<Entry>();
  const giveUp = (entry: Entry): void => {
    entry.remove();
    entry.leave();
  };
  const touch = (entry: Entry): void => {
    const now = nowMs();
    if (now - entry.usedAt <= touchMs) return;
    entry.usedAt = now;
    order.delete(entry);
    order.add(entry);
  };
  const createShelf = (): SessionShelf => {
    const entries = new Map<string, Entry>();
    const drop = (key: string): void => {
      const entry = entries.get(key);
      entries.delete(key);
      if (entry) order.delete(entry);
    };
    return {
      get(key) {
        const entry = entries.get(key);
        if (!entry) return undefined;
        touch(entry);
        return entry.session;
      },
      set(key, session, leave) {
        drop(key);
        const entry: Entry = { session, leave, remove: () => drop(key), usedAt: nowMs() };
        entries.set(key, entry);
        order.add(entry);
        for (const oldest of order) {
          if (order.size <= limits.maxSessions) break;
          giveUp(oldest);
        }
      },
      delete: drop,
    };
  };
  return {
    shelf: createShelf,
    sweep(now) {
      for (const entry of order) {
        if (now - entry.usedAt <= limits.idleMs) break;
        giveUp(entry);
      }
    },
    get size() {
      return order.size;
    },
  };
}

/** Where sessions of a client's session are kept so that any worker can go on with them; sealed by whoever keeps them. */
export interface UpstreamSessionStore {
  get(scopeKey: string, serverId: string): Promise<string | undefined>;
  put(scopeKey: string, serverId: string, text: string): Promise<void>;
  drop(scopeKey: string, serverId: string): Promise<void>;
}
