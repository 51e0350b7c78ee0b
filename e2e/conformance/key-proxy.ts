import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback door to one endpoint that knows its key: the official suite can send none. */
export interface KeyProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the door. It adds `Authorization` and passes everything else untouched, body and answer as streams. Its own
 * name in `Host` and `Origin` becomes the gateway's, as any reverse proxy does; a foreign name stays, so that the
 * gateway itself must refuse it.
 */
export async function startKeyProxy(endpoint: string, key: string): Promise<KeyProxy> {
  const target = new URL(endpoint);
  const server = createServer((req, res) => {
    pass(req, res, target, key, (server.address() as AddressInfo).port);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(req: IncomingMessage, res: ServerResponse, target: URL, key: string, ownPort: number): void {
  const named = (text: string) => text.replace(`127.0.0.1:${ownPort}`, target.host);
  const headers = {
    ...req.headers,
    host: named(req.headers.host ?? ''),
    ...(req.headers.origin !== undefined && { origin: named(req.headers.origin) }),
    authorization: `Bearer ${key}`,
  };
  const onward = request(target, { method: req.method, headers }, (reply) => {
    res.writeHead(reply.statusCode ?? 502, reply.headers);
    res.flushHeaders();
    reply.pipe(res);
    reply.on('error', () => res.destroy());
  });
  onward.on('error', () => res.destroy());
  res.on('error', () => onward.destroy());
  res.on('close', () => onward.destroy());
  req.pipe(onward);
}
