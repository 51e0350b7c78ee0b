import { hash } from 'node:crypto';
import {
  discoverResult,
  initializeResult,
  isJsonObject,
  isLegacyVersion,
  latestLegacyVersion,
  rpcCodes,
  supportedVersions,
} from '@sallyport/mcp';
import type { Upstreams } from '../upstream/upstreams.ts';
import { serverInfo } from '../wire/server-info.ts';
import type { SessionHandles } from '../wire/session-handles.ts';
import { type Call, type CallState, grant, type Stop, stop } from './call.ts';
import { cleanText } from './call-frames.ts';
import type { Stage } from './pipeline.ts';

const maxToolNameShown = 128;
const noArguments = Object.freeze({});

/** Stage 4 of a call: the exposed name becomes a tool, its server and its pin, from memory. */
export function createResolve(upstreams: Pick<Upstreams, 'of'>): Stage<'read', 'resolved'> {
  return (call) => {
    const { tenant, endpoint, principal, params } = call;
    const name = params?.name;
    if (typeof name !== 'string') return wrongParams('name must be text');
    call.toolName = cleanText(name, maxToolNameShown);
    const given = params?.arguments;
    if (given !== undefined && !isJsonObject(given)) return wrongParams('arguments must be an object');
    const tool = endpoint.toolByName(name)?.context;
    if (!tool || tenant.isRevoked('server', tool.server.id) || tenant.isRevoked('tool', tool.tool.id)) {
      return stop('unknown_tool', { details: { tool: call.toolName } });
    }
    call.tool = tool;
    call.upstream = upstreams.of(tenant, tool.server);
    call.slice = tenant.index.sliceFor(principal, tool);
    call.args = given ?? noArguments;
    call.argsText = JSON.stringify(call.args);
    call.argsDigest = hash('sha256', call.argsText, 'hex');
    return grant<'resolved'>(call);
  };
}

function wrongParams(reason: string): Stop {
  return stop('malformed', { details: { reason }, rpc: rpcCodes.invalidParams, http: 200 });
}

const capabilities = { tools: { listChanged: false } } as const;
const discovery = JSON.stringify(
  discoverResult({
    serverInfo,
    capabilities,
    supportedVersions,
    hints: { ttlMs: 300_000, cacheScope: 'private' },
  }),
);

/** Stage 4 of what we answer ourselves: `initialize`, `server/discover`, `ping`, notifications. */
export function createResolveOwn(deps: {
  readonly sessions: SessionHandles;
  readonly nowMs: () => number;
  readonly cancel: (call: CallState) => void;
}): Stage<'counted', 'answerable'> {
  return (call) => {
    const result = call.isNotification ? notified(call, deps.cancel) : ownResult(call, deps);
    if (result === undefined)
      return stop('unknown_method', { ...(call.era === 'legacy' ? { http: 200 } : {}) });
    call.resultText = result;
    return grant<'answerable'>(call);
  };
}

function notified(call: Call<'counted'>, cancel: (call: CallState) => void): string {
  if (call.method === 'notifications/cancelled' && call.era === 'legacy') cancel(call);
  return '';
}

function ownResult(
  call: Call<'counted'>,
  deps: { readonly sessions: SessionHandles; readonly nowMs: () => number },
): string | undefined {
  if (call.era === 'modern') return call.method === 'server/discover' ? discovery : undefined;
  if (call.method === 'ping') return '{}';
  if (call.method !== 'initialize') return undefined;
  const version = isLegacyVersion(call.version) ? call.version : latestLegacyVersion;
  const owner = { tenantId: call.tenant.id, endpointId: call.endpoint.id, keyId: call.principal.key.id };
  const handle = deps.sessions.issue(
    { ...owner, version, client: call.clientInfo, capabilities: call.clientCapabilities, mailbox: null },
    deps.nowMs(),
  );
  call.replyHeaders = { 'mcp-session-id': handle };
  return JSON.stringify(initializeResult({ version, capabilities, serverInfo }));
}
