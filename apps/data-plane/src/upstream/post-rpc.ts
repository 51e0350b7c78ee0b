import {
  isJsonObject,
  type JsonLimits,
  parseRpcMessage,
  type RequestId,
  type RpcResponse,
} from '@sallyport/mcp';
import type { Outbound, OutboundRequest, OutboundResponse } from '@sallyport/outbound';
import { createHttpInbox, type HttpInboxInput, type Inbox } from './inbox.ts';
import { parseJson, protocolError } from './read-rpc.ts';

/** What came back for one message. */
export interface RpcOutcome {
  readonly status: number;
  readonly sessionId: string | undefined;
  /** `undefined`: no JSON-RPC answer was in the body. */
  readonly response: RpcResponse | undefined;
}

export type Delivered =
  | { readonly kind: 'answer'; readonly outcome: RpcOutcome }
  | { readonly kind: 'stream'; readonly sessionId: string | undefined; readonly inbox: Inbox };

export interface RpcPost extends Omit<HttpInboxInput, 'response'> {
  readonly request: OutboundRequest;
  /** The id that the answer must carry; `null` for a message that gets none. */
  readonly id: RequestId | null;
  readonly limits: JsonLimits;
}

/**
 * Sends one JSON-RPC message: its answer, or the stream it will come on.
 * @throws AppError from `outbound`, or `upstream_protocol` for an answer that is not MCP.
 */
export async function sendRpc(outbound: Outbound, post: RpcPost): Promise<Delivered> {
  const response = await outbound.request(post.request);
  const { status, headers, body } = response;
  const sessionId = single(headers['mcp-session-id']);
  if (post.id === null || status === 202 || status === 204) {
    leave(body);
    return { kind: 'answer', outcome: { status, sessionId, response: undefined } };
  }
  const type = mediaType(headers['content-type']);
  if (type === 'text/event-stream' && status === 200)
    return { kind: 'stream', sessionId, inbox: createHttpInbox({ ...post, response }) };
  if (type !== 'application/json') {
    leave(body);
    if (status < 300) throw protocolError('content_type');
    return { kind: 'answer', outcome: { status, sessionId, response: undefined } };
  }
  const bytes = await body.bytes();
  const answer = readAnswer(parseBody(bytes.toString(), post.limits, status), post.id, status);
  return { kind: 'answer', outcome: { status, sessionId, response: answer } };
}

/**
 * Sends one JSON-RPC message and reads its answer; whatever else comes on its stream is dropped.
 * @throws AppError as `sendRpc`
 */
export async function postRpc(outbound: Outbound, post: RpcPost): Promise<RpcOutcome> {
  const delivered = await sendRpc(outbound, post);
  if (delivered.kind === 'answer') return delivered.outcome;
  const { inbox, sessionId } = delivered;
  try {
    for (;;) {
      const messages = await inbox.next();
      if (!messages) throw protocolError('no_answer');
      for (const message of messages) {
        if (message.kind !== 'response') continue;
        const response = forUs(message, post.id);
        inbox.finish();
        return { status: 200, sessionId, response };
      }
    }
  } catch (error) {
    inbox.close();
    throw error;
  }
}

/**
 * The answer, if it is to this request.
 * @throws AppError `upstream_protocol`: an answer to somebody else is never taken
 */
export function forUs(message: RpcResponse, id: RequestId | null): RpcResponse {
  // An error may answer without naming the request.
  if (message.id === id || (message.id === null && !message.ok)) return message;
  throw protocolError('wrong_id');
}

/** A body nobody reads: a short one is let through to its end, so that its connection is kept. */
function leave(body: OutboundResponse['body']): void {
  if (!body.isWhole()) body.cancel();
}

function parseBody(text: string, limits: JsonLimits, status: number): unknown {
  if (status < 300) return parseJson(text, limits);
  try {
    return parseJson(text, limits);
  } catch {
    return undefined;
  }
}

function readAnswer(value: unknown, id: RequestId, status: number): RpcResponse | undefined {
  // 2025-03-26 may answer with an array, even to one request.
  const [only] = Array.isArray(value)
    ? value.filter((entry) => isJsonObject(entry) && entry.id === id)
    : [value];
  const message = parseRpcMessage(only);
  if (message.kind === 'response') return forUs(message, id);
  if (status < 300) throw protocolError('not_json_rpc');
  return undefined;
}

/** The media type of a content type, without its parameters. */
export function mediaType(contentType: string | undefined): string | undefined {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
