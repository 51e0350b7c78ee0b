import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createCallHistory } from './call-history.ts';
import { buildDemoServer, type DemoState } from './tools.ts';

export interface DemoServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the demo server on 127.0.0.1: `/mcp` for both eras, and the switches of the demonstration. */
export async function startDemoServer(port: number): Promise<DemoServer> {
  const state: DemoState = { isPoisoned: false, history: createCallHistory(Date.now) };
  const mcp = createMcpHandler(() => buildDemoServer(state));
  // The adapter's own request type leaves no room for the `undefined`s that Node's has.
  const serveMcp = toNodeHandler(mcp) as unknown as (
    req: IncomingMessage,
    res: ServerResponse,
  ) => Promise<void>;
  const isLocalHost = localhostHostValidation();
  const isLocalOrigin = localhostOriginValidation();

  const setPoisoned = (isPoisoned: boolean, res: ServerResponse): void => {
    if (state.isPoisoned !== isPoisoned) {
      state.isPoisoned = isPoisoned;
      mcp.notify.toolsChanged();
    }
    sendJson(res, 200, { poisoned: state.isPoisoned });
  };
  const routes: Readonly<Record<string, (req: IncomingMessage, res: ServerResponse) => void>> = {
    'GET /healthz': (_req, res) => sendJson(res, 200, { ok: true }),
    'GET /history': (req, res) => {
      const after = Number(new URL(req.url ?? '', 'http://demo').searchParams.get('after') ?? 0);
      sendJson(res, 200, { count: state.history.count(), calls: state.history.since(after) });
    },
    'POST /poison': (_req, res) => setPoisoned(true, res),
    'POST /heal': (_req, res) => setPoisoned(false, res),
  };
  const server = createServer((req, res) => {
    // Invariant: the switches answer this machine alone, and no page of a browser elsewhere.
    if (!isLocalHost(req, res) || !isLocalOrigin(req, res)) return;
    const path = (req.url ?? '/').split('?', 1)[0];
    if (path === '/mcp') {
      void serveMcp(req, res);
      return;
    }
    const route = routes[`${req.method} ${path}`];
    if (route) route(req, res);
    else sendJson(res, 404, { error: 'not_found' });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await mcp.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
