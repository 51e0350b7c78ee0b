import type { IncomingHttpHeaders } from 'node:http';
import { AppError, isAppError } from '@sallyport/kernel';
import type { Dispatcher, Pool } from 'undici';
import type { BreakerOutcome } from './breaker.ts';
import { createClocks } from './exchange-clocks.ts';
import type { OutboundLimits } from './limits.ts';
import { type BodySink, createBody, type ResponseBody } from './response-body.ts';
import { type BodyFilter, createBodyFilter, upstreamProtocol } from './response-limits.ts';

export interface OutboundResponse {
  readonly status: number;
  /** Lower-case names; repeated headers as arrays. */
  readonly headers: IncomingHttpHeaders;
  readonly body: ResponseBody;
  /** Stops the clocks of this exchange while somebody else is waited for, at most this long. */
  hold(limitMs: number): void;
  /** Starts them again, with this much time left. */
  release(deadlineMs: number): void;
}

export interface Exchange {
  readonly pool: Pool;
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly host: string;
  /** Flat list, already checked. */
  readonly headers: string[];
  readonly body: Uint8Array | string | null;
  readonly signal: AbortSignal | undefined;
  readonly deadlineMs: number;
  /** Longest silence in the body. */
  readonly idleMs: number;
  readonly limits: OutboundLimits;
  readonly onHeld: () => void;
  /** Called exactly once, when the exchange is over. */
  readonly onOver: (outcome: BreakerOutcome) => void;
}

/** One request and its response over a pool: resolves with the head, the body streams after it. */
export function runExchange(exchange: Exchange): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const handler = createHandler(exchange, resolve, reject);
    if (exchange.signal?.aborted) return handler.stop(cancelled(false), 'ignored');
    const { path, method, headers, body, limits } = exchange;
    headers.push('host', exchange.host);
    const headersTimeout = limits.headersTimeoutMs;
    try {
      // Silence in the body is watched by `createClocks`, which can be stopped.
      exchange.pool.dispatch({ path, method, headers, body, headersTimeout, bodyTimeout: 0 }, handler);
    } catch (error) {
      handler.stop(
        new AppError('internal_error', 'the request could not be made', { cause: error }),
        'ignored',
      );
    }
  });
}

/** The error for a caller that went away; never counted against the upstream. */
function cancelled(sent: boolean): AppError {
  return new AppError('timeout', 'the call was cancelled', { details: { reason: 'cancelled', sent } });
}

interface Handler extends Dispatcher.DispatchHandler {
  stop(error: Error, outcome: BreakerOutcome): void;
}

function createHandler(
  exchange: Exchange,
  resolve: (response: OutboundResponse) => void,
  reject: (error: Error) => void,
): Handler {
  let controller: Dispatcher.DispatchController | undefined;
  let sink: BodySink | undefined;
  let filter: BodyFilter | undefined;
  let failedStatus = false;
  let stopped: Error | undefined;
  let isOver = false;

  /** A request is handed a controller when it is written to its connection, not before. */
  const isSent = (): boolean => controller !== undefined;
  const over = (outcome: BreakerOutcome): void => {
    if (isOver) return;
    isOver = true;
    clocks.clear();
    exchange.signal?.removeEventListener('abort', onAbort);
    exchange.onOver(outcome);
  };
  const stop = (error: Error, outcome: BreakerOutcome): void => {
    stopped ??= error;
    over(outcome);
    if (filter) filter.fail(error);
    else reject(error);
    if (controller && !controller.aborted) controller.abort(error);
  };
  const onAbort = (): void => stop(cancelled(isSent()), 'ignored');
  const clocks = createClocks(exchange, (reason, limitMs) => {
    const details = { reason, limitMs, sent: isSent() };
    stop(new AppError('timeout', undefined, { details }), reason === 'held' ? 'ignored' : 'failed');
  });
  const hold = (limitMs: number): void => {
    exchange.onHeld();
    clocks.hold(limitMs);
  };
  exchange.signal?.addEventListener('abort', onAbort, { once: true });

  return {
    stop,
    onRequestStart(started) {
      controller = started;
      if (stopped) started.abort(stopped);
    },
    onResponseStart(started, status, headers) {
      if (status < 200 || stopped) return;
      if (status >= 300 && status < 400) return stop(upstreamProtocol('redirect'), 'ok');
      failedStatus = status >= 500;
      sink = createBody({
        pause: () => started.pause(),
        resume: () => started.resume(),
        cancel: () => stop(cancelled(isSent()), 'ignored'),
      });
      const encoding = headers['content-encoding'];
      const coding = Array.isArray(encoding) ? encoding.join(',') : encoding;
      filter = createBodyFilter(coding, sink, exchange.limits, (error) => stop(error, 'failed'));
      if (!filter) return stop(upstreamProtocol('content_encoding'), 'failed');
      clocks.bodyBegins();
      resolve({ status, headers, body: sink.body, hold, release: clocks.release });
    },
    onResponseData(_controller, chunk) {
      if (stopped) return;
      clocks.bodyGoesOn();
      filter?.push(chunk);
    },
    onResponseEnd() {
      if (stopped) return;
      over(failedStatus ? 'failed' : 'ok');
      filter?.end();
    },
    onResponseError(_controller, error) {
      if (stopped) return;
      const translated = translate(error, isSent());
      stop(translated, translated.details.sent === false ? 'connect_failed' : 'failed');
    },
  };
}

const protocolCodes: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

function translate(error: Error & { readonly code?: unknown }, sent: boolean): AppError {
  if (isAppError(error)) return error;
  const code = typeof error.code === 'string' ? error.code : '';
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return new AppError('timeout', undefined, { details: { reason: 'no_headers', sent }, cause: error });
  if (protocolCodes.has(code) || error.name === 'HTTPParserError') {
    return new AppError('upstream_protocol', undefined, {
      details: { reason: 'not_http', sent },
      cause: error,
    });
  }
  return new AppError('upstream_unreachable', undefined, {
    details: { reason: 'connection_lost', sent },
    cause: error,
  });
}
