import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { misbehave } from './misbehave.ts';
import { takeBehaviour, type UpstreamState } from './upstream-state.ts';

/** A JSON-RPC request or notification as the fixtures need it. */
export interface Incoming {
  readonly id: string | number | undefined;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What an era's handler answers; `message` undefined = an empty body. */
export interface Outgoing {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: unknown;
}

export type EraHandler = (incoming: Incoming, req: IncomingMessage) => Outgoing;

export interface Listening {
  readonly port: number;
  /** URL of the MCP endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves one era at `/mcp` on a free port of 127.0.0.1; records every message before it is answered. */
export async function listen(state: UpstreamState, handle: EraHandler, port = 0): Promise<Listening> {
  const server = createServer((req, res) => {
    res.on('error', () => {});
    state.inFlight += 1;
    state.maxInFlight = Math.max(state.maxInFlight, state.inFlight);
    res.on('close', () => {
      state.inFlight -= 1;
    });
    void serve(state, handle, req, res).catch(() => res.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}/mcp`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(
  state: UpstreamState,
  handle: EraHandler,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method !== 'POST' && req.method !== 'DELETE') {
    res.writeHead(405, { allow: 'POST' }).end();
    return;
  }
  const incoming = req.method === 'DELETE' ? deletion : await readMessage(req);
  if (!incoming) {
    res.writeHead(400, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } }));
    return;
  }
  record(state, incoming, req);
  const required = state.requiredHeader;
  if (required && req.headers[required.name.toLowerCase()] !== required.value) {
    res.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    return;
  }
  const outgoing = handle(incoming, req);
  if (misbehave(takeBehaviour(state, incoming.method), outgoing, res, () => reply(state, outgoing, res)))
    return;
  reply(state, outgoing, res);
}

/** Stands for HTTP DELETE (end of a legacy session) in the history. */
const deletion: Incoming = { id: undefined, method: 'DELETE', params: {} };

async function readMessage(req: IncomingMessage): Promise<Incoming | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  try {
    const parsed = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof parsed?.method !== 'string') return undefined;
    return { id: parsed.id, method: parsed.method, params: parsed.params ?? {} };
  } catch {
    return undefined;
  }
}

function record(state: UpstreamState, incoming: Incoming, req: IncomingMessage): void {
  const { name, arguments: args } = incoming.params;
  state.history.push({
    id: state.history.length + 1,
    method: incoming.method,
    tool: incoming.method === 'tools/call' && typeof name === 'string' ? name : undefined,
    arguments: args,
    headers: req.headers,
    url: req.url ?? '',
    atMs: Date.now(),
  });
}

/** Answers as JSON, or as one server-sent event where the reply mode says so. */
function reply(state: UpstreamState, outgoing: Outgoing, res: ServerResponse): void {
  const { status, headers, message } = outgoing;
  if (message === undefined) {
    res.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(message);
  if (state.replyMode === 'json' || status !== 200) {
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    return;
  }
  res.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
  res.write(': a comment first\n\n');
  const note = {
    jsonrpc: '2.0',
    method: 'notifications/message',
    params: { level: 'info', data: 'working' },
  };
  res.write(`event: message\ndata: ${JSON.stringify(note)}\n\n`);
  res.end(`event: message\ndata: ${text}\n\n`);
}
