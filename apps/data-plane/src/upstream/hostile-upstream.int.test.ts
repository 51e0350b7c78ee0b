import type { ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { able, ableSession, type OneUpstream, oneUpstream } from './__fixtures__/one-upstream.ts';
import {
  answerTo,
  type Message,
  type RawScript,
  reply,
  startRaw,
  stream,
} from './__fixtures__/raw-upstream.ts';
import { exchange } from './exchange.ts';
import { exchangeLimits } from './exchange-limits.ts';
import type { ExchangeInput, Turn } from './turn.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
async function facing(script: RawScript, limits = {}): Promise<OneUpstream> {
  const server = await startRaw(script);
  const to = oneUpstream(server.url, { outbound: { limits } });
  cleanups.push(
    () => server.close(),
    () => to.close(),
  );
  return to;
}
const call = (to: OneUpstream, change: Partial<ExchangeInput> = {}): Promise<Turn> =>
  exchange(to.input('tools/call', { name: 't', arguments: {} }, change));
const asking = { scope: ableSession('a'), clientCapabilities: able } as const;
const json = { 'content-type': 'application/json' };
const sse = { 'content-type': 'text/event-stream' };

type Answer = (message: Message, res: ServerResponse) => void;
const rows: readonly (readonly [string, string, Answer])[] = [
  ['bytes that are no HTTP', 'upstream_protocol', (_m, res) => void res.socket?.end('SSH-2.0-x\r\n\r\n')],
  [
    'another content type',
    'upstream_protocol',
    (m, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end(answerTo(m)),
  ],
  ['no JSON', 'upstream_protocol', (_m, res) => void res.writeHead(200, json).end('{"jsonrpc":')],
  [
    'JSON that is no JSON-RPC',
    'upstream_protocol',
    (_m, res) => void res.writeHead(200, json).end('{"a":1}'),
  ],
  ['no JSON in an event', 'upstream_protocol', (_m, res) => void res.writeHead(200, sse).end('data: {\n\n')],
  [
    'no JSON-RPC in an event',
    'upstream_protocol',
    (_m, res) => void res.writeHead(200, sse).end('data: {"a":1}\n\n'),
  ],
  [
    'no text in an event',
    'upstream_protocol',
    (_m, res) => void res.writeHead(200, sse).end(Buffer.from('64617461 3a20ff0a0a'.replace(' ', ''), 'hex')),
  ],
  ['an answer to another request', 'upstream_protocol', (m, res) => reply({ id: `x${m.id}` }, res)],
  [
    'an answer to another request on a stream',
    'upstream_protocol',
    (_m, res) => stream(res).send(answerTo({ id: 'x' })),
  ],
  ['a stream without an answer', 'upstream_protocol', (_m, res) => stream(res).end()],
  [
    'a __proto__ in its answer',
    'upstream_protocol',
    (m, res) => void res.writeHead(200, json).end(answerTo(m).replace('"type"', '"__proto__"')),
  ],
  [
    'a result of an unknown type',
    'upstream_protocol',
    (m, res) =>
      void res
        .writeHead(200, json)
        .end(JSON.stringify({ jsonrpc: '2.0', id: m.id, result: { resultType: 'magic' } })),
  ],
  [
    'input_required without a client that can give it',
    'upstream_protocol',
    (m, res) =>
      void res.writeHead(200, json).end(
        JSON.stringify({
          jsonrpc: '2.0',
          id: m.id,
          result: { resultType: 'input_required', inputRequests: { a: { method: 'roots/list' } } },
        }),
      ),
  ],
  ['a reset connection', 'upstream_unreachable', (_m, res) => void res.destroy()],
  ['a redirect', 'upstream_protocol', (_m, res) => void res.writeHead(307, { location: '/' }).end()],
  [
    'nested encodings',
    'upstream_protocol',
    (m, res) =>
      void res
        .writeHead(200, { ...json, 'content-encoding': 'gzip, gzip' })
        .end(gzipSync(gzipSync(answerTo(m)))),
  ],
  [
    'a compression bomb',
    'upstream_protocol',
    (_m, res) =>
      void res
        .writeHead(200, { ...json, 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(64 * 1024 * 1024))),
  ],
  ['a body without end', 'upstream_protocol', (_m, res) => pour(res, json, '"', 'x'.repeat(65_536))],
  ['one line of 10 MiB', 'upstream_protocol', (_m, res) => pour(res, sse, 'data: ', 'x'.repeat(65_536))],
  [
    'a million events',
    'upstream_protocol',
    (_m, res) =>
      pour(res, sse, '', `data: ${JSON.stringify({ jsonrpc: '2.0', method: 'n' })}\n\n`.repeat(1_000)),
  ],
];

function pour(res: ServerResponse, headers: Record<string, string>, start: string, block: string): void {
  res.writeHead(200, headers).write(start);
  const more = (): void => {
    while (!res.destroyed && res.write(block));
  };
  res.on('drain', more);
  more();
}

describe('a hostile upstream', () => {
  it.each(rows)('that answers with %s gets %s, in bounded memory', async (_what, code, answer) => {
    const to = await facing({ call: answer });
    await call(to).catch(() => {});
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    await expect(call(to)).rejects.toMatchObject({ code });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect(to.upstream.health.read().errors).toBe(2);
  });

  it.each([
    ['before the headers', { headersTimeoutMs: 300 }, (_m: Message, _res: ServerResponse) => {}],
    [
      'in the body',
      { bodyIdleTimeoutMs: 300 },
      (_m: Message, res: ServerResponse) => void res.writeHead(200, json).write('{'),
    ],
    ['in a stream', { bodyIdleTimeoutMs: 300 }, (_m: Message, res: ServerResponse) => void stream(res)],
    ['one byte at a time', {}, (m: Message, res: ServerResponse) => drip(res, answerTo(m))],
  ])('that is silent %s costs its deadline', async (_where, limits, answer) => {
    const to = await facing({ call: answer }, limits);
    await expect(call(to, { timeoutMs: 900 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('that takes connections and says nothing, not even to the handshake, costs the time of the headers', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const to = oneUpstream(`http://127.0.0.1:${port}/mcp`, {
      outbound: { limits: { headersTimeoutMs: 300 } },
    });
    cleanups.push(
      async () => server.close(),
      () => to.close(),
    );
    await expect(call(to)).rejects.toMatchObject({ code: 'timeout' });
    expect(to.upstream.link.facts()).toBeUndefined();
  });

  it('that answers twice is heard once', async () => {
    const to = await facing({
      call(message, res) {
        const out = stream(res);
        out.send(answerTo(message, 'first'));
        out.send(answerTo(message, 'second'));
        out.end();
      },
    });
    expect(JSON.stringify(await call(to))).toContain('first');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(to.upstream.health.read().oddities).toBeGreaterThan(0);
  });

  it('that asks for ever is left', async () => {
    let asked = 0;
    const to = await facing({
      call(_message, res) {
        const out = stream(res);
        next = () => {
          asked += 1;
          out.send({ id: `q${asked}`, method: 'roots/list' });
        };
        next();
      },
      aside(_message, res) {
        res.writeHead(202).end();
        next();
      },
    });
    let next: () => void = () => {};
    let turn = await call(to, asking);
    const goOn = async (): Promise<void> => {
      for (;;) {
        if (turn.kind !== 'asks' || !turn.parked) throw new Error('it stopped asking');
        turn = await turn.parked.answer({});
      }
    };
    await expect(goOn()).rejects.toMatchObject({
      details: { reason: 'too_many_rounds', limit: exchangeLimits.maxRounds },
    });
    expect(to.upstream.parked).toBe(0);
  });

  const question = (id: number, params = {}) => ({ id: `q${id}`, method: 'roots/list', params });
  it.each([
    [
      'too_many_requests',
      exchangeLimits.maxOwnReplies + 1,
      (id: number) => ({ id: `p${id}`, method: 'ping' }),
    ],
    ['too_many_asks', exchangeLimits.maxAsks + 1, question],
    ['asks_too_large', 1, (id: number) => question(id, { x: 'x'.repeat(exchangeLimits.maxAskBytes) })],
  ])('that says too much at once is refused: %s', async (reason, count, message) => {
    const to = await facing({
      call(_message, res) {
        res.writeHead(200, sse);
        const all = Array.from(
          { length: count },
          (_, id) => `data: ${JSON.stringify({ jsonrpc: '2.0', ...message(id) })}\n\n`,
        );
        res.write(all.join(''));
      },
    });
    await expect(call(to, asking)).rejects.toMatchObject({ code: 'upstream_protocol', details: { reason } });
  });

  it('with too many that wait is refused', async () => {
    const to = await facing({ call: (_message, res) => stream(res).send({ id: 'q', method: 'roots/list' }) });
    to.upstream.parked = exchangeLimits.maxParked;
    await expect(call(to, asking)).rejects.toMatchObject({ details: { reason: 'too_many_parked' } });
  });

  it('that closes its stream again and again is left', async () => {
    const poll: Answer = (_message, res) => void res.writeHead(200, sse).end('id: 1\nretry: 0\ndata: \n\n');
    const to = await facing({ call: poll, get: (_req, res) => poll(undefined, res) });
    await expect(call(to)).rejects.toMatchObject({ details: { reason: 'too_many_resumes' } });
  });

  it('that says more over many short streams than one may say is left', async () => {
    const note =
      'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}\n\n';
    const some: Answer = (_message, res) =>
      void res.writeHead(200, sse).end(`id: 1\nretry: 0\n${note.repeat(3_000)}`);
    const to = await facing({ call: some, get: (_req, res) => some(undefined, res) });
    await expect(call(to)).rejects.toMatchObject({ details: { reason: 'sse_maxEvents' } });
  });

  it.each([
    ['state_too_large', { requestState: 'x'.repeat(exchangeLimits.maxStateBytes + 1) }],
    ['request_state', { requestState: 7 }],
    ['input_requests', {}],
    [
      'too_many_asks',
      {
        inputRequests: Object.fromEntries(
          Array.from({ length: 17 }, (_, i) => [i, { method: 'roots/list' }]),
        ),
      },
    ],
    ['undeclared_capability', { inputRequests: { a: { method: 'tools/list' } } }],
  ])('of the modern era is refused: %s', async (reason, result) => {
    const to = await facing({
      isModern: true,
      call: (m, res) =>
        void res
          .writeHead(200, json)
          .end(
            JSON.stringify({ jsonrpc: '2.0', id: m.id, result: { resultType: 'input_required', ...result } }),
          ),
    });
    await expect(call(to, asking)).rejects.toMatchObject({ code: 'upstream_protocol', details: { reason } });
  });

  it('leaves another upstream as it was', async () => {
    const bad = await facing({ call: (_m, res) => pour(res, sse, '', ': x\n\n'.repeat(10_000)) });
    const good = await facing({});
    const flood = Promise.allSettled(Array.from({ length: 8 }, () => call(bad)));
    for (let i = 0; i < 50; i += 1) expect(await call(good)).toMatchObject({ kind: 'result' });
    for (const { status } of await flood) expect(status).toBe('rejected');
  });
});

function drip(res: ServerResponse, text: string): void {
  res.writeHead(200, json);
  let at = 0;
  const timer = setInterval(() => res.write(text[at++] ?? ' '), 100);
  res.on('close', () => clearInterval(timer));
}
