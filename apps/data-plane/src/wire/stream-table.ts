import type { StreamReport } from '@sallyport/bus';
import type { OutStream } from './out-stream.ts';
import { streamLimits } from './stream-limits.ts';

/** Whose stream, and of which kind. */
export interface StreamFacts extends Omit<StreamReport, 'id' | 'openedAt'> {
  readonly tenantId: string;
  /** Id of the legacy session it belongs to. */
  readonly sessionId: string | null;
}

export interface StreamEntry {
  readonly stream: OutStream;
  readonly facts: StreamFacts;
}

/** Which limit one more stream would pass. */
export interface StreamLimit {
  readonly rule: 'streams_per_key' | 'streams_per_worker';
  readonly limit: number;
}

/** Every stream of this worker that is open, or waits for its client to come back. */
export interface StreamTable {
  /** `undefined` = there is room. Streams of calls are not counted here: rate and concurrency bound those. */
  limitFor(keyId: string): StreamLimit | undefined;
  add(stream: OutStream, facts: StreamFacts): void;
  remove(id: string): void;
  /** A stream lost its connection, or has one again: without one it takes no room of its key. */
  connected(id: string, isConnected: boolean): void;
  /** Gives up the broken streams of a session, but not those of its calls. */
  forgetDetached(sessionId: string): void;
  find(id: string): StreamEntry | undefined;
  /** The stream that has a session's own messages: the newest. */
  ofSession(sessionId: string): OutStream | undefined;
  openStreams(tenantId: string): readonly StreamReport[];
  /** Ends every stream of a session. */
  endSession(sessionId: string): void;
  readonly size: number;
  stop(): void;
}

const sweepMs = 5_000;

/** Makes the table, and sweeps out what nobody came back for. */
export function createStreamTable(nowMs: () => number): StreamTable {
  const entries = new Map<string, StreamEntry>();
  const bySession = new Map<string, string[]>();
  const perKey = new Map<string, number>();
  let held = 0;
  const count = ({ kind, keyId }: StreamFacts, by: 1 | -1): void => {
    if (kind === 'call') return;
    held += by;
    const next = (perKey.get(keyId) ?? 0) + by;
    if (next > 0) perKey.set(keyId, next);
    else perKey.delete(keyId);
  };
  const detached = new Set<string>();
  const connected = (id: string, isConnected: boolean): void => {
    const entry = entries.get(id);
    if (!entry || detached.has(id) === !isConnected) return;
    count(entry.facts, isConnected ? 1 : -1);
    if (isConnected) {
      detached.delete(id);
      return;
    }
    detached.add(id);
    const [oldest] = detached;
    if (detached.size > streamLimits.maxDetached && oldest !== undefined)
      entries.get(oldest)?.stream.forget();
  };
  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    if (!detached.delete(id)) count(entry.facts, -1);
    const { sessionId } = entry.facts;
    const left = sessionId === null ? [] : (bySession.get(sessionId) ?? []).filter((other) => other !== id);
    if (sessionId === null) return;
    if (left.length > 0) bySession.set(sessionId, left);
    else bySession.delete(sessionId);
  };
  const sweep = (): void => {
    const now = nowMs();
    let bytes = 0;
    // Newest last: when what is kept is too much, the oldest of it goes.
    for (const { stream } of [...entries.values()].reverse()) {
      if (stream.isGone(now)) continue;
      bytes += stream.keptBytes();
      if (bytes > streamLimits.maxKeptBytesPerWorker && stream.isEnded()) stream.forget();
    }
  };
  const timer = setInterval(sweep, sweepMs);
  timer.unref();
  return {
    limitFor(keyId) {
      const { maxPerKey, maxPerWorker } = streamLimits;
      if ((perKey.get(keyId) ?? 0) >= maxPerKey) return { rule: 'streams_per_key', limit: maxPerKey };
      return held >= maxPerWorker ? { rule: 'streams_per_worker', limit: maxPerWorker } : undefined;
    },
    add(stream, facts) {
      entries.set(stream.id, { stream, facts });
      count(facts, 1);
      if (facts.sessionId === null || facts.kind === 'call') return;
      bySession.set(facts.sessionId, [...(bySession.get(facts.sessionId) ?? []), stream.id]);
    },
    remove,
    connected,
    forgetDetached(sessionId) {
      for (const id of bySession.get(sessionId) ?? []) if (detached.has(id)) entries.get(id)?.stream.forget();
    },
    find: (id) => entries.get(id),
    ofSession(sessionId) {
      const id = bySession.get(sessionId)?.at(-1);
      return id === undefined ? undefined : entries.get(id)?.stream;
    },
    openStreams(tenantId) {
      const found: StreamReport[] = [];
      for (const { stream, facts } of entries.values()) {
        if (facts.tenantId !== tenantId || stream.isEnded() || detached.has(stream.id)) continue;
        const { kind, endpointId, keyId, client, version } = facts;
        found.push({ id: stream.id, kind, endpointId, keyId, client, version, openedAt: stream.openedAt });
      }
      return found;
    },
    endSession(sessionId) {
      for (const { stream, facts } of [...entries.values()]) {
        if (facts.sessionId === sessionId) {
          stream.end();
          stream.forget();
        }
      }
    },
    get size() {
      return entries.size;
    },
    stop: () => clearInterval(timer),
  };
}
