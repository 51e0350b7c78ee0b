import type { FromChild, ToChild } from '../messages.ts';

/** A failure the parent reported, by its stable code. */
export class ExchangeError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ExchangeError';
    this.code = code;
  }
}

interface Exchange {
  readonly head: (response: Response) => void;
  readonly fail: (error: ExchangeError) => void;
  readonly body: ReadableStreamDefaultController<Uint8Array>;
  readonly stream: ReadableStream<Uint8Array>;
}

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface ParentFetch {
  /** The only way out of the child: the parent makes the request, and knows the address and the credential. */
  readonly fetch: Fetch;
  /** The same for the transport of 2024: with streams, and paths of the server's own origin. */
  readonly streamFetch: Fetch;
  /** Takes what the parent answered. */
  receive(message: Exclude<ToChild, { kind: 'start' }>): void;
  /** The latest failure, before an SDK wrapped it. */
  lastFailure(): ExchangeError | undefined;
  /** HTTP status of the latest answer. */
  lastStatus(): number | undefined;
  /** A new step starts without the failures of the one before. */
  forgetFailure(): void;
  bytesRead(): number;
}

/** Builds a `fetch` over the pipe to the parent. */
export function createParentFetch(send: (message: FromChild) => void): ParentFetch {
  const open = new Map<number, Exchange>();
  let nextId = 1;
  let failure: ExchangeError | undefined;
  let bytes = 0;
  let status: number | undefined;

  const start = (signal: AbortSignal | null | undefined) => {
    const id = nextId;
    nextId += 1;
    const answer = new Promise<Response>((head, fail) => {
      const cancel = (): void => {
        if (open.delete(id)) send({ kind: 'cancel', id });
      };
      const { readable, body } = openStream(cancel);
      open.set(id, { head, fail, body, stream: readable });
      signal?.addEventListener('abort', () => {
        cancel();
        fail(new ExchangeError('timeout', 'the request was cancelled'));
      });
    });
    return { id, answer };
  };

  const ask = (method: Method, init: RequestInit | undefined, path: string | undefined) => {
    const body = typeof init?.body === 'string' ? init.body : undefined;
    const headers = Object.fromEntries(new Headers(init?.headers));
    const { id, answer } = start(init?.signal);
    const given = { ...(body === undefined ? {} : { body }), ...(path === undefined ? {} : { path }) };
    send({ kind: 'http', id, method, headers, ...given });
    return answer;
  };

  return {
    fetch: async (_address, init) => {
      const method = methodOf(init);
      // Streams from the server are not needed to look at it.
      return method === 'GET' ? new Response(null, { status: 405 }) : ask(method, init, undefined);
    },
    streamFetch: (address, init) => {
      const { pathname, search } = new URL(address instanceof Request ? address.url : address);
      return ask(methodOf(init), init, `${pathname}${search}`);
    },
    receive: (message) => {
      const exchange = open.get(message.id);
      if (exchange === undefined) return;
      switch (message.kind) {
        case 'head':
          status = message.status;
          exchange.head(toResponse(message, exchange.stream));
          break;
        case 'chunk': {
          const data = Buffer.from(message.data, 'base64');
          bytes += data.length;
          exchange.body.enqueue(data);
          break;
        }
        case 'end':
          open.delete(message.id);
          exchange.body.close();
          break;
        case 'failed':
          open.delete(message.id);
          failure = new ExchangeError(message.code, message.message);
          exchange.fail(failure);
          exchange.body.error(failure);
          break;
      }
    },
    lastFailure: () => failure,
    lastStatus: () => status,
    forgetFailure: () => {
      failure = undefined;
    },
    bytesRead: () => bytes,
  };
}

type Method = 'GET' | 'POST' | 'DELETE';

function methodOf(init: RequestInit | undefined): Method {
  const method = (init?.method ?? 'GET').toUpperCase();
  return method === 'POST' || method === 'DELETE' ? method : 'GET';
}

function openStream(cancel: () => void) {
  const pipe: { body?: ReadableStreamDefaultController<Uint8Array> } = {};
  const readable = new ReadableStream<Uint8Array>({
    start: (body) => {
      pipe.body = body;
    },
    cancel,
  });
  // `start` has run by now: the constructor calls it.
  if (pipe.body === undefined) throw new Error('a stream without a controller');
  return { readable, body: pipe.body };
}

const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

function toResponse(head: Extract<ToChild, { kind: 'head' }>, stream: ReadableStream<Uint8Array>): Response {
  const { status, headers } = head;
  return new Response(bodiless.has(status) ? null : stream, { status, headers });
}
