import { type ErrorCode, errorTable } from '@sallyport/kernel';
import { modernCodes, type RpcError, rpcCodes } from '@sallyport/mcp';
import type { Stop } from '../call/call.ts';

/** How one code looks on the wire. */
export interface WireError {
  readonly http: number;
  readonly rpc: number;
  /**
   * `tool_result`: a `tools/call` gets it as a result with `isError`, so that the model can correct itself;
   * `rpc`: a JSON-RPC error.
   */
  readonly as: 'rpc' | 'tool_result';
}

// Our own JSON-RPC codes stand outside -32768..-32000, which belong to JSON-RPC and MCP.
const own = (number: number, http = 200, as: WireError['as'] = 'rpc'): WireError => ({
  http,
  rpc: -31_000 - number,
  as,
});
const standard = (rpc: number, http: number): WireError => ({ http, rpc, as: 'rpc' });
/** Codes of the control plane: a worker never says them, and would deny with 500 if it did. */
const foreign: WireError = standard(rpcCodes.internalError, 500);

/** Every code of the kernel's table and its form on the agents' wire; a new code does not compile without a row. */
export const wireErrors = {
  malformed: standard(rpcCodes.invalidRequest, 400),
  too_large: own(1, 413),
  method_not_allowed: own(2, 405),
  not_acceptable: own(3, 406),
  forbidden_origin: own(4, 403),
  unauthenticated: own(5, 401),
  suspended: own(6, 403),
  unsupported_version: standard(modernCodes.unsupportedVersion, 400),
  header_mismatch: standard(modernCodes.headerMismatch, 400),
  session_unknown: own(7, 404),
  session_unavailable: own(27, 503),
  stale_request_state: standard(rpcCodes.invalidParams, 200),
  capability_missing: standard(modernCodes.missingClientCapability, 400),
  unknown_method: standard(rpcCodes.methodNotFound, 404),
  unknown_tool: standard(rpcCodes.invalidParams, 200),
  unknown_prompt: standard(rpcCodes.invalidParams, 200),
  unknown_resource: standard(rpcCodes.invalidParams, 200),
  unknown_task: standard(rpcCodes.invalidParams, 200),
  rate_limited: own(8, 429),
  quota_exhausted: own(9),
  tool_changed: own(10),
  tool_unverified: own(11),
  invalid_arguments: { http: 200, rpc: rpcCodes.invalidParams, as: 'tool_result' },
  denied: own(12),
  blocked_request: own(13),
  rejected: own(14),
  expired: own(15),
  approval_unavailable: own(16),
  credential_missing: own(17),
  audit_unavailable: own(18, 503),
  upstream_unreachable: own(19),
  upstream_protocol: own(20),
  timeout: own(21),
  draining: own(22, 503),
  blocked_response: own(23),
  label_unavailable: own(24),
  not_ready: own(25, 503),
  internal_error: standard(rpcCodes.internalError, 500),

  not_found: foreign,
  forbidden: foreign,
  invalid_input: foreign,
  conflict: foreign,
  csrf: foreign,
  unknown_document: foreign,
  link_invalid: foreign,
  egress_denied: own(26),
  illegal_transition: foreign,
  policy_invalid: foreign,
  snapshot_refused: foreign,
} as const satisfies Record<ErrorCode, WireError>;

/** The JSON-RPC error of a stop; `data.code` is the stable contract, the rest may change. */
export function rpcErrorOf(stopped: Stop): RpcError {
  const facts = wireErrors[stopped.code];
  const data: Record<string, unknown> = { ...stopped.details, code: stopped.code };
  if (errorTable[stopped.code].retryable) data.retryable = true;
  return {
    code: stopped.rpc ?? facts.rpc,
    message: stopped.message ?? errorTable[stopped.code].summary,
    data,
  };
}
