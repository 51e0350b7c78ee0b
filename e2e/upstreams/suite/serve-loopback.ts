import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running fixture. */
export interface SuiteServer {
  readonly port: number;
  /** URL of the MCP endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

const hostnameOf = (url: string): string | undefined => URL.parse(url)?.hostname;

/** Whether `Host` and, where there is one, `Origin` name this machine: a page elsewhere must not reach a local server. */
function isLoopback({ headers }: IncomingMessage): boolean {
  const host = hostnameOf(`http://${headers.host ?? ''}`);
  const origin = headers.origin === undefined ? host : hostnameOf(headers.origin);
  return loopbackNames.has(host ?? '') && loopbackNames.has(origin ?? '');
}

/** Answers with a JSON-RPC error that belongs to no request. */
export function refuse(res: ServerResponse, status: number, code: number, message: string): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }));
}

/** The parsed body of a POST; nothing where it is not JSON. */
async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

async function answer(
  handle: (req: IncomingMessage, res: ServerResponse, body: unknown) => Promise<void>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  // GET and DELETE have no body, and waiting for one would hold a stream that only listens.
  if (req.method !== 'POST') return handle(req, res, undefined);
  const body = await readJson(req);
  return body === undefined ? refuse(res, 400, -32700, 'Parse error') : handle(req, res, body);
}

/** Serves `/mcp` on a port of 127.0.0.1 and ends with everything that is still open. */
export async function serveLoopback(
  handle: (req: IncomingMessage, res: ServerResponse, body: unknown) => Promise<void>,
  options: { readonly port?: number | undefined; readonly close: () => Promise<void> },
): Promise<SuiteServer> {
  const server = createServer((req, res) => {
    res.on('error', () => {});
    if (!isLoopback(req)) return refuse(res, 403, -32000, 'Not from this machine');
    if ((req.url ?? '').split('?')[0] !== '/mcp') return void res.writeHead(404).end();
    answer(handle, req, res).catch(() => res.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      await options.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
