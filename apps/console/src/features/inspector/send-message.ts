import { errorTable } from '@sallyport/kernel';
import { ApiError, type ApiErrorCode } from '../../lib/api-error.ts';
import { postJson } from '../../lib/graphql-client.ts';
import { asObject, asText, type Json, objectsOf } from './json-value.ts';
import { createEventReader } from './read-events.ts';

export type InspectorMethod =
  | 'tools/list'
  | 'tools/call'
  | 'prompts/list'
  | 'prompts/get'
  | 'resources/list'
  | 'resources/templates/list'
  | 'resources/read'
  | 'completion/complete';

export interface Target {
  readonly endpointId: string;
  readonly agentId: string;
}

export interface Outgoing extends Target {
  readonly id: number;
  readonly method: InspectorMethod;
  readonly params: Json;
  readonly inputSchema?: Json | undefined;
}

export type Reply =
  | { readonly kind: 'result'; readonly result: Json }
  | { readonly kind: 'error'; readonly error: Json };

/** What came back, and by which key it went, to find its receipt. */
export interface Exchanged {
  readonly reply: Reply | null;
  readonly status: number;
  readonly keyId: string | null;
  readonly sentAtMs: number;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** Every message as it arrives, the reply included. */
  readonly onMessage?: ((message: Json) => void) | undefined;
}

/**
 * Sends one message through the gateway, by the control plane, which holds the key. A refusal of the gateway is a
 * reply; a refusal of the control plane is thrown.
 * @throws ApiError
 */
export async function sendMessage(message: Outgoing, options: SendOptions = {}): Promise<Exchanged> {
  const response = await postJson('/inspect', message, options.signal);
  const keyId = response.headers.get('x-sallyport-key');
  if (keyId === null) throw await readRefusal(response);
  let reply: Reply | null = null;
  await readMessages(response, (value) => {
    options.onMessage?.(value);
    reply = replyOf(value) ?? reply;
  });
  const sentAtMs = Number(response.headers.get('x-sallyport-sent')) || Date.now();
  return { reply, status: response.status, keyId, sentAtMs };
}

async function readMessages(response: Response, onValue: (value: Json) => void): Promise<void> {
  const take = (text: string): void => {
    const value = parse(text);
    if (value !== null) onValue(value);
  };
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    take(await response.text());
    return;
  }
  const events = createEventReader(take);
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    events.push(decoder.decode(part.value, { stream: true }));
  }
  events.end();
}

function parse(text: string): Json | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function replyOf(value: Json): Reply | null {
  const result = asObject(value.result);
  if (result !== null) return { kind: 'result', result };
  const error = asObject(value.error);
  return error === null ? null : { kind: 'error', error };
}

async function readRefusal(response: Response): Promise<ApiError> {
  const body = parse(await response.text());
  const first = objectsOf(body?.errors)[0];
  const extensions = asObject(first?.extensions);
  const code = asText(extensions?.code) ?? '';
  const known: ApiErrorCode = code in errorTable ? (code as ApiErrorCode) : 'internal_error';
  return new ApiError(
    known,
    asText(first?.message) ?? `HTTP ${response.status}`,
    asObject(extensions?.details) ?? {},
  );
}
