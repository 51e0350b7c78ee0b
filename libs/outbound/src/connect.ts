import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { AppError, isAppError } from '@sallyport/kernel';
import type { buildConnector } from 'undici';
import { isSameAddress } from './address-rules.ts';
import type { Target } from './decide-target.ts';
import { type Lookup, resolveTarget } from './resolve-target.ts';

export interface ConnectOptions {
  readonly lookup: Lookup;
  readonly timeoutMs: number;
  /** Extra trusted authorities (PEM), for upstreams with a private one. */
  readonly ca?: readonly string[];
}

/**
 * A connector for one target. Every connection resolves anew, connects to one of the judged addresses
 * and checks where it really ended before a byte is written; SNI and Host keep the name.
 */
export function createConnector(target: Target, options: ConnectOptions): buildConnector.connector {
  return (_options, callback) => {
    openSocket(target, options).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(isAppError(error) ? error : unreachable('connect_failed', error), null),
    );
  };
}

async function openSocket(target: Target, options: ConnectOptions): Promise<Socket> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.timeoutMs);
  try {
    const addresses = await untilAborted(resolveTarget(target, options.lookup), deadline.signal);
    const tcp = await connectAny(addresses, target.port, deadline.signal);
    return target.isTls ? await upgrade(tcp, target, options, deadline.signal) : tcp;
  } finally {
    clearTimeout(timer);
  }
}

async function connectAny(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  let last: unknown;
  for (const address of addresses.slice(0, 4)) {
    try {
      return await connectPinned(address, port, signal);
    } catch (error) {
      if (signal.aborted || (isAppError(error) && error.code === 'egress_denied')) throw error;
      last = error;
    }
  }
  throw unreachable('connect_failed', last);
}

function connectPinned(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp({
    host: address,
    port,
    noDelay: true,
    keepAlive: true,
  });
  return settled(socket, 'connect', signal, () => {
    // Invariant: the socket ends where the judged address says, or nothing is written to it.
    if (socket.remoteAddress === undefined || !isSameAddress(socket.remoteAddress, address)) {
      return new AppError('egress_denied', 'the connection ended at another address', {
        details: { reason: 'forbidden_address', sent: false },
      });
    }
    return undefined;
  });
}

function upgrade(
  tcp: Socket,
  target: Target,
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const socket = connectTls({
    socket: tcp,
    host: target.hostname,
    ...(isIP(target.hostname) === 0 ? { servername: target.hostname } : {}),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    ...(options.ca ? { ca: [...options.ca] } : {}),
  });
  return settled(socket, 'secureConnect', signal, () => undefined);
}

/** Waits for a socket to be ready; on failure or at the deadline it is destroyed. */
function settled<S extends Socket>(
  socket: S,
  ready: 'connect' | 'secureConnect',
  signal: AbortSignal,
  check: () => Error | undefined,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const finish = (error: Error | undefined): void => {
      socket.off(ready, onReady);
      socket.off('error', finish);
      signal.removeEventListener('abort', onAbort);
      if (!error) {
        resolve(socket);
        return;
      }
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onReady = (): void => finish(check());
    const onAbort = (): void => finish(connectTimeout());
    socket.on(ready, onReady);
    socket.on('error', finish);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(connectTimeout()), { once: true });
    work.then(resolve, reject);
  });
}

function connectTimeout(): AppError {
  return unreachable('connect_timeout');
}

/** The error for a connection that did not come to be: no byte was sent. */
export function unreachable(reason: string, cause?: unknown): AppError {
  return new AppError('upstream_unreachable', undefined, {
    details: { reason, sent: false },
    ...(cause === undefined ? {} : { cause }),
  });
}
