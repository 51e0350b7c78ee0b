import { AppError } from '@sallyport/kernel';
import {
  createSseParser,
  findJsonFault,
  type JsonLimits,
  parseRpcMessage,
  type RequestId,
  type RpcNotification,
  type RpcResponse,
} from '@sallyport/mcp';
import type { Outbound, OutboundRequest } from '@sallyport/outbound';

/** What came back for one message. */
export interface RpcOutcome {
  readonly status: number;
  readonly sessionId: string | undefined;
  /** `undefined`: no JSON-RPC answer was in the body. */
  readonly response: RpcResponse | undefined;
}

export interface RpcPost {
  readonly request: OutboundRequest;
  /** The id that the answer must carry; `null` for a notification. */
  readonly id: RequestId | null;
  readonly limits: JsonLimits;
  /** Takes what comes before the answer; a promise holds the stream back. */
  readonly onNotification?: (notification: RpcNotification) => Promise<void> | undefined;
}

/** Bounds of an upstream's answer to a call; its bytes are capped by `outbound`. */
export const answerLimits: JsonLimits = { maxDepth: 64, maxKeys: 200_000 };

const decoder = new TextDecoder('utf-8', { fatal: true });
const decodeUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

/**
 * Sends one JSON-RPC message and reads its answer, as JSON or as a stream.
 * @throws AppError from `outbound`, or `upstream_protocol` for an answer that is not MCP.
 */
export async function postRpc(outbound: Outbound, post: RpcPost): Promise<RpcOutcome> {
  const response = await outbound.request(post.request);
  const { status, headers, body } = response;
  const sessionId = single(headers['mcp-session-id']);
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (post.id === null || status === 202 || status === 204) {
    body.cancel();
    return { status, sessionId, response: undefined };
  }
  if (type === 'text/event-stream' && status === 200) {
    return { status, sessionId, response: await readStream(body, post) };
  }
  if (type !== 'application/json') {
    body.cancel();
    if (status < 300) throw protocolError('content_type');
    return { status, sessionId, response: undefined };
  }
  const bytes = await body.bytes();
  const answer = readAnswer(parseText(bytes.toString(), post.limits, status), post.id, status);
  return { status, sessionId, response: answer };
}

function parseText(text: string, limits: JsonLimits, status: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (status < 300) throw protocolError('not_json');
    return undefined;
  }
  const fault = findJsonFault(value, limits);
  if (fault) throw protocolError(fault.kind);
  return value;
}

function readAnswer(value: unknown, id: RequestId, status: number): RpcResponse | undefined {
  const message = parseRpcMessage(value);
  if (message.kind !== 'response') {
    if (status < 300) throw protocolError('not_json_rpc');
    return undefined;
  }
  // An error status may answer without naming the request; an answer to somebody else is never taken.
  if (message.id === id || (message.id === null && !message.ok)) return message;
  throw protocolError('wrong_id');
}

async function readStream(body: AsyncIterable<Uint8Array>, post: RpcPost): Promise<RpcResponse> {
  const parser = createSseParser(decodeUtf8);
  for await (const chunk of body) {
    const step = parseChunk(parser, chunk);
    for (const event of step.events) {
      if (event.event !== 'message' || event.data === '') continue;
      const message = parseRpcMessage(parseText(event.data, post.limits, 200));
      if (message.kind === 'response') return await takeAnswer(message, post.id);
      // Requests of the server are dropped: we declared no capability for any.
      if (message.kind === 'notification') await post.onNotification?.(message);
    }
    if (step.exceeded !== undefined) throw protocolError(`sse_${step.exceeded}`);
  }
  throw protocolError('no_answer');
}

function parseChunk(parser: ReturnType<typeof createSseParser>, chunk: Uint8Array) {
  try {
    return parser.push(chunk);
  } catch {
    throw protocolError('not_utf8');
  }
}

async function takeAnswer(message: RpcResponse, id: RequestId | null): Promise<RpcResponse> {
  if (message.id === id || (message.id === null && !message.ok)) return message;
  throw protocolError('wrong_id');
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

/** The error for an answer that is not MCP; `reason` is public. */
export function protocolError(reason: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError('upstream_protocol', undefined, { details: { reason, ...details } });
}
