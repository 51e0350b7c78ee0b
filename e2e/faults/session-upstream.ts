import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { benchTools } from '../bench/echo-upstream.ts';

interface Rpc {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: {
    readonly arguments?: { readonly text?: string };
    readonly _meta?: { progressToken?: unknown };
  };
  readonly result?: { readonly content?: { readonly word?: string } };
}

/** What the upstream saw that it must never see. */
export interface SessionUpstream {
  readonly port: number;
  /** Sessions that were opened, per tenant path. */
  sessions(): number;
  calls(): number;
  /** Words of one client's session in an upstream session of another one. */
  readonly mixed: readonly string[];
  close(): void;
}

interface Held {
  readonly path: string;
  /** `tenant/key/session`: whose words this session has carried; set by its first call. */
  owner: string | undefined;
  readonly asked: Map<string, (word: string) => void>;
}

const version = '2025-11-25';
const send = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

/**
 * A legacy server that keeps a session per client and notes whose words each of them carries. Text that starts with
 * `ask ` makes it ask the client for a word first, text that starts with `tell ` makes it speak before it answers.
 */
export async function startSessionUpstream(): Promise<SessionUpstream> {
  const held = new Map<string, Held>();
  const mixed: string[] = [];
  let calls = 0;

  const note = (session: Held, text: string): void => {
    const owner = / (\S+)#/.exec(text)?.[1];
    if (owner === undefined) return;
    session.owner ??= owner;
    const isForeign = session.owner !== owner || !session.path.includes(`/${owner.split('/')[0]}/`);
    if (isForeign) mixed.push(`${session.path} of ${session.owner} got ${text}`);
  };
  const call = async (session: Held, message: Rpc, response: ServerResponse): Promise<void> => {
    const text = message.params?.arguments?.text ?? '';
    calls += 1;
    note(session, text);
    const answer = (word: string) => ({
      jsonrpc: '2.0',
      id: message.id,
      result: { content: [{ type: 'text', text: word }] },
    });
    const [verb] = text.split(' ', 1);
    if (verb !== 'ask' && verb !== 'tell') return send(response, answer(text));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const write = (body: unknown) => response.write(`data: ${JSON.stringify(body)}\n\n`);
    if (verb === 'tell') {
      const params = { progressToken: message.params?._meta?.progressToken, progress: 1, message: text };
      write({ jsonrpc: '2.0', method: 'notifications/progress', params });
      response.end(`data: ${JSON.stringify(answer(text))}\n\n`);
      return;
    }
    const id = randomUUID();
    const word = new Promise<string>((resolve) => session.asked.set(id, resolve));
    const requestedSchema = { type: 'object', properties: { word: { type: 'string' } } };
    write({ jsonrpc: '2.0', id, method: 'elicitation/create', params: { message: text, requestedSchema } });
    response.once('close', () => session.asked.delete(id));
    response.end(`data: ${JSON.stringify(answer(await word))}\n\n`);
  };
  const open = (path: string, message: Rpc, response: ServerResponse): void => {
    const id = randomUUID();
    held.set(id, { path, owner: undefined, asked: new Map() });
    const result = {
      protocolVersion: version,
      capabilities: { tools: {} },
      serverInfo: { name: 'sessions', version: '1' },
    };
    send(response, { jsonrpc: '2.0', id: message.id, result }, { 'mcp-session-id': id });
  };
  /** What a client says in a session of its own. */
  const talk = (session: Held, message: Rpc, response: ServerResponse): unknown => {
    if (message.method === 'tools/call') return call(session, message, response);
    if (message.method === undefined) {
      const word = message.result?.content?.word ?? '';
      note(session, word);
      session.asked.get(String(message.id))?.(word);
    }
    if (message.method === undefined || message.id === undefined) return response.writeHead(202).end();
    const result = message.method === 'tools/list' ? { tools: benchTools(2) } : {};
    return send(response, { jsonrpc: '2.0', id: message.id, result });
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    if (request.method !== 'POST') return response.writeHead(request.method === 'DELETE' ? 200 : 405).end();
    const message = JSON.parse(await readText(request)) as Rpc;
    if (message.method === 'initialize') return open(request.url ?? '', message, response);
    const session = held.get(String(request.headers['mcp-session-id']));
    return session ? talk(session, message, response) : response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sessions: () => held.size,
    calls: () => calls,
    mixed,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
