import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, type Clock, toWireId } from '@sallyport/kernel';
import type { FastifyInstance } from 'fastify';
import { isMet } from '../access/access.guard.ts';
import { actorOf } from '../access/requires.ts';
import { readId } from '../graphql/wire-ids.ts';
import type { BrowserSessions } from '../http/browser-session.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { AttemptLimiter } from '../sign-in/attempt-limiter.ts';
import { forwardMessage } from './forward-message.ts';
import type { InspectorKeys } from './inspector-keys.ts';
import { readInspectorBody, writeInspectorMessage } from './inspector-message.ts';

export interface InspectDeps {
  readonly browser: BrowserSessions;
  readonly keys: InspectorKeys;
  readonly clock: Clock;
  readonly limiter?: AttemptLimiter;
}

const bodyLimit = 256 * 1024;
const maxReplyBytes = 16 * 1024 * 1024;
const maxOpen = 4;
/** Trying an endpoint as an agent is what making a key for that agent allows already. */
const needs = 'agents.write';

/** `POST /inspect`: one message of the console's inspector to an endpoint of the member's tenant, as an agent of it. */
export function registerInspectRoutes(scope: FastifyInstance, deps: InspectDeps): void {
  const limiter =
    deps.limiter ?? new AttemptLimiter(deps.clock, { burst: 60, perMinute: 120, maxKeys: 5_000 });
  const open = new Map<string, number>();
  scope.post('/inspect', { bodyLimit }, async (request, reply) => {
    const session = await deps.browser.requireForChange(request);
    if (!isMet(session, needs)) throw new AppError('forbidden', undefined, { details: { needs } });
    limiter.take(session.id);
    const body = readInspectorBody(request.body);
    const target = {
      sessionId: session.id,
      agentId: readId('agent', body.agentId),
      endpointId: readId('endpoint', body.endpointId),
    };
    if ((open.get(session.id) ?? 0) >= maxOpen) {
      throw new AppError('rate_limited', `at most ${maxOpen} messages at once`, {
        details: { retryAfterMs: 1_000 },
      });
    }
    open.set(session.id, (open.get(session.id) ?? 0) + 1);
    const out = reply.raw;
    const abort = new AbortController();
    // A page that goes away, or a cancel: closing the response is how the modern era cancels.
    out.once('close', () => abort.abort());
    try {
      const actor = actorOf(session);
      const door = await deps.keys.open(actor, target);
      const sentAtMs = deps.clock.nowMs();
      const answer = await forwardMessage(door, writeInspectorMessage(body), abort.signal);
      if (answer.statusCode === 401) deps.keys.forget(actor, target);
      reply.hijack();
      out.writeHead(answer.statusCode ?? 502, {
        ...securityHeaders,
        ...passedHeaders(answer),
        'x-sallyport-key': toWireId('apiKey', door.keyId),
        'x-sallyport-sent': String(sentAtMs),
      });
      await pass(answer, out);
    } finally {
      const left = (open.get(session.id) ?? 1) - 1;
      if (left > 0) open.set(session.id, left);
      else open.delete(session.id);
    }
  });
}

function passedHeaders(answer: IncomingMessage): Record<string, string> {
  const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
  return {
    'content-type': isStream ? 'text/event-stream; charset=utf-8' : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  };
}

/** Hands on what comes as it comes; one that never ends is cut. */
async function pass(answer: IncomingMessage, out: ServerResponse): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxReplyBytes || out.destroyed) break;
      if (!out.write(chunk))
        await new Promise((resolve) => out.once('drain', resolve).once('close', resolve));
    }
  } catch {
    // The gateway closed on us, or the page did: there is nobody left to tell.
  } finally {
    answer.destroy();
    out.end();
  }
}
