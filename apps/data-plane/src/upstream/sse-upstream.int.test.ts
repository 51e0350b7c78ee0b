import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { able, ableSession, type OneUpstream, oneUpstream } from './__fixtures__/one-upstream.ts';
import type { Message } from './__fixtures__/raw-upstream.ts';
import { exchange } from './exchange.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface OldServer {
  readonly posts: Message[];
  streams(): number;
  cut(): void;
  to: OneUpstream;
}

/** A server of 2024-11-05: a stream at `/sse`, messages at an address it names. */
async function oldServer(options: {
  readonly endpoint?: string;
  readonly call?: (message: Message, send: (message: Message) => void) => void;
}): Promise<OldServer> {
  const posts: Message[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer((req, res) => {
    if (req.method === 'GET' && req.url === '/sse') {
      open.add(res);
      res.on('close', () => open.delete(res));
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      return void res.write(`event: endpoint\ndata: ${options.endpoint ?? '/messages?session=1'}\n\n`);
    }
    if (req.method !== 'POST' || !req.url?.startsWith('/messages'))
      return void res.writeHead(404).end('Cannot POST');
    let text = '';
    req.on('data', (chunk) => {
      text += chunk;
    });
    req.on('end', () => {
      const message = JSON.parse(text);
      posts.push(message);
      res.writeHead(202).end('Accepted');
      const send = (reply: Message): void => {
        for (const out of open)
          out.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...reply })}\n\n`);
      };
      if (message.method === 'initialize')
        send({
          id: message.id,
          result: {
            protocolVersion: '2024-11-05',
            capabilities: { tools: {} },
            serverInfo: { name: 'old', version: '1' },
          },
        });
      else if (message.id !== undefined) (options.call ?? well)(message, send);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const to = oneUpstream(`http://127.0.0.1:${(server.address() as AddressInfo).port}/sse`);
  cleanups.push(
    async () => {
      server.closeAllConnections();
      server.close();
    },
    () => to.close(),
  );
  const cut = (): void => {
    for (const res of open) res.destroy();
  };
  return { posts, streams: () => open.size, cut, to };
}

const well = (message: Message, send: (message: Message) => void): void => {
  if (message.method)
    send({
      id: message.id,
      result: { content: [{ type: 'text', text: String(message.params.arguments?.n) }] },
    });
};
const call = (to: OneUpstream, n = 0, change = {}) =>
  exchange(
    to.input(
      'tools/call',
      { name: 't', arguments: { n } },
      { scope: ableSession('a'), clientCapabilities: able, ...change },
    ),
  );

describe('an HTTP+SSE upstream (2024-11-05)', () => {
  it('is found by itself, and carries many calls over one stream per scope', async () => {
    const { to, streams } = await oldServer({});
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => call(to, n)));
    expect(answers.map((turn) => turn.kind === 'result' && turn.result.content)).toEqual(
      [1, 2, 3, 4, 5].map((n) => [{ type: 'text', text: String(n) }]),
    );
    expect(streams()).toBe(1);
    await call(to, 1, { scope: { kind: 'gateway' } });
    expect(streams()).toBe(2);
    expect(to.upstreams.health('tenant-1')).toMatchObject([
      { era: 'legacy', version: '2024-11-05', transport: 'sse' },
    ]);
  });

  it('that floods its stream is left', async () => {
    const { to, streams } = await oldServer({
      call(_message, send) {
        for (let i = 0; i < 25_000; i += 1) send({ method: 'notifications/tools/list_changed' });
      },
    });
    await expect(call(to)).rejects.toMatchObject({ details: { reason: 'sse_flood' } });
    expect(streams()).toBeLessThan(2);
  });

  it('asks its client on the stream', async () => {
    const { to, posts } = await oldServer({
      call(message, send) {
        if (message.method === 'tools/call') {
          question = message;
          send({ id: 'roots-1', method: 'roots/list' });
        } else well(question, send);
      },
    });
    let question: Message;
    const asked = await call(to);
    expect(asked).toMatchObject({ kind: 'asks', requests: { 'r1-1': { method: 'roots/list' } } });
    if (asked.kind !== 'asks') return;
    expect(await asked.parked?.answer({ 'r1-1': { ok: true, result: { roots: [] } } })).toMatchObject({
      kind: 'result',
    });
    expect(posts).toContainEqual({ jsonrpc: '2.0', id: 'roots-1', result: { roots: [] } });
  });

  it('never gets a message at another origin', async () => {
    const { to, posts } = await oldServer({ endpoint: 'http://127.0.0.1:1/messages' });
    await expect(call(to)).rejects.toMatchObject({ code: 'upstream_protocol' });
    expect(posts).toEqual([]);
  });

  it('that loses its stream fails what waits on it, and is opened anew', async () => {
    let cutNext = true;
    const server = await oldServer({
      call(message, send) {
        if (cutNext) server.cut();
        else well(message, send);
        cutNext = false;
      },
    });
    await expect(call(server.to)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(await call(server.to, 9)).toMatchObject({ kind: 'result' });
  });

  it('that sends answers nobody asked for goes on', async () => {
    const { to } = await oldServer({
      call(message, send) {
        send({ id: 'nobody', result: {} });
        send({ id: message.id, result: { content: [] } });
        send({ id: message.id, result: { content: ['twice'] } });
      },
    });
    expect(await call(to)).toMatchObject({ kind: 'result', result: { content: [] } });
    expect(await call(to)).toMatchObject({ kind: 'result', result: { content: [] } });
    expect(to.upstream.health.read().oddities).toBeGreaterThan(1);
  });
});
