import { AppError, isAppError } from '@sallyport/kernel';
import type { Outbound, OutboundRequest } from '@sallyport/outbound';
import type { VetLimits } from './limits.ts';
import type { HttpAsk, ToChild } from './messages.ts';

/** How the parent authenticates to the server; the child never learns more than the kind. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly secret: string }
  | { readonly kind: 'header'; readonly name: string; readonly secret: string }
  | { readonly kind: 'query'; readonly name: string; readonly secret: string };

export interface RelayInput {
  readonly outbound: Outbound;
  readonly url: string;
  readonly circuit: string;
  readonly credential: Credential;
  readonly limits: VetLimits;
  readonly send: (message: ToChild) => void;
}

export interface Relay {
  /** Makes the request a child asked for and streams the answer to it. */
  ask(ask: HttpAsk): void;
  cancel(id: number): void;
  /** Ends everything still open. */
  close(): void;
}

/** Carries requests of one child to the one address it may reach, and nowhere else. */
export function createRelay(input: RelayInput): Relay {
  const { outbound, limits, send } = input;
  const open = new Map<number, AbortController>();
  let asked = 0;
  let bytes = 0;

  const exchange = async (ask: HttpAsk, signal: AbortSignal): Promise<void> => {
    asked += 1;
    if (asked > limits.maxExchanges) {
      throw new AppError('too_large', `more than ${limits.maxExchanges} requests`);
    }
    const response = await outbound.request({
      ...authorized({ ...input, url: addressOf(input.url, ask.path) }, childHeaders(ask.headers)),
      method: ask.method,
      ...(ask.body === undefined ? {} : { body: ask.body }),
      signal,
      timeoutMs: limits.exchangeMs,
    });
    send({ kind: 'head', id: ask.id, status: response.status, headers: plainHeaders(response.headers) });
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > limits.maxListBytes) {
        throw new AppError('too_large', `the lists are larger than ${limits.maxListBytes} bytes`);
      }
      send({ kind: 'chunk', id: ask.id, data: Buffer.from(chunk).toString('base64') });
    }
    send({ kind: 'end', id: ask.id });
  };

  return {
    ask: (ask) => {
      if (open.has(ask.id)) return;
      const controller = new AbortController();
      open.set(ask.id, controller);
      exchange(ask, controller.signal)
        .catch((cause: unknown) => {
          if (!controller.signal.aborted) send({ kind: 'failed', id: ask.id, ...publicFailure(cause) });
        })
        .finally(() => open.delete(ask.id));
    },
    cancel: (id) => open.get(id)?.abort(),
    close: () => {
      for (const controller of open.values()) controller.abort();
    },
  };
}

/** Another path of the same origin, which the transport of 2024 needs; never another origin. */
function addressOf(url: string, path: string | undefined): string {
  if (path === undefined) return url;
  const address = new URL(path, url);
  if (address.origin !== new URL(url).origin) throw new AppError('upstream_protocol', 'another origin');
  return address.href;
}

/** Adds the credential to a request; the address is the server's, whatever the child wishes. */
export function authorized(
  input: Pick<RelayInput, 'url' | 'circuit' | 'credential'>,
  headers: Readonly<Record<string, string>>,
): Pick<OutboundRequest, 'url' | 'circuit' | 'headers' | 'query'> {
  const { url, circuit, credential } = input;
  switch (credential.kind) {
    case 'none':
      return { url, circuit, headers };
    case 'bearer':
      return { url, circuit, headers: { ...headers, authorization: `Bearer ${credential.secret}` } };
    case 'header':
      return { url, circuit, headers: { ...headers, [credential.name.toLowerCase()]: credential.secret } };
    case 'query':
      return { url, circuit, headers, query: { name: credential.name, value: credential.secret } };
  }
}

function childHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => name === 'accept' || name === 'content-type' || name.startsWith('mcp-')),
  );
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && (name === 'content-type' || name.startsWith('mcp-'))) kept[name] = value;
  }
  return kept;
}

/** What went wrong in words a report may show: no secret, no address behind a name. */
export function publicFailure(cause: unknown): { readonly code: string; readonly message: string } {
  if (!isAppError(cause)) return { code: 'internal_error', message: 'the request could not be made' };
  const { reason } = cause.details;
  const why = typeof reason === 'string' ? `: ${reason.replaceAll('_', ' ')}` : '';
  return { code: cause.code, message: `${cause.message}${why}` };
}
