import { AppError } from '@sallyport/kernel';
import type { FastifyInstance } from 'fastify';
import type { BrowserSessions } from '../http/browser-session.ts';
import { securityHeaders } from '../http/security-headers.ts';
import type { LiveEvent, LiveHub } from './live-hub.ts';

const heartbeatMs = 15_000;
/** A client that reads slower than this is cut; it reconnects and refetches. */
const maxBufferedBytes = 64 * 1024;

/** `GET /live`: one event stream per console tab, for the tenant its session acts in. */
export function registerLiveRoutes(scope: FastifyInstance, browser: BrowserSessions, hub: LiveHub): void {
  scope.get('/live', async (request, reply) => {
    const session = await browser.require(request);
    const tenant = session.tenant;
    if (!tenant) throw new AppError('forbidden', 'the session acts in no tenant');
    if (!hub.hasRoomFor(session.id)) throw new AppError('rate_limited', 'too many open event streams');
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, {
      ...securityHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    out.write('retry: 2000\n\n');
    const write = (text: string): void => {
      if (out.writableLength > maxBufferedBytes) out.destroy();
      else out.write(text);
    };
    const remove = hub.add({
      sessionId: session.id,
      tenantId: tenant.id,
      send: (event: LiveEvent) =>
        write(`event: invalidate\ndata: ${JSON.stringify({ type: event.type, id: event.id })}\n\n`),
      close: () => out.end(),
    });
    // The session is asked for again with every heartbeat, so a revoked or expired one loses its stream.
    const timer = setInterval(() => {
      browser.find(request).then(
        (now) => (now?.tenant?.id === tenant.id ? write(': still here\n\n') : out.end()),
        () => write(': still here\n\n'),
      );
    }, heartbeatMs);
    out.on('close', () => {
      clearInterval(timer);
      remove();
    });
  });
}
