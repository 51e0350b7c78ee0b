import { createGunzip, type Gunzip } from 'node:zlib';
import { AppError } from '@sallyport/kernel';
import type { OutboundLimits } from './limits.ts';
import type { BodySink } from './response-body.ts';

/** Takes raw bytes from the wire and passes on plain ones within the caps. */
export interface BodyFilter {
  push(chunk: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
}

type Caps = Pick<OutboundLimits, 'maxResponseBytes' | 'maxCompressionRatio'>;

/** Small bodies may be compressed well without being bombs. */
const ratioSlackBytes = 64 * 1024;

/**
 * Puts the caps before a sink. We ask for `identity`; one `gzip` is tolerated, anything else refused.
 * `abort` cuts the wire. Gives `undefined` when the encoding is refused.
 */
export function createBodyFilter(
  encoding: string | undefined,
  sink: BodySink,
  caps: Caps,
  abort: (error: Error) => void,
): BodyFilter | undefined {
  const coding = (encoding ?? '').trim().toLowerCase();
  const guard = sizeGuard(sink, caps, abort);
  if (coding === '' || coding === 'identity') return guard;
  return coding === 'gzip' || coding === 'x-gzip' ? gunzipFilter(guard, caps, abort) : undefined;
}

/** The error for a response that passes a cap or breaks a rule. */
export function upstreamProtocol(reason: string, limit?: number): AppError {
  return new AppError('upstream_protocol', `the upstream's response is refused: ${reason}`, {
    details: limit === undefined ? { reason, sent: true } : { reason, limit, sent: true },
  });
}

function sizeGuard(sink: BodySink, caps: Caps, abort: (error: Error) => void): BodyFilter {
  let total = 0;
  return {
    push(chunk) {
      total += chunk.length;
      if (total > caps.maxResponseBytes) abort(upstreamProtocol('response_too_large', caps.maxResponseBytes));
      else sink.push(chunk);
    },
    end: () => sink.end(),
    fail: (error) => sink.fail(error),
  };
}

function gunzipFilter(next: BodyFilter, caps: Caps, abort: (error: Error) => void): BodyFilter {
  const gunzip: Gunzip = createGunzip();
  let inBytes = 0;
  let outBytes = 0;
  const stop = (error: Error): void => {
    gunzip.destroy();
    abort(error);
  };
  gunzip.on('data', (chunk: Buffer) => {
    outBytes += chunk.length;
    if (outBytes > ratioSlackBytes && outBytes > inBytes * caps.maxCompressionRatio) {
      stop(upstreamProtocol('compression_ratio', caps.maxCompressionRatio));
    } else next.push(chunk);
  });
  gunzip.on('end', () => next.end());
  gunzip.on('error', () => stop(upstreamProtocol('content_encoding')));
  return {
    push(chunk) {
      inBytes += chunk.length;
      if (!gunzip.destroyed) gunzip.write(chunk);
    },
    end: () => {
      gunzip.end();
    },
    fail(error) {
      gunzip.destroy();
      next.fail(error);
    },
  };
}
