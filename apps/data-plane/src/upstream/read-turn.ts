import {
  declaresTasks,
  isJsonObject,
  modernCodes,
  type RpcResponse,
  rpcCodes,
  type WireObject,
} from '@sallyport/mcp';
import { mayAsk } from './client-capabilities.ts';
import { exchangeLimits } from './exchange-limits.ts';
import { protocolError } from './read-rpc.ts';
import type { Ask, ExchangeInput, Turn } from './turn.ts';
import type { UpstreamSession } from './upstream-session.ts';

/** Errors about our conversation with the upstream: they say nothing to the agent. */
const ourErrors: ReadonlySet<number> = new Set([
  rpcCodes.parseError,
  rpcCodes.invalidRequest,
  modernCodes.headerMismatch,
  modernCodes.unsupportedVersion,
]);

/**
 * Makes the turn of what was answered.
 * @throws AppError `upstream_protocol`
 */
export function toTurn(
  input: ExchangeInput,
  session: UpstreamSession,
  outcome: { readonly status: number; readonly response: RpcResponse | undefined },
): Turn {
  const { response, status } = outcome;
  const { link } = input.upstream;
  if (!response) {
    if (status === 404 || status === 405) link.lose(session);
    throw status === 401 || status === 403
      ? protocolError('unauthorized', { status })
      : protocolError('http_status', { status });
  }
  if (response.ok) return ofResult(input, response.result);
  const { error } = response;
  const isUnknownCall = error.code === rpcCodes.methodNotFound && input.method === 'tools/call';
  if (ourErrors.has(error.code) || isUnknownCall) {
    // It may have changed its era: ask again before the next call.
    link.lose(session);
    throw protocolError('refused_by_upstream', { rpcCode: error.code });
  }
  return { kind: 'error', error };
}

function ofResult(input: ExchangeInput, result: WireObject): Turn {
  const type = result.resultType;
  if (type === 'input_required') return toAsks(input, result);
  if (type === 'task' && declaresTasks(input.clientCapabilities)) return { kind: 'result', result };
  if (type !== undefined && type !== 'complete') throw protocolError('result_type');
  const fault = shapeFault(input, result);
  if (fault !== undefined) throw protocolError(fault);
  return { kind: 'result', result };
}

/** A call without anything in its result is none; other results are judged where they are shown. */
function shapeFault({ method, params }: ExchangeInput, result: WireObject): string | undefined {
  if (method !== 'tools/call') return undefined;
  const hasContent = Array.isArray(result.content) || result.structuredContent !== undefined;
  const isTask = isJsonObject(params.task) && isJsonObject(result.task);
  return hasContent || isTask ? undefined : 'no_content';
}

const mayRequireInput: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);

/** A modern upstream asks by its result. */
function toAsks({ method, clientCapabilities }: ExchangeInput, result: WireObject): Turn {
  const { maxAsks, maxAskBytes, maxStateBytes } = exchangeLimits;
  if (!mayRequireInput.has(method)) throw protocolError('result_type');
  const { inputRequests, requestState } = result;
  if (requestState !== undefined && typeof requestState !== 'string') throw protocolError('request_state');
  const state = requestState ?? null;
  if (state !== null && state.length > maxStateBytes)
    throw protocolError('state_too_large', { limit: maxStateBytes });
  if (inputRequests !== undefined && !isJsonObject(inputRequests)) throw protocolError('input_requests');
  const asked = Object.entries(inputRequests ?? {});
  if (asked.length === 0 && state === null) throw protocolError('input_requests');
  if (asked.length > maxAsks) throw protocolError('too_many_asks', { limit: maxAsks });
  if (JSON.stringify(inputRequests ?? null).length > maxAskBytes)
    throw protocolError('asks_too_large', { limit: maxAskBytes });
  const requests = Object.fromEntries(asked.map(([key, value]) => [key, readAsk(value, clientCapabilities)]));
  return { kind: 'asks', requests, state, parked: null };
}

function readAsk(value: unknown, declared: WireObject): Ask {
  if (!isJsonObject(value) || typeof value.method !== 'string') throw protocolError('input_requests');
  const { method, params } = value;
  if (params !== undefined && !isJsonObject(params)) throw protocolError('input_requests');
  // Invariant: a client is never asked for what it did not offer.
  if (!mayAsk(declared, method, params))
    throw protocolError('undeclared_capability', { method: method.slice(0, 64) });
  return { method, params };
}
