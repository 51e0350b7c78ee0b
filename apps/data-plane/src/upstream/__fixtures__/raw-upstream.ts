import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it came. */
// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
export type Message = any;

export interface RawUpstream {
  readonly url: string;
  /** All messages and GET or DELETE requests, oldest first. */
  readonly seen: {
    readonly method: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: Message;
  }[];
  /** Bodies of what was posted, by method or `answer` for responses. */
  posted(method: string): Message[];
  close(): Promise<void>;
}

export interface RawScript {
  /** Answers every request but the handshake. */
  readonly call?: (message: Message, res: ServerResponse, req: IncomingMessage) => void;
  readonly get?: (req: IncomingMessage, res: ServerResponse) => void;
  readonly capabilities?: Record<string, unknown>;
  readonly instructions?: string;
  readonly isModern?: boolean;
  /** Answers a response or notification; 202 unless told otherwise. */
  readonly aside?: (message: Message, res: ServerResponse) => void;
}

const json = { 'content-type': 'application/json' };

/** A server that shakes hands well and then does as it is told, byte by byte. */
export async function startRaw(script: RawScript): Promise<RawUpstream> {
  const seen: RawUpstream['seen'] = [];
  const state = { sessions: 0 };
  const server = createServer((req, res) => {
    res.on('error', () => {});
    void read(req).then((body) => {
      seen.push({ method: nameOf(req, body), headers: req.headers, body });
      if (req.method === 'POST') post(script, state, body, req, res);
      else if (req.method === 'GET' && script.get) script.get(req, res);
      else res.writeHead(req.method === 'DELETE' ? 200 : 405).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    seen,
    posted: (method) => seen.filter((entry) => entry.method === method).map(({ body }) => body),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function nameOf(req: IncomingMessage, body: Message): string {
  return req.method === 'POST' ? (body?.method ?? 'answer') : String(req.method);
}

function post(
  script: RawScript,
  state: { sessions: number },
  body: Message,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  if (body.method === 'server/discover') discover(script, body, res);
  else if (body.method === 'initialize') {
    state.sessions += 1;
    res.writeHead(200, { ...json, 'mcp-session-id': `session-${state.sessions}` });
    res.end(JSON.stringify({ jsonrpc: '2.0', id: body.id, result: hello(script, body) }));
  } else if (body.id === undefined || body.method === undefined) {
    if (script.aside) script.aside(body, res);
    else res.writeHead(202).end();
  } else if (script.call) script.call(body, res, req);
  else reply(body, res);
}

function discover(script: RawScript, body: Message, res: ServerResponse): void {
  if (!script.isModern) {
    res.writeHead(400, json);
    res.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'no session' } }));
    return;
  }
  const { capabilities = { tools: {} }, instructions } = script;
  const result = {
    resultType: 'complete',
    supportedVersions: ['2026-07-28'],
    capabilities,
    instructions,
    ttlMs: 0,
    cacheScope: 'private',
  };
  res.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id: body.id, result }));
}

const hello = (script: RawScript, body: Message) => ({
  protocolVersion: body.params.protocolVersion,
  capabilities: script.capabilities ?? { tools: {} },
  serverInfo: { name: 'raw', version: '1' },
  instructions: script.instructions,
});

/** A plain good answer. */
export function reply(message: Message, res: ServerResponse, text = 'well'): void {
  res.writeHead(200, json).end(answerTo(message, text));
}

export const answerTo = (message: Message, text = 'well'): string =>
  JSON.stringify({ jsonrpc: '2.0', id: message.id, result: { content: [{ type: 'text', text }] } });

/** Begins an event stream. */
export function stream(res: ServerResponse): { send(message: Message, id?: string): void; end(): void } {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.flushHeaders();
  return {
    send(message, id) {
      const data = typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message });
      res.write(`${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);
    },
    end: () => void res.end(),
  };
}

async function read(req: IncomingMessage): Promise<Message> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}
