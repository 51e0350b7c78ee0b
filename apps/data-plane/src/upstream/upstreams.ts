import { envelopeMeta, isJsonObject, mirroredHeaders, writeRequest } from '@sallyport/mcp';
import type { Outbound } from '@sallyport/outbound';
import type { SnapshotServer } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';
import { serverInfo } from '../wire/server-info.ts';
import { type LentCredential, openCredential } from './lent-credential.ts';
import { createPinWatch, type Observed } from './observe-tools.ts';
import { postRpc, protocolError, type RpcOutcome } from './post-rpc.ts';
import type { Upstream } from './upstream.ts';
import { acceptBoth, createLink, type UpstreamLink, type UpstreamSession } from './upstream-link.ts';

export interface Upstreams {
  /** The upstream of a server; sessions, observations and counts outlive a new configuration that leaves it as it was. */
  of(tenant: TenantState, server: SnapshotServer): Upstream;
  /** Forgets what a new configuration no longer has. */
  retain(tenant: TenantState | undefined, tenantId: string): void;
}

export interface UpstreamsInput {
  readonly outbound: Outbound;
  readonly sealPrivateKey: string;
  readonly nowMs: () => number;
  readonly onObserved: (tenantId: string, serverId: string, observed: Observed) => void;
}

interface Kept {
  readonly upstream: Upstream;
  readonly fingerprint: string;
  tenant: TenantState;
}

const listTimeoutMs = 10_000;
const maxPages = 50;
const maxListed = 5_000;
const maxCursor = 4_096;
const listLimits = { maxDepth: 64, maxKeys: 500_000 };

/** Keeps one upstream per tenant and server. */
export function createUpstreams(input: UpstreamsInput): Upstreams {
  const kept = new Map<string, Map<string, Kept>>();
  const make = (tenant: TenantState, server: SnapshotServer): Kept => {
    const entry: Kept = {
      fingerprint: fingerprintOf(server),
      tenant,
      upstream: createUpstream({ ...input, tenantId: tenant.id, server, tenant: () => entry.tenant }),
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
      if (!tenant) kept.delete(tenantId);
      else for (const id of ofTenant.keys()) if (!tenant.hasServer(id)) ofTenant.delete(id);
    },
  };
}

function fingerprintOf(server: SnapshotServer): string {
  return JSON.stringify([server.url, server.connection]);
}

function createUpstream(
  input: UpstreamsInput & {
    readonly tenantId: string;
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
  const link = createLink({ outbound, url: server.url, circuit, credential: lend });
  const upstream: Upstream = {
    server,
    circuit,
    outbound,
    link,
    inFlight: 0,
    credential: lend,
    pins: createPinWatch({
      list: () => listTools(upstream),
      pinned: () => tenant().toolsOf(server.id),
      nowMs: input.nowMs,
      onObserved: (observed) => input.onObserved(tenantId, server.id, observed),
    }),
  };
  return upstream;
}

async function listTools(upstream: Upstream): Promise<readonly unknown[]> {
  const tools: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const outcome = await listPage(upstream, cursor);
    const result = outcome.response?.ok ? outcome.response.result : undefined;
    if (!result || !Array.isArray(result.tools))
      throw protocolError('tools_list', { status: outcome.status });
    tools.push(...(result.tools as unknown[]));
    if (tools.length > maxListed) throw protocolError('too_many_tools', { limit: maxListed });
    const { nextCursor } = result;
    if (typeof nextCursor !== 'string' || nextCursor.length > maxCursor) return tools;
    cursor = nextCursor;
  }
  throw protocolError('too_many_pages', { limit: maxPages });
}

async function listPage(upstream: Upstream, cursor: string | undefined): Promise<RpcOutcome> {
  const session = await upstream.link.session();
  const outcome = await postList(upstream, session, cursor);
  if (outcome.response?.ok || !isLost(session, outcome)) return outcome;
  loseSession(upstream.link, session);
  return postList(upstream, await upstream.link.session(), cursor);
}

function isLost(session: UpstreamSession, { status, response }: RpcOutcome): boolean {
  return session.era === 'legacy' ? status === 404 : status >= 400 || response?.ok === false;
}

function loseSession(link: UpstreamLink, session: UpstreamSession): void {
  link.lose(session);
}

function postList(
  upstream: Upstream,
  session: UpstreamSession,
  cursor: string | undefined,
): Promise<RpcOutcome> {
  const id = 'sallyport-list';
  const paging = cursor === undefined ? {} : { cursor };
  const isModern = session.era === 'modern';
  const meta = isModern ? { _meta: envelopeMeta({ version: session.version, clientInfo: serverInfo }) } : {};
  const params = { ...paging, ...meta };
  const headers = isModern
    ? mirroredHeaders({ version: session.version, method: 'tools/list', params })
    : session.headers;
  const lent = upstream.credential();
  return postRpc(upstream.outbound, {
    request: {
      url: upstream.server.url,
      circuit: upstream.circuit,
      headers: { ...acceptBoth, ...headers, ...lent?.headers },
      body: writeRequest(id, 'tools/list', isJsonObject(params) ? params : {}),
      timeoutMs: listTimeoutMs,
      ...(lent?.query ? { query: lent.query } : {}),
    },
    id,
    limits: listLimits,
  });
}
