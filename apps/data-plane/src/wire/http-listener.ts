import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { CallState } from '../call/call.ts';
import { createCall } from '../call/create-call.ts';
import type { Pipeline } from '../call/run-call.ts';
import type { AnonymousCounter } from './anonymous-counter.ts';
import { type CallSinkDeps, createCallSink } from './call-sink.ts';
import { requestLimits } from './message-limits.ts';
import { readRoute } from './route.ts';
import { sourcePrefix } from './source-prefix.ts';

/** Answers a request of our own (health, metrics); false = not one of ours. */
export type OwnRoutes = (req: IncomingMessage, res: ServerResponse) => boolean;

export interface ListenerInput {
  readonly pipeline: Pipeline;
  readonly anonymous: AnonymousCounter;
  readonly sinks: CallSinkDeps;
  /** Only on the loopback port. */
  readonly own?: OwnRoutes;
}

/** A server for agents on `node:http`: bounded heads, no slow ones, and every path but the endpoints' is 404. */
export function createListener(input: ListenerInput): Server {
  const server = createServer(
    {
      maxHeaderSize: requestLimits.maxHeaderBytes,
      headersTimeout: requestLimits.headersTimeoutMs,
      requestTimeout: requestLimits.requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: requestLimits.keepAliveTimeoutMs,
      noDelay: true,
      insecureHTTPParser: false,
      // A missing Host is answered by `receive`, which counts it.
      requireHostHeader: false,
    },
    (req, res) => handle(input, req, res),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseBroken(input.anonymous, error, socket);
  });
  server.maxRequestsPerSocket = 0;
  return server;
}

function handle(input: ListenerInput, req: IncomingMessage, res: ServerResponse): void {
  res.on('error', ignore);
  const route = readRoute(req.url ?? '');
  if (!route) {
    if (input.own?.(req, res)) return;
    // No discovery document here, on purpose: a client that finds one stops sending its key.
    res.writeHead(404, { 'content-type': 'application/json', connection: 'close' });
    res.end('{"error":"not_found"}');
    return;
  }
  const call: CallState = createCall({
    req,
    res,
    tenantSlug: route.tenantSlug,
    endpointSlug: route.endpointSlug,
    door: route.door,
    atMs: Date.now(),
    sink: createCallSink(input.sinks, () => call),
  });
  input.pipeline.start(call);
}

const ignore = (): void => {};

const refusedLingerMs = 1_000;

const statusLines: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is no HTTP gets one line and is counted. */
function refuseBroken(anonymous: AnonymousCounter, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'too_large' : 'malformed';
  anonymous.count(code, sourcePrefix(socket.remoteAddress));
  const status = statusLines[error.code ?? ''] ?? '400 Bad Request';
  const body = `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"The request is not well formed.","data":{"code":"${code}"}}}`;
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  // A peer that neither reads nor leaves would keep the connection for ever.
  setTimeout(() => socket.destroy(), refusedLingerMs).unref();
}

/** Starts to listen on 127.0.0.1 and gives the port; an exclusive one is not shared with the other workers. */
export async function listenOn(server: Server, port: number, exclusive: boolean): Promise<number> {
  server.listen({ port, host: '127.0.0.1', exclusive });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
