import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SseServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A server of 2024-11-05: a stream at `/sse`, messages at a path it names there, answers on the stream. */
export async function startSseServer(results: Readonly<Record<string, unknown>>): Promise<SseServer> {
  const streams = new Map<string, ServerResponse>();
  const server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://fixture');
    if (req.method === 'GET' && pathname === '/sse') {
      const id = randomUUID();
      streams.set(id, res);
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(`event: endpoint\ndata: /messages?session=${id}\n\n`);
    } else if (req.method === 'POST' && pathname === '/messages') {
      void answer(req, streams.get(searchParams.get('session') ?? ''), results);
      res.writeHead(202).end('Accepted');
    } else res.writeHead(405).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sse`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  req: IncomingMessage,
  stream: ServerResponse | undefined,
  results: Readonly<Record<string, unknown>>,
): Promise<void> {
  let body = '';
  for await (const chunk of req) body += String(chunk);
  const { id, method } = JSON.parse(body) as { id?: unknown; method: string };
  if (id === undefined) return;
  const result = results[method];
  const end = result === undefined ? { error: { code: -32_601, message: 'unknown' } } : { result };
  stream?.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, ...end })}\n\n`);
}
