import { isJsonObject } from './json-limits.ts';

/** A JSON-RPC id as MCP allows it: text or a safe integer, never null. */
export type RequestId = string | number;

/** A JSON object of unknown content, as it came from the wire. */
export type WireObject = Readonly<Record<string, unknown>>;

export interface RpcRequest {
  readonly kind: 'request';
  readonly id: RequestId;
  readonly method: string;
  readonly params: WireObject | undefined;
}

export interface RpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: WireObject | undefined;
}

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type RpcResponse =
  | { readonly kind: 'response'; readonly ok: true; readonly id: RequestId; readonly result: WireObject }
  | {
      readonly kind: 'response';
      readonly ok: false;
      readonly id: RequestId | null;
      readonly error: RpcError;
    };

export type RpcMessage = RpcRequest | RpcNotification | RpcResponse;

/** A message that is refused; `id` is the caller's where it could be read, so the error can name it. */
export interface InvalidRpc {
  readonly kind: 'invalid';
  readonly code: typeof rpcCodes.invalidRequest | typeof rpcCodes.invalidParams;
  readonly reason: string;
  readonly id: RequestId | null;
}

/** The codes of JSON-RPC 2.0 that MCP uses. */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
} as const;

/** Longest textual id and method name we accept. */
export const maxIdLength = 256;
export const maxMethodLength = 128;

/** Whether a value may be a JSON-RPC id in MCP. */
export function isRequestId(value: unknown): value is RequestId {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' && value.length <= maxIdLength && value.isWellFormed();
}

/** Reads one JSON-RPC message out of parsed JSON; never throws. Batches are split before this (`splitBatch`). */
export function parseRpcMessage(value: unknown): RpcMessage | InvalidRpc {
  if (!isJsonObject(value)) return invalid('a message is one JSON object', null);
  const hasId = Object.hasOwn(value, 'id');
  const id = hasId && isRequestId(value.id) ? value.id : null;
  if (value.jsonrpc !== '2.0') return invalid('jsonrpc must be "2.0"', id);
  const isCall = Object.hasOwn(value, 'method');
  const isReply = Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error');
  if (isCall === isReply) return invalid('a message has either a method or a result or an error', id);
  if (!isCall) return parseResponse(value, id);
  if (hasId && id === null) return invalid('id must be text or an integer', null);
  return parseCall(value, id);
}

function parseCall(value: WireObject, id: RequestId | null): RpcRequest | RpcNotification | InvalidRpc {
  const method = value.method;
  if (typeof method !== 'string' || method === '' || method.length > maxMethodLength) {
    return invalid('method must be text', id);
  }
  const params = value.params;
  if (params !== undefined && !isJsonObject(params)) {
    return { kind: 'invalid', code: rpcCodes.invalidParams, reason: 'params must be an object', id };
  }
  return id === null ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
}

function parseResponse(value: WireObject, id: RequestId | null): RpcResponse | InvalidRpc {
  const hasError = Object.hasOwn(value, 'error');
  if (hasError === Object.hasOwn(value, 'result')) return invalid('both a result and an error', id);
  if (!hasError) {
    const result = value.result;
    if (id === null) return invalid('a result needs an id', null);
    if (!isJsonObject(result)) return invalid('result must be an object', id);
    return { kind: 'response', ok: true, id, result };
  }
  const error = value.error;
  if (!isJsonObject(error)) return invalid('error must be an object', id);
  const code = error.code;
  const message = error.message;
  if (!Number.isSafeInteger(code) || typeof code !== 'number')
    return invalid('error.code must be an integer', id);
  if (typeof message !== 'string') return invalid('error.message must be text', id);
  const data = error.data;
  // An error may answer a request whose id could not be read: then its id is null or absent.
  if (id === null && value.id !== undefined && value.id !== null)
    return invalid('id must be text or an integer', null);
  return {
    kind: 'response',
    ok: false,
    id,
    error: data === undefined ? { code, message } : { code, message, data },
  };
}

function invalid(reason: string, id: RequestId | null): InvalidRpc {
  return { kind: 'invalid', code: rpcCodes.invalidRequest, reason, id };
}

/** JSON text of a result. */
export function writeResult(id: RequestId, result: unknown): string {
  return writeRawResult(id, JSON.stringify(result));
}

/** JSON text of a result that is serialised already (cached lists). */
export function writeRawResult(id: RequestId, resultJson: string): string {
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${resultJson}}`;
}

/** JSON text of an error; `id` is null only where the request's id could not be read. */
export function writeError(id: RequestId | null, error: RpcError): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error });
}

/** JSON text of a request. */
export function writeRequest(id: RequestId, method: string, params?: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params });
}

/** JSON text of a notification. */
export function writeNotification(method: string, params?: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params });
}
