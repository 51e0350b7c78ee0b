import { Readable } from 'node:stream';
import { AppError, type Clock } from '@sallyport/kernel';
import type { FastifyInstance } from 'fastify';
import { isMet } from '../access/access.guard.ts';
import { actorOf } from '../access/requires.ts';
import type { BrowserSessions } from '../http/browser-session.ts';
import { AttemptLimiter } from '../sign-in/attempt-limiter.ts';
import type { ExportRows } from './export-rows.ts';

export interface DetectionRoutesDeps {
  readonly browser: BrowserSessions;
  readonly rows: ExportRows;
  readonly clock: Clock;
}

/** Whoever may allow an export may take it. */
const needs = 'settings.write';

/** `POST /detection/export`: verdicts as labelled rows (JSON Lines), a download of the console. */
export function registerDetectionRoutes(scope: FastifyInstance, deps: DetectionRoutesDeps): void {
  const limiter = new AttemptLimiter(deps.clock, { burst: 5, perMinute: 5, maxKeys: 5_000 });
  scope.post('/detection/export', { bodyLimit: 1_024 }, async (request, reply) => {
    const session = await deps.browser.requireForChange(request);
    if (!isMet(session, needs)) throw new AppError('forbidden', undefined, { details: { needs } });
    limiter.take(session.id);
    const rows = await deps.rows.execute(actorOf(session));
    return reply
      .header('content-type', 'application/jsonl; charset=utf-8')
      .header('content-disposition', 'attachment; filename="sallyport-verdicts.jsonl"')
      .header('cache-control', 'no-store')
      .send(Readable.from(rows));
  });
}
