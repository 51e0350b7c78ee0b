import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AppError } from '@sallyport/kernel';
import type { InspectorDoor } from './inspector-keys.ts';
import type { InspectorMessage } from './inspector-message.ts';

/** A held call or a person who thinks may take minutes; the gateway has limits of its own. */
const silenceMs = 5 * 60_000;

/**
 * Sends a message to our own gateway and gives its answer as it comes.
 * Invariant: T40: the address is the configured origin of the gateway and the slugs of the member's own tenant; nothing
 * of it comes from the browser. `outbound` refuses our own ports by design, so this hop is plain `node:http`
 * (docs/adr/2026-11-21-inspector-through-the-gateway.md).
 * @throws AppError `upstream_unreachable`
 */
export function forwardMessage(
  door: InspectorDoor,
  message: InspectorMessage,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = door.url.startsWith('https:') ? httpsRequest : httpRequest;
  const headers = {
    ...message.headers,
    authorization: `Bearer ${door.secret}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'content-length': Buffer.byteLength(message.text),
  };
  return new Promise((resolve, reject) => {
    const request = send(
      door.url,
      { method: 'POST', headers, agent: false, signal, timeout: silenceMs },
      resolve,
    );
    request.on('timeout', () => request.destroy(new AppError('timeout')));
    request.on('error', (cause) =>
      reject(new AppError('upstream_unreachable', 'the gateway does not answer', { cause })),
    );
    request.end(message.text);
  });
}
