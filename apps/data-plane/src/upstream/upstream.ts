import {
  type HeaderParameter,
  headerParameters,
  isJsonObject,
  mirroredHeaders,
  modernCodes,
  type RequestId,
  type RpcNotification,
  type RpcResponse,
  rpcCodes,
} from '@sallyport/mcp';
import type { Outbound, OutboundRequest } from '@sallyport/outbound';
import type { SnapshotServer, ToolContext } from '@sallyport/snapshot';
import type { UpstreamReply } from '../call/call.ts';
import type { LentCredential } from './lent-credential.ts';
import type { PinWatch } from './observe-tools.ts';
import { answerLimits, postRpc, protocolError, type RpcOutcome } from './post-rpc.ts';
import { acceptBoth, type UpstreamLink, type UpstreamSession } from './upstream-link.ts';

/** One upstream server of one tenant, as this worker knows it. */
export interface Upstream {
  readonly server: SnapshotServer;
  readonly circuit: string;
  readonly link: UpstreamLink;
  readonly pins: PinWatch;
  readonly outbound: Outbound;
  /** Calls that hold a place now. */
  inFlight: number;
  /** Opened once, kept in memory; `undefined` when it is missing. */
  credential(): LentCredential | undefined;
}

export interface ToolCall {
  readonly upstream: Upstream;
  readonly tool: ToolContext;
  /** JSON text of the arguments, as it was judged. */
  readonly argsText: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly progressToken: RequestId | null;
  readonly credential: LentCredential;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onNotification: (notification: RpcNotification) => Promise<void> | undefined;
}

let lastId = 0;

/**
 * Calls a tool of an upstream in the era it speaks; a legacy session that was lost is opened again once.
 * @throws AppError `upstream_unreachable`, `upstream_protocol`, `timeout`, `egress_denied`.
 */
export async function callTool(call: ToolCall): Promise<UpstreamReply> {
  const found = call.upstream.link.session();
  const session = found instanceof Promise ? await found : found;
  const outcome = await send(call, session);
  if (outcome.status !== 404 || session.era !== 'legacy') return readOutcome(call, session, outcome);
  // The upstream does not know the session, so it did not run the call: safe to send again.
  call.upstream.link.lose(session);
  const renewed = await call.upstream.link.session();
  return readOutcome(call, renewed, await send(call, renewed));
}

function send(call: ToolCall, session: UpstreamSession): Promise<RpcOutcome> {
  lastId += 1;
  const id = lastId;
  const { upstream, credential } = call;
  const name = call.tool.tool.name;
  const request: OutboundRequest = {
    url: upstream.server.url,
    circuit: upstream.circuit,
    headers: headersOf(call, session),
    body: `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${call.argsText}${metaOf(call, session)}}}`,
    timeoutMs: call.timeoutMs,
    signal: call.signal,
    ...(credential.query ? { query: credential.query } : {}),
  };
  return postRpc(upstream.outbound, {
    request,
    id,
    limits: answerLimits,
    onNotification: call.onNotification,
  });
}

function metaOf({ progressToken }: ToolCall, session: UpstreamSession): string {
  const token = progressToken === null ? '' : `"progressToken":${JSON.stringify(progressToken)}`;
  if (session.era === 'legacy') return token === '' ? '' : `,"_meta":{${token}}`;
  return token === '' ? `,"_meta":${session.metaJson}` : `,"_meta":{${token},${session.metaJson.slice(1)}`;
}

function headersOf(call: ToolCall, session: UpstreamSession): Record<string, string> {
  const { credential, tool } = call;
  if (session.era === 'legacy') return { ...acceptBoth, ...session.headers, ...credential.headers };
  const mirrored = mirroredHeaders({
    version: session.version,
    method: 'tools/call',
    params: { name: tool.tool.name, arguments: call.args },
    parameters: parametersOf(tool),
  });
  return { ...acceptBoth, ...mirrored, ...credential.headers };
}

const parameters = new WeakMap<ToolContext, readonly HeaderParameter[]>();

function parametersOf(tool: ToolContext): readonly HeaderParameter[] {
  let known = parameters.get(tool);
  if (!known) {
    const found = headerParameters(tool.inputSchema());
    known = found.kind === 'ok' ? found.parameters : [];
    parameters.set(tool, known);
  }
  return known;
}

/** Errors about our conversation with the upstream: they say nothing to the agent. */
const ourErrors: ReadonlySet<number> = new Set([
  rpcCodes.parseError,
  rpcCodes.invalidRequest,
  rpcCodes.methodNotFound,
  modernCodes.headerMismatch,
  modernCodes.missingClientCapability,
  modernCodes.unsupportedVersion,
]);

function readOutcome(call: ToolCall, session: UpstreamSession, outcome: RpcOutcome): UpstreamReply {
  const { response, status } = outcome;
  if (!response) throw withoutAnswer(call, session, status);
  if (response.ok) return { kind: 'result', result: checkedResult(response) };
  if (ourErrors.has(response.error.code)) {
    // It may have changed its era: ask again before the next call.
    call.upstream.link.lose(session);
    throw protocolError('refused_by_upstream', { rpcCode: response.error.code });
  }
  return { kind: 'error', error: response.error };
}

function withoutAnswer(call: ToolCall, session: UpstreamSession, status: number) {
  if (status === 404 || status === 405) call.upstream.link.lose(session);
  if (status === 401 || status === 403) return protocolError('unauthorized', { status });
  return protocolError('http_status', { status });
}

function checkedResult(response: Extract<RpcResponse, { ok: true }>): Readonly<Record<string, unknown>> {
  const { result } = response;
  const type = result.resultType;
  if (type !== undefined && type !== 'complete') throw protocolError('result_type');
  if (!Array.isArray(result.content) && !isJsonObject(result.structuredContent))
    throw protocolError('no_content');
  return result;
}
