import { modernCodes, type RpcError, rpcCodes, writeError, writeRawResult } from '@sallyport/mcp';
import { rpcErrorOf, wireErrors } from '../wire/error-table.ts';
import type { Answer, CallState, Stop } from './call.ts';
import { asUpstreamError } from './upstream-voice.ts';

const legacyNotFound = -32_002;

/** Stage 14: the answer in the caller's era. Takes a call however far it has come. */
export function reply(call: CallState): CallState {
  call.answer = call.stopped === null ? answerOf(call) : refusalOf(call, call.stopped);
  return call;
}

function answerOf(call: CallState): Answer {
  if (call.isNotification) return { status: 202, body: '', headers: undefined, closes: false };
  const id = call.id ?? 0;
  if (call.reply?.kind !== 'error') {
    const body = writeRawResult(id, call.resultText ?? '{}');
    return { status: 200, body, headers: call.replyHeaders, closes: false };
  }
  const error = inEraOf(call, asUpstreamError(call.reply.error));
  // The one error of an upstream whose HTTP status the modern era prescribes.
  const isRefused = call.era === 'modern' && error.code === modernCodes.missingClientCapability;
  const status = isRefused ? 400 : 200;
  return { status, body: writeError(id, error), headers: call.replyHeaders, closes: false };
}

/** A resource that is not there has a code of its own in the legacy era alone. */
function inEraOf(call: CallState, error: RpcError): RpcError {
  const isOld = call.era === 'modern' && error.code === legacyNotFound;
  return isOld ? { ...error, code: rpcCodes.invalidParams } : error;
}

function refusalOf(call: CallState, stopped: Stop): Answer {
  const facts = wireErrors[stopped.code];
  const closes = !call.bodyIsWhole && call.req.method === 'POST';
  const asResult = facts.as === 'tool_result' && call.method === 'tools/call' && call.id !== null;
  const body = asResult ? toolError(call, stopped) : writeError(call.id, rpcErrorOf(stopped));
  return { status: stopped.http ?? facts.http, body, headers: headersOf(stopped), closes };
}

function headersOf(stopped: Stop): Record<string, string> | undefined {
  switch (stopped.code) {
    case 'method_not_allowed':
      return { allow: String(stopped.details?.allow ?? 'POST') };
    case 'unauthenticated':
      return { 'www-authenticate': 'Bearer' };
    case 'rate_limited':
      return { 'retry-after': String(Math.ceil(Number(stopped.details?.retryAfterMs ?? 1_000) / 1_000)) };
    case 'not_ready':
    case 'draining':
    case 'audit_unavailable':
      return { 'retry-after': '1' };
    default:
      return undefined;
  }
}

/** A refusal that the model can act on: a result with `isError`, the stable code in its `_meta`. */
function toolError(call: CallState, stopped: Stop): string {
  const error = rpcErrorOf(stopped);
  const problems = stopped.details?.problems;
  const text = Array.isArray(problems)
    ? `${error.message} ${problems.map(({ path, problem }) => `${path}: ${problem}`).join(' ')}`
    : error.message;
  const result = {
    ...(call.era === 'modern' ? { resultType: 'complete' } : {}),
    content: [{ type: 'text', text }],
    isError: true,
    _meta: { 'sallyport/error': error.data },
  };
  return writeRawResult(call.id ?? 0, JSON.stringify(result));
}
