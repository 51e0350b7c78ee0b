import { AppError } from '@sallyport/kernel';
import {
  findJsonFault,
  type JsonLimits,
  maxBatchMembers,
  parseRpcMessage,
  type RpcMessage,
  readJson,
} from '@sallyport/mcp';

/** Bounds of an upstream's answer to a call; its bytes are capped by `outbound`. */
export const answerLimits: JsonLimits = { maxDepth: 64, maxKeys: 200_000 };

/** The error for an answer that is not MCP; `reason` is public. */
export function protocolError(reason: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError('upstream_protocol', undefined, { details: { reason, ...details } });
}

/**
 * Reads JSON within limits.
 * @throws AppError `upstream_protocol`
 */
export function parseJson(text: string, limits: JsonLimits): unknown {
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    throw protocolError('not_json');
  }
  const fault = findJsonFault(value, limits);
  if (fault) throw protocolError(fault.kind);
  return value;
}

/**
 * Reads the messages of one event: one, or a batch of the revision that has batches.
 * @throws AppError `upstream_protocol`
 */
export function parseMessages(text: string, limits: JsonLimits): readonly RpcMessage[] {
  const value = parseJson(text, limits);
  if (!Array.isArray(value)) return [readMessage(value)];
  if (value.length > maxBatchMembers) throw protocolError('batch_too_large', { limit: maxBatchMembers });
  return value.map(readMessage);
}

function readMessage(value: unknown): RpcMessage {
  const message = parseRpcMessage(value);
  if (message.kind === 'invalid') throw protocolError('not_json_rpc');
  return message;
}
