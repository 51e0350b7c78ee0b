import type { RpcNotification } from '@sallyport/mcp';
import { describe, expect, it } from 'vitest';
import { startLegacySuite } from '../../../../e2e/upstreams/suite/legacy-suite.ts';
import { startModernSuite } from '../../../../e2e/upstreams/suite/modern-suite.ts';
import { call, keep, one, raw, until } from './__fixtures__/exchange-ground.ts';
import { able, ableSession } from './__fixtures__/one-upstream.ts';
import { answerTo, reply, stream } from './__fixtures__/raw-upstream.ts';
import { exchange } from './exchange.ts';
import type { UpstreamSessionStore } from './session-pool.ts';
import type { ClientAnswer, ExchangeInput, Turn } from './turn.ts';

const accept: ClientAnswer = {
  ok: true,
  result: { action: 'accept', content: { username: 'u', email: 'e@x.test' } },
};
const textOf = (turn: Turn): unknown => (turn.kind === 'result' ? turn.result.content : turn);

describe('exchange with the official SDK servers', () => {
  it('carries what a legacy upstream asks to its client and goes on', async () => {
    const to = one(keep(await startLegacySuite()).url);
    const asked = await call(to, 'test_elicitation', {}, { message: 'who?' });
    expect(asked).toMatchObject({
      kind: 'asks',
      state: null,
      requests: { 'r1-1': { method: 'elicitation/create' } },
    });
    if (asked.kind !== 'asks') return;
    expect(to.upstream.parked).toBe(1);
    const done = await asked.parked?.answer({ 'r1-1': accept });
    expect(JSON.stringify(done)).toContain('action=accept');
    expect(to.upstream.parked).toBe(0);
  });

  it('gives back what a modern upstream requires, and sends the retry', async () => {
    const to = one(keep(await startModernSuite()).url);
    const asked = await call(to, 'test_elicitation', {}, { message: 'who?' });
    expect(asked).toMatchObject({
      kind: 'asks',
      parked: null,
      requests: { user: { method: 'elicitation/create' } },
    });
    if (asked.kind !== 'asks' || !accept.ok) return;
    const input = { responses: { user: accept.result }, state: asked.state };
    const done = await call(to, 'test_elicitation', { input }, { message: 'who?' });
    expect(JSON.stringify(done)).toContain('action=accept');
  });

  it.each([
    ['legacy', startLegacySuite],
    ['modern', startModernSuite],
  ] as const)('serves every method of a %s upstream', async (_era, start) => {
    const to = one(keep(await start()).url);
    const notes: RpcNotification[] = [];
    const onNotification = (note: RpcNotification): undefined => void notes.push(note);
    await call(to, 'test_tool_with_progress', { wantsProgress: true, onNotification });
    expect(notes.map(({ params }) => params)).toEqual(
      [0, 50, 100].map((progress) => ({ progress, total: 100 })),
    );
    const read = await exchange(to.input('resources/read', { uri: 'test://static-text' }));
    expect(read).toMatchObject({ kind: 'result', result: { contents: [{ uri: 'test://static-text' }] } });
    const got = await exchange(to.input('prompts/get', { name: 'test_simple_prompt' }));
    expect(got).toMatchObject({ kind: 'result', result: { messages: [{}] } });
    expect(textOf(await call(to, 'test_reconnection'))).toMatchObject([{ type: 'text' }]);
  });

  it('lets log messages through from the level asked for', async () => {
    const to = one(keep(await startModernSuite()).url);
    const seen: unknown[] = [];
    const onNotification = ({ params }: RpcNotification): undefined => void seen.push(params?.level);
    await call(to, 'test_tool_with_logging', { logLevel: 'emergency', onNotification });
    expect(seen).toEqual([]);
    await call(to, 'test_tool_with_logging', { logLevel: 'debug', onNotification });
    expect(seen.length).toBe(3);
  });
});

describe('sessions at a legacy upstream', () => {
  it('are one per scope, opened with what its client declared, in its revision and under its name', async () => {
    const server = await raw({});
    const to = one(server.url);
    await call(to, 't');
    await call(to, 't');
    await call(to, 't', { scope: { ...ableSession('b'), version: '2025-06-18' } as ExchangeInput['scope'] });
    await call(to, 't', { scope: { kind: 'principal', key: 'k', capabilities: { sampling: {} } } });
    await call(to, 't', { scope: { kind: 'principal', key: 'k', capabilities: {} } });
    await call(to, 't', { scope: { kind: 'gateway' } });
    const opened = server.posted('initialize').map(({ params }) => params);
    expect(opened).toMatchObject([
      { capabilities: able, clientInfo: { name: 'able' }, protocolVersion: '2025-11-25' },
      { capabilities: able, protocolVersion: '2025-06-18' },
      { capabilities: { sampling: {} }, clientInfo: { name: 'sallyport' } },
      { capabilities: {} },
      { capabilities: {} },
    ]);
    const used = server.seen
      .filter(({ method }) => method === 'tools/call')
      .map(({ headers }) => headers['mcp-session-id']);
    expect(used).toEqual(['session-1', 'session-1', 'session-2', 'session-3', 'session-4', 'session-5']);
  });

  it('are gone on with by another worker, and ended with the session of the client', async () => {
    const server = await raw({});
    const kept = new Map<string, string>();
    const store: UpstreamSessionStore = {
      get: async (key, serverId) => kept.get(`${key} ${serverId}`),
      put: async (key, serverId, text) => void kept.set(`${key} ${serverId}`, text),
      drop: async (key, serverId) => void kept.delete(`${key} ${serverId}`),
    };
    await call(one(server.url, { store }), 't');
    const other = one(server.url, { store });
    await call(other, 't');
    expect(server.posted('initialize').length).toBe(1);
    other.upstreams.endSession('tenant-1', 'a', new Map([['server-1', kept.get('a server-1') ?? '']]));
    await until(
      () => server.posted('DELETE').length > 0 || server.seen.some(({ method }) => method === 'DELETE'),
    );
    expect(
      server.seen.filter(({ method }) => method === 'DELETE').map(({ headers }) => headers['mcp-session-id']),
    ).toEqual(['session-1']);
  });

  it.each([
    [404, { code: -32001, message: 'Session not found' }],
    [400, { code: -32000, message: 'Bad Request: No valid session ID provided' }],
  ])('are opened again once when the upstream forgot them (%i)', async (status, error) => {
    let forgets = 1;
    const server = await raw({
      call(message, res) {
        if (forgets-- <= 0) return reply(message, res);
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
      },
    });
    const to = one(server.url);
    expect(await call(to, 't')).toMatchObject({ kind: 'result' });
    expect(server.posted('initialize').length).toBe(2);
    forgets = 1_000;
    await expect(call(to, 't')).rejects.toMatchObject({ code: 'upstream_protocol' });
    expect(server.posted('initialize').length).toBe(3);
    expect(server.posted('tools/call').length).toBe(4);
  });
});

describe('what an upstream says before its answer', () => {
  it('takes progress of this very request, without our token, and nothing else', async () => {
    const server = await raw({
      call(message, res) {
        const to = stream(res);
        const progressToken = message.params._meta.progressToken;
        to.send({ method: 'notifications/progress', params: { progressToken: 'somebody', progress: 1 } });
        to.send({
          method: 'notifications/progress',
          params: { progressToken, progress: 2, _meta: { 'sallyport/x': 1, y: 2 } },
        });
        to.send({ method: 'notifications/tools/list_changed' });
        to.send({ method: 'notifications/whatever', params: {} });
        to.send(answerTo(message));
        to.end();
      },
    });
    const notes: RpcNotification[] = [];
    await call(one(server.url), 't', {
      wantsProgress: true,
      onNotification: (note) => void notes.push(note),
    });
    expect(notes.map(({ params }) => params)).toEqual([{ progress: 2, _meta: { y: 2 } }]);
  });

  it('answers ping itself, refuses what the client did not declare, and asks for several things at once', async () => {
    let to: ReturnType<typeof stream> | undefined;
    let question: unknown;
    const server = await raw({
      call(message, res) {
        question = message;
        to = stream(res);
        to.send({ id: 's1', method: 'ping' });
        to.send({ id: 's2', method: 'tools/list' });
        to.send({ id: 's3', method: 'sampling/createMessage', params: { messages: [] } });
        res.write(
          ['s4', 's5']
            .map(
              (id) =>
                `data: ${JSON.stringify({ jsonrpc: '2.0', id, method: 'elicitation/create', params: { message: id } })}\n\n`,
            )
            .join(''),
        );
      },
      aside(message, res) {
        res.writeHead(202).end();
        if (message.id === 's5') to?.send(answerTo(question));
      },
    });
    const scope = { ...ableSession('c'), capabilities: { elicitation: {} } } as ExchangeInput['scope'];
    const asked = await call(one(server.url), 't', { scope });
    expect(asked.kind === 'asks' && Object.values(asked.requests).map(({ params }) => params)).toEqual([
      { message: 's4' },
      { message: 's5' },
    ]);
    if (asked.kind !== 'asks') return;
    const done = await asked.parked?.answer({
      'r1-1': accept,
      'r1-2': { ok: false, error: { code: -1, message: 'no' } },
    });
    expect(done).toMatchObject({ kind: 'result' });
    const answers = server.posted('answer').sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(answers).toMatchObject([
      { id: 's1', result: {} },
      { id: 's2', error: { code: -32601 } },
      { id: 's3', error: { code: -32601 } },
      { id: 's4', result: { action: 'accept' } },
      { id: 's5', error: { code: -1 } },
    ]);
  });

  it('hears what a server asks on the stream of the session', async () => {
    let side: ReturnType<typeof stream> | undefined;
    let answer: (() => void) | undefined;
    const server = await raw({
      get: (_req, res) => {
        side = stream(res);
      },
      call(message, res) {
        answer = () => reply(message, res);
        side?.send({ id: 'beside', method: 'roots/list' });
      },
      aside(message, res) {
        res.writeHead(202).end();
        if (message.id === 'beside') answer?.();
      },
    });
    const asked = await call(one(server.url), 't');
    expect(asked).toMatchObject({ kind: 'asks', requests: { 'r1-1': { method: 'roots/list' } } });
    if (asked.kind !== 'asks') return;
    expect(await asked.parked?.answer({ 'r1-1': { ok: true, result: { roots: [] } } })).toMatchObject({
      kind: 'result',
    });
  });

  it('comes back for the answer when the upstream closes its stream first', async () => {
    let question: unknown;
    const server = await raw({
      call(message, res) {
        question = message;
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.end('id: first\nretry: 30\ndata: \n\n');
      },
      get(req, res) {
        if (req.headers['last-event-id'] === undefined) return void res.writeHead(405).end();
        const to = stream(res);
        to.send(answerTo(question, req.headers['last-event-id'] as string));
        to.end();
      },
    });
    expect(textOf(await call(one(server.url), 't'))).toEqual([{ type: 'text', text: 'first' }]);
  });
});
