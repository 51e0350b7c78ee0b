import { createHash } from 'node:crypto';
import { canonicalJson } from '@sallyport/kernel';
import type { WireObject } from '@sallyport/mcp';
import { createOutbound, type OutboundOptions } from '@sallyport/outbound';
import type { SnapshotServer, SnapshotTool, ToolKind } from '@sallyport/snapshot';
import type { TenantState } from '../../config/tenant-state.ts';
import type { Observed } from '../observe-definitions.ts';
import type { UpstreamScope } from '../scope.ts';
import type { UpstreamSessionStore } from '../session-pool.ts';
import type { ExchangeInput } from '../turn.ts';
import type { Upstream } from '../upstream.ts';
import { createUpstreams, type Upstreams } from '../upstreams.ts';

export interface OneUpstream {
  readonly upstreams: Upstreams;
  readonly upstream: Upstream;
  readonly observed: Observed[];
  /** An exchange with this upstream, as a modern client without capabilities unless told otherwise. */
  input(method: string, params: WireObject, change?: Partial<ExchangeInput>): ExchangeInput;
  close(): Promise<void>;
}

/** A client session that can be asked for everything. */
export const ableSession = (key: string): UpstreamScope => ({
  kind: 'session',
  key,
  capabilities: able,
  client: { name: 'able', version: '1' },
  version: '2025-11-25',
});
export const able: WireObject = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

const tenantId = 'tenant-1';

/** The upstream of one server at a URL of this machine, without a worker around it. */
export function oneUpstream(
  url: string,
  options: {
    readonly pinned?: readonly SnapshotTool[];
    readonly store?: UpstreamSessionStore;
    readonly outbound?: Partial<OutboundOptions>;
  } = {},
): OneUpstream {
  const observed: Observed[] = [];
  const origins = [new URL(url).host];
  const outbound = createOutbound({
    privateOrigins: () => origins,
    ownPorts: [],
    clock: { nowMs: Date.now },
    ...options.outbound,
  });
  const upstreams = createUpstreams({
    outbound,
    sealPrivateKey: '',
    nowMs: Date.now,
    onObserved: (_tenant, _server, seen) => observed.push(seen),
    store: options.store,
  });
  const server = { id: 'server-1', slug: 'one', url, connection: { kind: 'none' }, capabilities: {} };
  const tenant = {
    id: tenantId,
    upstreams: new Map(),
    toolsOf: () => options.pinned ?? [],
    hasServer: () => true,
  };
  const upstream = upstreams.of(tenant as unknown as TenantState, server as unknown as SnapshotServer);
  return {
    upstreams,
    upstream,
    observed,
    input: (method, params, change) => ({
      upstream,
      scope: { kind: 'principal', key: 'key-1', capabilities: change?.clientCapabilities ?? {} },
      method,
      params,
      paramsText: JSON.stringify(params),
      tool: null,
      clientCapabilities: {},
      passMeta: null,
      logLevel: null,
      wantsProgress: false,
      input: null,
      credential: { kind: 'none', headers: {}, query: undefined },
      signal: new AbortController().signal,
      timeoutMs: 10_000,
      onNotification: () => undefined,
      ...change,
    }),
    async close() {
      upstreams.close();
      await outbound.close();
    },
  };
}

/** A pin as a snapshot holds it, of a definition as it is listed. */
export function pinOf(kind: ToolKind, name: string, definition: WireObject): SnapshotTool {
  const text = canonicalJson(definition);
  const digest = createHash('sha256').update(text).digest('hex');
  return {
    id: `id-${name}`,
    serverId: 'server-1',
    kind,
    name,
    exposedName: name,
    digest,
    definition: text,
  } as SnapshotTool;
}
