import {
  claimsModernEra,
  discoverResult,
  findHeaderMismatch,
  type HeaderBag,
  modernCodes,
  type RpcRequest,
  readEnvelope,
  rpcCodes,
  unsupportedVersionError,
} from '@sallyport/mcp';
import { type Incoming, type Listening, listen, type Outgoing } from './upstream-http.ts';
import {
  answerCall,
  controlsOf,
  createState,
  type FixtureTool,
  plainTools,
  type UpstreamControls,
  type UpstreamState,
} from './upstream-state.ts';

export type ModernUpstream = Listening & UpstreamControls;

const serverInfo = { name: 'modern-fixture', version: '1.0.0' };
const versions = ['2026-07-28'];

/** Starts a strict, recording server of the modern era: headers, envelope and body are all checked. */
export async function startModernUpstream(
  options: { readonly tools?: readonly FixtureTool[]; readonly port?: number } = {},
): Promise<ModernUpstream> {
  const state = createState(options.tools ?? plainTools);
  const listening = await listen(
    state,
    (incoming, req) => handle(state, incoming, req.headers),
    options.port,
  );
  return { ...listening, ...controlsOf(state) };
}

function handle(state: UpstreamState, incoming: Incoming, headers: HeaderBag): Outgoing {
  const { id, method, params } = incoming;
  if (id === undefined) return { status: method === 'DELETE' ? 405 : 202 };
  const fail = (status: number, error: unknown): Outgoing => ({
    status,
    message: { jsonrpc: '2.0', id, error },
  });
  if (!claimsModernEra(params)) return fail(400, { code: rpcCodes.invalidParams, message: 'no envelope' });
  const request: RpcRequest = { kind: 'request', id, method, params };
  const envelope = readEnvelope(params);
  if (envelope.kind !== 'envelope') return fail(400, { code: rpcCodes.invalidParams, message: envelope.key });
  if (!versions.includes(envelope.version))
    return fail(400, unsupportedVersionError(envelope.version, versions));
  const mismatch = findHeaderMismatch(headers, request);
  if (mismatch)
    return fail(400, { code: modernCodes.headerMismatch, message: 'Header mismatch', data: mismatch });
  const result = resultOf(state, method, params);
  if (result === 'no_method')
    return fail(404, { code: rpcCodes.methodNotFound, message: 'Method not found' });
  if (result === undefined) return fail(200, { code: rpcCodes.invalidParams, message: 'Unknown tool' });
  return { status: 200, message: { jsonrpc: '2.0', id, result } };
}

function resultOf(state: UpstreamState, method: string, params: Readonly<Record<string, unknown>>): unknown {
  const hints = { ttlMs: 0, cacheScope: 'private' } as const;
  switch (method) {
    case 'server/discover':
      return discoverResult({ serverInfo, capabilities: { tools: {} }, supportedVersions: versions, hints });
    case 'tools/list':
      return { resultType: 'complete', tools: state.tools, ...hints };
    case 'tools/call': {
      const result = answerCall(state, params.name, params.arguments);
      return result === undefined ? undefined : { resultType: 'complete', ...Object(result) };
    }
    default: {
      const answer = Object.hasOwn(state.others, method) ? state.others[method] : undefined;
      if (!answer) return 'no_method';
      const result = answer(params);
      return result && { resultType: 'complete', ...hints, ...result };
    }
  }
}
