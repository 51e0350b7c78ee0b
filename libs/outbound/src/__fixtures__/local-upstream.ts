import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach } from 'vitest';
import { createOutbound, type OutboundOptions } from '../outbound.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Listens on a free port of 127.0.0.1 until the test ends. */
export async function listen(server: Server): Promise<number> {
  server.on('connection', (socket) => cleanups.push(() => socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** An HTTP server that answers as told. */
export async function upstream(handle: (req: IncomingMessage, res: ServerResponse) => void): Promise<number> {
  const server = createServer(handle);
  return listen(server);
}

/** An outbound that may call these ports of 127.0.0.1. */
export function outboundTo(ports: readonly number[], options: Partial<OutboundOptions> = {}) {
  const list = ports.map((port) => `127.0.0.1:${port}`);
  const outbound = createOutbound({
    privateOrigins: () => list,
    ownPorts: [],
    clock: { nowMs: Date.now },
    ...options,
  });
  cleanups.push(() => outbound.close());
  return outbound;
}

/** A call to one of them. */
export const at = (port: number, path = '/mcp') => ({
  url: `http://127.0.0.1:${port}${path}`,
  circuit: 't/s',
});
