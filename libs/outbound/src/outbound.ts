import { AppError, type Clock } from '@sallyport/kernel';
import { type Breaker, type BreakerOutcome, createBreaker } from './breaker.ts';
import { type OutboundResponse, runExchange } from './exchange.ts';
import { createFetch, type Fetch } from './fetch.ts';
import { flattenHeaders } from './header-rules.ts';
import { defaultLimits, type OutboundLimits } from './limits.ts';
import { createPools, type Lane } from './pools.ts';
import { defaultLookup, type Lookup } from './resolve-target.ts';

export interface OutboundOptions {
  /** The operator's list of exact `host:port` origins; give a new array when it changes. */
  readonly privateOrigins: () => readonly string[];
  /** Sallyport's own ports, refused always. */
  readonly ownPorts: readonly number[];
  readonly clock: Clock;
  readonly limits?: Partial<OutboundLimits>;
  readonly lookup?: Lookup;
  /** Spreads re-opening breakers; 0..1. */
  readonly random?: () => number;
  /** Extra trusted certificate authorities (PEM). */
  readonly ca?: readonly string[];
}

export interface OutboundRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** A query parameter added to the URL, so that a secret in it is never part of a cached key. */
  readonly query?: { readonly name: string; readonly value: string };
  /** Whose circuit breaker this call uses: `tenantId/serverId`. */
  readonly circuit: string;
  readonly signal?: AbortSignal;
  /** Deadline of the whole call, head and body. */
  readonly timeoutMs?: number;
  /** Longest silence in the body. */
  readonly idleTimeoutMs?: number;
  /** Largest body; a stream that lives for hours may carry more than one answer does. */
  readonly maxResponseBytes?: number;
  /** Streams that stay open have connections of their own, so that they never take the place of a call. */
  readonly lane?: Lane;
}

export interface Outbound {
  /**
   * Calls a URL.
   * @throws AppError `egress_denied`, `upstream_unreachable`, `timeout`, `upstream_protocol`, `malformed` or
   * `too_large`; `details.sent` is false when no byte has left.
   */
  request(request: OutboundRequest): Promise<OutboundResponse>;
  /** A `fetch` with the same guards, for SDK clients. */
  readonly fetch: Fetch;
  /** The same, on one circuit breaker and with headers added to every request. */
  fetchFor(circuit: string, options?: { readonly timeoutMs?: number }): Fetch;
  circuitState(circuit: string): ReturnType<Breaker['stateOf']>;
  stats(): { readonly pools: number };
  close(): Promise<void>;
}

/** Builds the one way to call a URL. */
export function createOutbound(options: OutboundOptions): Outbound {
  const limits: OutboundLimits = { ...defaultLimits, ...options.limits };
  const pools = createPools({
    privateOrigins: options.privateOrigins,
    ownPorts: options.ownPorts,
    limits,
    lookup: options.lookup ?? defaultLookup,
    ...(options.ca ? { ca: options.ca } : {}),
  });
  const breaker = createBreaker(options.clock, options.random ?? Math.random);

  const request = async (call: OutboundRequest): Promise<OutboundResponse> => {
    const headers = flattenHeaders(call.headers ?? {});
    const body = call.body ?? null;
    if (body !== null && Buffer.byteLength(body) > limits.maxRequestBytes)
      throw tooLarge(limits.maxRequestBytes);
    const { target, origin } = pools.route(call.url, call.lane ?? 'calls');
    const path = call.query ? withQuery(target.path, call.query) : target.path;
    if (origin.inFlight >= origin.maxInFlight) throw refused('too_many_in_flight', 1_000);
    const admission = breaker.admit(call.circuit);
    if (admission.kind === 'open') throw refused('circuit_open', admission.retryAfterMs);
    origin.inFlight += 1;
    const judge = once(admission.done);
    return runExchange({
      pool: origin.pool,
      path,
      method: call.method ?? 'POST',
      host: target.host,
      headers,
      body,
      signal: call.signal,
      deadlineMs: call.timeoutMs ?? limits.totalTimeoutMs,
      idleMs: call.idleTimeoutMs ?? limits.bodyIdleTimeoutMs,
      limits: limitsFor(limits, call),
      // It answered and now waits for somebody else: nobody should wait for the breaker's verdict meanwhile.
      onHeld: () => judge('ok'),
      onOver(outcome) {
        origin.inFlight -= 1;
        judge(outcome);
      },
    });
  };
  const fetchFor: Outbound['fetchFor'] = (circuit, given) =>
    createFetch(request, { circuit, timeoutMs: given?.timeoutMs ?? limits.streamLifeMs, limits });
  return {
    request,
    fetch: createFetch(request, { circuit: undefined, timeoutMs: limits.streamLifeMs, limits }),
    fetchFor,
    circuitState: (circuit) => breaker.stateOf(circuit),
    stats: () => ({ pools: pools.size() }),
    close: () => pools.close(),
  };
}

function once(done: (outcome: BreakerOutcome) => void): (outcome: BreakerOutcome) => void {
  let isDone = false;
  return (outcome) => {
    if (!isDone) done(outcome);
    isDone = true;
  };
}

function limitsFor(limits: OutboundLimits, { maxResponseBytes }: OutboundRequest): OutboundLimits {
  return maxResponseBytes === undefined ? limits : { ...limits, maxResponseBytes };
}

function withQuery(path: string, query: { readonly name: string; readonly value: string }): string {
  const pair = [query.name, query.value].map((part) => encodeURIComponent(part.toWellFormed())).join('=');
  return `${path}${path.includes('?') ? '&' : '?'}${pair}`;
}

function tooLarge(limit: number): AppError {
  return new AppError('too_large', undefined, { details: { limit, sent: false } });
}

function refused(reason: string, retryAfterMs: number): AppError {
  return new AppError('upstream_unreachable', undefined, { details: { reason, retryAfterMs, sent: false } });
}
