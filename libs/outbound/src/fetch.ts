import { AppError } from '@sallyport/kernel';
import type { OutboundResponse } from './exchange.ts';
import type { OutboundLimits } from './limits.ts';
import type { OutboundRequest } from './outbound.ts';

/** The part of `fetch` that SDK clients use. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

interface FetchOptions {
  /** Breaker key; `undefined` = one per origin. */
  readonly circuit: string | undefined;
  readonly timeoutMs: number;
  readonly limits: OutboundLimits;
}

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE']);
const bodiless: ReadonlySet<number> = new Set([204, 205]);

/** Wraps guarded requests as a `fetch`: no redirects, no cookies, no cache, bounded in bytes and time. */
export function createFetch(
  request: (call: OutboundRequest) => Promise<OutboundResponse>,
  options: FetchOptions,
): Fetch {
  return async (input, init) => {
    const asked = new Request(input, withDuplex(init));
    if (!methods.has(asked.method)) throw new AppError('method_not_allowed');
    const body = await readBody(asked, options.limits.maxRequestBytes);
    const response = await request({
      url: asked.url,
      method: asked.method as 'GET' | 'POST' | 'DELETE',
      headers: requestHeaders(asked.headers),
      ...(body ? { body } : {}),
      circuit: options.circuit ?? `fetch/${new URL(asked.url).origin}`,
      signal: asked.signal,
      timeoutMs: options.timeoutMs,
    });
    return toResponse(response);
  };
}

/** A stream as a body needs `duplex`, which callers forget. */
function withDuplex(init: RequestInit | undefined): RequestInit | undefined {
  return init?.body instanceof ReadableStream ? { ...init, duplex: 'half' } : init;
}

async function readBody(asked: Request, limit: number): Promise<Uint8Array | undefined> {
  if (!asked.body) return undefined;
  const kept: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of asked.body) {
    total += chunk.length;
    if (total > limit) throw new AppError('too_large', undefined, { details: { limit, sent: false } });
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

const ours: ReadonlySet<string> = new Set(['accept-encoding', 'connection', 'content-length', 'host']);

function requestHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !ours.has(name)));
}

function toResponse(response: OutboundResponse): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    if (name === 'content-encoding' || name === 'content-length') continue;
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) headers.append(name, one);
  }
  const { status } = response;
  if (bodiless.has(status)) {
    response.body.cancel();
    return new Response(null, { status, headers });
  }
  return new Response(toStream(response), { status, headers });
}

function toStream(response: OutboundResponse): ReadableStream<Uint8Array> {
  const chunks = response.body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel() {
      response.body.cancel();
    },
  });
}
