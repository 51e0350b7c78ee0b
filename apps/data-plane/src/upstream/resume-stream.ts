import { AppError } from '@sallyport/kernel';
import type { OutboundResponse } from '@sallyport/outbound';
import { mediaType } from './post-rpc.ts';
import { protocolError } from './read-rpc.ts';
import type { ExchangeInput } from './turn.ts';
import { acceptStream, type HeldSession } from './upstream-session.ts';

/**
 * Asks a legacy upstream for the rest of a stream that it closed, or that broke, before the answer.
 * @throws AppError `upstream_protocol` when it has nothing to give
 */
export async function resumeStream(given: {
  readonly input: ExchangeInput;
  readonly session: HeldSession;
  readonly lastEventId: string;
  readonly afterMs: number;
  readonly leftMs: number;
}): Promise<OutboundResponse> {
  const { input, session, lastEventId, afterMs, leftMs } = given;
  const { upstream, credential, signal } = input;
  if (afterMs >= leftMs)
    throw new AppError('timeout', undefined, { details: { reason: 'deadline', sent: true } });
  await sleep(afterMs, signal);
  const response = await upstream.outbound.request({
    url: upstream.server.url,
    method: 'GET',
    circuit: upstream.circuit,
    headers: { ...acceptStream, ...session.headers, ...credential.headers, 'last-event-id': lastEventId },
    timeoutMs: Math.max(1, leftMs - afterMs),
    signal,
    ...(credential.query ? { query: credential.query } : {}),
  });
  if (response.status === 200 && mediaType(response.headers['content-type']) === 'text/event-stream')
    return response;
  response.body.cancel();
  throw protocolError('no_answer', { status: response.status });
}

/** @throws AppError `timeout` when the caller goes away meanwhile */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(
        new AppError('timeout', 'the call was cancelled', { details: { reason: 'cancelled', sent: true } }),
      );
    };
    if (signal.aborted) return onAbort();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
