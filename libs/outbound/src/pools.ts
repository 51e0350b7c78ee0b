import { Pool } from 'undici';
import { createConnector } from './connect.ts';
import { decideTarget, type Target, type TargetPolicy } from './decide-target.ts';
import type { OutboundLimits } from './limits.ts';
import { egressDenied, type Lookup } from './resolve-target.ts';

/** What a pool is for: calls that end soon, or streams that stay. */
export type Lane = 'calls' | 'streams';

/** A pool for one origin and lane, and what runs on it now. */
export interface OriginPool {
  readonly origin: string;
  readonly pool: Pool;
  readonly maxInFlight: number;
  inFlight: number;
}

export interface Route {
  readonly target: Target;
  readonly origin: OriginPool;
}

export interface Pools {
  /** @throws AppError `egress_denied` when the URL may not be called. */
  route(url: string, lane?: Lane): Route;
  close(): Promise<void>;
  size(): number;
}

export interface PoolOptions {
  readonly privateOrigins: () => readonly string[];
  readonly ownPorts: readonly number[];
  readonly limits: OutboundLimits;
  readonly lookup: Lookup;
  readonly ca?: readonly string[];
}

const maxRoutes = 2_000;

/**
 * One pool per origin and lane, bounded, least recently used out first. A URL is decided once; when the
 * operator's list is replaced, every decision and every pool of before is dropped.
 */
export function createPools(options: PoolOptions): Pools {
  const origins = new Map<string, OriginPool>();
  const targets = new Map<string, Target>();
  let list = options.privateOrigins();

  const drop = (key: string, entry: OriginPool, isAbrupt: boolean): void => {
    origins.delete(key);
    const ended = isAbrupt ? entry.pool.destroy(egressDenied('no_longer_allowed')) : entry.pool.close();
    ended.catch(() => {});
  };
  const refresh = (): void => {
    const current = options.privateOrigins();
    if (current === list) return;
    list = current;
    targets.clear();
    for (const [key, entry] of origins) {
      const kept = decideTarget(entry.origin, policyOf(list, options.ownPorts)).kind === 'allow';
      drop(key, entry, !kept);
    }
  };
  const decide = (url: string): Target => {
    const known = targets.get(url);
    if (known) return known;
    const decision = decideTarget(url, policyOf(list, options.ownPorts));
    if (decision.kind === 'deny') throw egressDenied(decision.reason);
    const oldest = targets.size >= maxRoutes ? targets.keys().next().value : undefined;
    if (oldest !== undefined) targets.delete(oldest);
    targets.set(url, decision);
    return decision;
  };
  const poolOf = (target: Target, lane: Lane): OriginPool => {
    const key = lane === 'calls' ? target.origin : `${target.origin} ${lane}`;
    const known = origins.get(key);
    if (known) {
      if (origins.size > 1) touch(origins, key, known);
      return known;
    }
    const idle = origins.size >= options.limits.maxPools ? leastUsed(origins) : undefined;
    if (idle) drop(...idle, false);
    const entry = createEntry(target, lane, options);
    origins.set(key, entry);
    return entry;
  };
  return {
    route(url, lane = 'calls') {
      refresh();
      const target = decide(url);
      return { target, origin: poolOf(target, lane) };
    },
    async close() {
      const all = [...origins.values()];
      origins.clear();
      await Promise.all(all.map((entry) => entry.pool.destroy()));
    },
    size: () => origins.size,
  };
}

function policyOf(privateOrigins: readonly string[], ownPorts: readonly number[]): TargetPolicy {
  return { privateOrigins, ownPorts };
}

function touch(origins: Map<string, OriginPool>, origin: string, entry: OriginPool): void {
  origins.delete(origin);
  origins.set(origin, entry);
}

/** The least recently used pool, one without calls if there is any. */
function leastUsed(origins: ReadonlyMap<string, OriginPool>): [string, OriginPool] | undefined {
  let first: [string, OriginPool] | undefined;
  for (const entry of origins) {
    if (entry[1].inFlight === 0) return entry;
    first ??= entry;
  }
  return first;
}

function createEntry(target: Target, lane: Lane, options: PoolOptions): OriginPool {
  const { maxConnectionsPerOrigin, maxInFlightPerOrigin, maxStreamsPerOrigin } = options.limits;
  const isStreams = lane === 'streams';
  const pool = createPool(target, options, isStreams ? maxStreamsPerOrigin : maxConnectionsPerOrigin);
  const maxInFlight = isStreams ? maxStreamsPerOrigin : maxInFlightPerOrigin;
  return { origin: target.origin, pool, maxInFlight, inFlight: 0 };
}

function createPool(target: Target, options: PoolOptions, connections: number): Pool {
  const { limits, lookup, ca } = options;
  return new Pool(target.origin, {
    connect: createConnector(target, { lookup, timeoutMs: limits.connectTimeoutMs, ...(ca ? { ca } : {}) }),
    connections,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: 0,
  });
}
