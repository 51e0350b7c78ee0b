import type { Outbound } from '@sallyport/outbound';
import type { SnapshotServer } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';
import { type LentCredential, openCredential } from './lent-credential.ts';
import type { Observed } from './observe-definitions.ts';
import { createSessionPool, type SessionPool, type UpstreamSessionStore } from './session-pool.ts';
import type { Upstream } from './upstream.ts';
import { createHealth } from './upstream-health.ts';
import { createLink } from './upstream-link.ts';
import { createPins } from './watch-pins.ts';
import { createHub, type Watcher } from './watch-upstream.ts';

export interface Upstreams {
  /** The upstream of a server; sessions, observations and counts outlive a new configuration that leaves it as it was. */
  of(tenant: TenantState, server: SnapshotServer): Upstream;
  /** Forgets what a new configuration no longer has. */
  retain(tenant: TenantState | undefined, tenantId: string): void;
  /** Ends what is held upstream for a client's session; `stored` is what the store kept, by server id. */
  endSession(tenantId: string, key: string, stored: ReadonlyMap<string, string>): void;
  /** How each upstream of a tenant that was asked for anything looks from here. */
  health(tenantId: string): readonly UpstreamStatus[];
  /** Tells what changes at an upstream for as long as somebody wants to know; gives how to stop. */
  watch(upstream: Upstream, watcher: Watcher): () => void;
  close(): void;
}

/** One upstream as this worker finds it. */
export interface UpstreamStatus {
  readonly serverId: string;
  readonly era: 'modern' | 'legacy' | null;
  readonly version: string | null;
  readonly transport: 'http' | 'sse' | null;
  readonly breaker: 'closed' | 'open' | 'probing';
  readonly inFlight: number;
  readonly lastOkAt: number | null;
  readonly lastFailAt: number | null;
  readonly lastError: string | null;
  readonly p50Ms: number | null;
  readonly calls: number;
  readonly errors: number;
}

export interface UpstreamsInput {
  readonly outbound: Outbound;
  readonly sealPrivateKey: string;
  readonly nowMs: () => number;
  readonly onObserved: (tenantId: string, serverId: string, observed: Observed) => void;
  /** Where sessions of client sessions are shared with other workers; without it each worker has its own. */
  readonly store?: UpstreamSessionStore | undefined;
}

interface Kept {
  readonly upstream: Upstream;
  readonly fingerprint: string;
  tenant: TenantState;
}

const sweepEveryMs = 60_000;

/** Keeps one upstream per tenant and server. */
export function createUpstreams(input: UpstreamsInput): Upstreams {
  const kept = new Map<string, Map<string, Kept>>();
  const pool = createSessionPool(input.nowMs);
  const sweeper = setInterval(() => pool.sweep(input.nowMs()), sweepEveryMs);
  sweeper.unref();
  const make = (tenant: TenantState, server: SnapshotServer): Kept => {
    const entry: Kept = {
      fingerprint: fingerprintOf(server),
      tenant,
      upstream: createUpstream({ ...input, pool, tenantId: tenant.id, server, tenant: () => entry.tenant }),
    };
    return entry;
  };
  return {
    of(tenant, server) {
      const cached = tenant.upstreams.get(server.id);
      if (cached) return cached;
      let ofTenant = kept.get(tenant.id);
      if (!ofTenant) {
        ofTenant = new Map();
        kept.set(tenant.id, ofTenant);
      }
      let entry = ofTenant.get(server.id);
      if (!entry || entry.fingerprint !== fingerprintOf(server)) {
        if (entry) leave(entry.upstream);
        entry = make(tenant, server);
        ofTenant.set(server.id, entry);
      }
      entry.tenant = tenant;
      tenant.upstreams.set(server.id, entry.upstream);
      return entry.upstream;
    },
    retain(tenant, tenantId) {
      const ofTenant = kept.get(tenantId);
      if (!ofTenant) return;
      for (const [id, { upstream }] of ofTenant) {
        if (tenant?.hasServer(id)) continue;
        leave(upstream);
        ofTenant.delete(id);
      }
      if (ofTenant.size === 0) kept.delete(tenantId);
    },
    endSession(tenantId, key, stored) {
      for (const [id, { upstream }] of kept.get(tenantId) ?? []) upstream.link.end(key, stored.get(id));
    },
    health: (tenantId) =>
      Array.from(kept.get(tenantId)?.values() ?? [], ({ upstream }) => statusOf(upstream)),
    watch: (upstream, watcher) => upstream.hub.watch(watcher),
    close() {
      clearInterval(sweeper);
      for (const ofTenant of kept.values()) for (const { upstream } of ofTenant.values()) leave(upstream);
    },
  };
}

function leave(upstream: Upstream): void {
  upstream.hub.close();
  upstream.link.close();
}

function statusOf(upstream: Upstream): UpstreamStatus {
  const { server, outbound, circuit, inFlight, link, health } = upstream;
  const facts = link.facts();
  const { oddities: _oddities, ...counts } = health.read();
  return {
    serverId: server.id,
    era: facts?.era ?? null,
    version: facts?.version ?? null,
    transport: facts?.transport ?? null,
    breaker: outbound.circuitState(circuit),
    inFlight,
    ...counts,
  };
}

function fingerprintOf(server: SnapshotServer): string {
  return JSON.stringify([server.url, server.connection]);
}

function createUpstream(
  input: UpstreamsInput & {
    readonly tenantId: string;
    readonly pool: SessionPool;
    readonly server: SnapshotServer;
    /** The tenant's configuration of today. */
    readonly tenant: () => TenantState;
  },
): Upstream {
  const { outbound, tenantId, server, tenant } = input;
  const circuit = `${tenantId}/${server.id}`;
  let credential: LentCredential | undefined;
  const lend = (): LentCredential | undefined => {
    credential ??= openCredential(tenantId, server, input.sealPrivateKey);
    return credential;
  };
  const { pool, store, nowMs } = input;
  const health = createHealth(nowMs);
  const link = createLink({
    outbound,
    url: server.url,
    circuit,
    credential: lend,
    serverId: server.id,
    pool,
    store,
    onOddity: health.noteOddity,
  });
  const pins = createPins({
    upstream: () => upstream,
    pinned: () => tenant().toolsOf(server.id),
    nowMs,
    onObserved: (observed) => input.onObserved(tenantId, server.id, observed),
  });
  const upstream: Upstream = {
    server,
    circuit,
    outbound,
    link,
    pins,
    hub: createHub({ upstream: () => upstream, random: Math.random }),
    health,
    inFlight: 0,
    parked: 0,
    credential: lend,
    isDown: () => outbound.circuitState(circuit) === 'open' || pins.hasFailed(),
  };
  return upstream;
}
