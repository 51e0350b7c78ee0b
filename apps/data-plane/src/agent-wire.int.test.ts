import type { OutcomeFrame } from '@sallyport/ledger';
import { generateSealKeyPair, openBox } from '@sallyport/vault';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LegacyUpstream, startLegacyUpstream } from '../../../e2e/upstreams/legacy-upstream.ts';
import { type ModernUpstream, startModernUpstream } from '../../../e2e/upstreams/modern-upstream.ts';
import { plainTools } from '../../../e2e/upstreams/upstream-state.ts';
import { openLegacy } from './__fixtures__/legacy-session.ts';
import { makeTenant, type TestTenant, upstreamSecret } from './__fixtures__/test-tenant.ts';
import { codeOf, modernRequest, send, startTestWorker, type TestWorker } from './__fixtures__/test-worker.ts';

const bodyKeys = generateSealKeyPair();
let modern: ModernUpstream;
let legacy: LegacyUpstream;
let acme: TestTenant;
let other: TestTenant;
let worker: TestWorker;

const call = (tenant: TestTenant, name: string, args: Record<string, unknown>, change = {}) =>
  send(worker.url, modernRequest(tenant, 'tools/call', { name, arguments: args }, change));
const outcomes = () => worker.frames().filter((frame): frame is OutcomeFrame => frame.kind === 'outcome');
const textOf = (seen: { json: { result: { content: { text: string }[] } } }) =>
  seen.json.result.content[0]?.text;

beforeAll(async () => {
  modern = await startModernUpstream();
  legacy = await startLegacyUpstream();
});
beforeEach(async () => {
  await worker?.close();
  for (const upstream of [modern, legacy]) {
    upstream.setTools(plainTools);
    upstream.setReplyMode('json');
    upstream.behave({ kind: 'well' });
  }
  acme = makeTenant({
    slug: 'acme',
    policies: [
      'permit(principal, action, resource);',
      'forbid(principal, action, resource == Tool::"new__add");',
    ],
    settings: { keepBodies: true },
    servers: [
      { slug: 'new', url: modern.url, tools: plainTools, secret: { kind: 'bearer' } },
      { slug: 'old', url: legacy.url, tools: plainTools, secret: { kind: 'query', name: 'api key' } },
    ],
  });
  other = makeTenant({ slug: 'other', servers: [{ slug: 'own', url: modern.url, tools: plainTools }] });
  worker = await startTestWorker({
    tenants: [acme, other],
    privateOrigins: [`127.0.0.1:${modern.port}`, `127.0.0.1:${legacy.port}`],
    config: { bodySealKey: bodyKeys.publicKey },
  });
});
afterAll(async () => {
  await worker?.close();
  await modern.close();
  await legacy.close();
});

describe('a modern agent', () => {
  it('calls tools of upstreams of either era; its key goes no further', async () => {
    expect(textOf(await call(acme, 'new__echo', { text: 'ä日本' }))).toBe('ä日本');
    expect(textOf(await call(acme, 'old__add', { a: 1, b: 2 }))).toBe('3');
    const [toModern, toLegacy] = [modern.calls().at(-1), legacy.calls().at(-1)];
    expect(toModern?.headers.authorization).toBe(`Bearer ${upstreamSecret}`);
    expect(toLegacy?.headers.authorization).toBeUndefined();
    expect(toLegacy?.url).toContain(`api%20key=${upstreamSecret}`);
    const seen = JSON.stringify([...modern.history(), ...legacy.history()]);
    expect(seen).not.toContain(acme.key);
  });

  it('lists what it may call, in the approved words, whatever the upstream says today', async () => {
    modern.changeTool('echo', { description: 'poisoned' });
    const listed = await send(worker.url, modernRequest(acme, 'tools/list'));
    const names = listed.json.result.tools.map((tool: { name: string }) => tool.name);
    expect(names).toEqual(['new__echo', 'old__add', 'old__echo']);
    expect(listed.text).not.toContain('poisoned');
    expect(listed.json.result).toMatchObject({ resultType: 'complete', cacheScope: 'private' });
  });

  it('sees nothing of another tenant', async () => {
    const listed = await send(worker.url, modernRequest(other, 'tools/list'));
    expect(listed.text).not.toContain('old__');
    expect(codeOf(await call({ ...other, slug: 'acme' }, 'new__echo', { text: 'x' }))).toBe(
      'unauthenticated',
    );
    expect(codeOf(await call(other, 'new__echo', { text: 'x' }))).toBe('unknown_tool');
  });

  it('gets a stream as JSON or as SSE, as it accepts, with the same answer', async () => {
    legacy.setReplyMode('sse');
    const asJson = await call(acme, 'old__echo', { text: 'x' }, { headers: { accept: 'application/json' } });
    expect([asJson.headers['content-type'], textOf(asJson)]).toEqual(['application/json', 'x']);
    const asSse = await call(acme, 'old__echo', { text: 'x' }, { headers: { accept: 'text/event-stream' } });
    expect([asSse.headers['content-type'], textOf(asSse)]).toEqual(['text/event-stream', 'x']);
  });

  it('survives what upstreams do: a second answer, a question of the server, an endless stream', async () => {
    for (const kind of ['duplicate_answer', 'server_request'] as const) {
      modern.behave({ kind }, { method: 'tools/call', times: 1 });
      expect(textOf(await call(acme, 'new__echo', { text: kind }))).toBe(kind);
    }
    for (const does of [
      { kind: 'endless_sse' },
      { kind: 'long_line', bytes: 2_000_000 },
      { kind: 'gzip_bomb', bytes: 50_000_000 },
      { kind: 'redirect', location: modern.url },
      { kind: 'garbage' },
    ] as const) {
      modern.behave(does, { method: 'tools/call', times: 1 });
      expect(['upstream_protocol', 'upstream_unreachable'], does.kind).toContain(
        codeOf(await call(acme, 'new__echo', { text: does.kind })),
      );
    }
  });

  it('cancels by going away', async () => {
    modern.behave({ kind: 'hang' }, { method: 'tools/call', times: 1 });
    const { path, headers, body } = modernRequest(acme, 'tools/call', {
      name: 'new__echo',
      arguments: { text: 'gone' },
    });
    const abort = new AbortController();
    const before = modern.calls().length;
    const sent = fetch(worker.url + path, { method: 'POST', headers, body, signal: abort.signal }).catch(
      () => 'gone',
    );
    await expect.poll(() => modern.calls().length).toBe(before + 1);
    abort.abort();
    expect(await sent).toBe('gone');
    await expect.poll(() => outcomes().at(-1)?.outcome).toBe('cancelled');
  });

  it('is cut in the middle of a call when its key is revoked', async () => {
    modern.behave({ kind: 'hang' }, { method: 'tools/call', times: 1 });
    const before = modern.calls().length;
    const pending = call(acme, 'new__echo', { text: 'cut' });
    await expect.poll(() => modern.calls().length).toBe(before + 1);
    worker.worker.config.revoke(acme.revoke('key', acme.keyId).text);
    worker.worker.cutRevoked(acme.id);
    expect((await pending).status).toBe(401);
    expect(outcomes().at(-1)).toMatchObject({
      outcome: 'denied',
      code: 'unauthenticated',
      stage: 'dispatch',
    });
  });

  it('is refused a tool that changed upstream until it is as approved again', async () => {
    await worker.close();
    worker = await startTestWorker({
      tenants: [acme],
      privateOrigins: [`127.0.0.1:${modern.port}`],
      config: { pinMaxAgeMs: 0 },
    });
    expect(textOf(await call(acme, 'new__echo', { text: '1' }))).toBe('1');
    modern.changeTool('echo', { description: 'Now does more.' });
    expect(codeOf(await call(acme, 'new__echo', { text: '2' }))).toBe('tool_changed');
    expect(codeOf(await call(acme, 'new__echo', { text: '3' }))).toBe('tool_changed');
    modern.setTools(plainTools);
    expect(textOf(await call(acme, 'new__echo', { text: '4' }))).toBe('4');
    const seen = worker.frames().filter((frame) => frame.kind === 'observation');
    expect(seen.map((frame) => frame.definition?.includes('Now does more.'))).toEqual([true, false]);
  });

  it('leaves receipts with names, digests and sealed bodies, never plain ones', async () => {
    await call(acme, 'new__echo', { text: 'a secret text' });
    const [intent, outcome] = worker.frames().filter((frame) => 'callId' in frame);
    expect(intent).toMatchObject({ kind: 'intent', argNames: ['text'], toolName: 'new__echo' });
    const sealed = outcome as OutcomeFrame;
    expect(JSON.stringify([intent, outcome])).not.toContain('a secret text');
    const box = sealed.bodies?.args ?? '';
    const aad = `${acme.id}|${sealed.callId}|args`;
    const plain = openBox({ privateKey: bodyKeys.privateKey, box, aad });
    expect(Buffer.from(plain).toString()).toBe('{"text":"a secret text"}');
  });
});

describe('odd texts', () => {
  it('in names are refused with a receipt that every store can keep', async () => {
    for (const name of ['new__echo\0', 'crlf\r\nx-evil: 1', `\u{1F600}${'x'.repeat(5_000)}`, '"quoted\\"']) {
      const mirrored = `=?base64?${Buffer.from(name).toString('base64')}?=`;
      const seen = await call(acme, name, { 'k\0': 1 }, { headers: { 'mcp-name': mirrored } });
      expect(codeOf(seen), JSON.stringify(name.slice(0, 20))).toBe('unknown_tool');
      expect(outcomes().at(-1)?.toolName).not.toContain('\0');
    }
    const args = { text: 'x', 'k\0"': 1 };
    expect(textOf(await call(acme, 'new__echo', args))).toBe('x');
    expect(outcomes().at(-1)?.argNames).toEqual(['text', 'k\uFFFD"']);
  });
});

describe('a legacy agent', () => {
  it('initializes, lists, calls, pings; its session belongs to its key alone', async () => {
    const client = await openLegacy(worker.url, acme);
    expect((await client.request('tools/list')).json.result.tools).toHaveLength(3);
    const called = await client.request('tools/call', { name: 'new__echo', arguments: { text: 'hi' } });
    expect(called.json.result).toEqual({ content: [{ type: 'text', text: 'hi' }] });
    expect((await client.request('ping')).json.result).toEqual({});
    const stolen = client.raw('{"jsonrpc":"2.0","id":1,"method":"ping"}', {
      authorization: `Bearer ${other.key}`,
    });
    const seen = await send(worker.url, { ...stolen, path: '/other/main/key/mcp' });
    expect([seen.status, codeOf(seen)]).toEqual([404, 'session_unknown']);
  });

  it('may leave the version header out, must not leave the session out', async () => {
    const client = await openLegacy(worker.url, acme);
    const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    expect((await send(worker.url, client.raw(ping, { 'mcp-protocol-version': undefined }))).status).toBe(
      200,
    );
    expect((await send(worker.url, client.raw(ping, { 'mcp-session-id': undefined }))).status).toBe(400);
    const note = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
    expect((await send(worker.url, client.raw(note))).status).toBe(202);
  });

  it('sends batches in 2025-03-26 only, each member a call of its own', async () => {
    const batch = JSON.stringify([
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'old__add', arguments: { a: 1, b: 1 } },
      },
      {
        jsonrpc: '2.0',
        id: 2,
        method: 'tools/call',
        params: { name: 'new__add', arguments: { a: 1, b: 1 } },
      },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    ]);
    const client = await openLegacy(worker.url, acme, '2025-03-26');
    const seen = await send(worker.url, client.raw(batch));
    const byId = new Map<number, { result?: unknown; error?: { data: { code: string } } }>(
      seen.json.map((answer: { id: number }) => [answer.id, answer]),
    );
    expect(byId.get(1)?.result).toEqual({ content: [{ type: 'text', text: '2' }] });
    expect(byId.get(2)?.error?.data.code).toBe('denied');
    expect(outcomes().filter((frame) => frame.method === 'tools/call')).toHaveLength(2);
    const newer = await openLegacy(worker.url, acme);
    expect((await send(worker.url, newer.raw(batch))).status).toBe(400);
  });

  it('reaches a legacy upstream again after that one forgot its session, and the tool ran once', async () => {
    const client = await openLegacy(worker.url, acme);
    const add = (a: number) => client.request('tools/call', { name: 'old__add', arguments: { a, b: 1 } });
    expect(textOf(await add(1))).toBe('2');
    legacy.expireSessions();
    expect(textOf(await add(2))).toBe('3');
    // The first attempt got 404 before the tool was looked at.
    expect(legacy.openSessions()).toBe(1);
  });

  it('cancels a call by a notification', async () => {
    const client = await openLegacy(worker.url, acme);
    legacy.behave({ kind: 'hang' }, { method: 'tools/call', times: 1 });
    const before = legacy.calls().length;
    const pending = client.request('tools/call', { name: 'old__echo', arguments: { text: 'x' } }, 41);
    await expect.poll(() => legacy.calls().length).toBe(before + 1);
    const note = JSON.stringify({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 41 },
    });
    await send(worker.url, client.raw(note));
    await pending;
    expect(outcomes().at(-1)?.outcome).toBe('cancelled');
  });
});

describe('everything else', () => {
  it('is 404: well-known documents, the OAuth resource, other paths', async () => {
    for (const path of [
      '/.well-known/oauth-protected-resource',
      '/acme/main/mcp',
      '/',
      '/acme/main/key/mcp/x',
      '/.well-known/oauth-protected-resource/acme/main/key/mcp',
    ]) {
      expect((await fetch(worker.url + path)).status, path).toBe(404);
    }
  });

  it('is drained: calls in flight end, new ones are refused', async () => {
    modern.behave({ kind: 'slow', delayMs: 300 }, { method: 'tools/call', times: 1 });
    const before = modern.calls().length;
    const pending = call(acme, 'new__echo', { text: 'last' });
    await expect.poll(() => modern.calls().length).toBe(before + 1);
    const closing = worker.worker.close();
    expect(textOf(await pending)).toBe('last');
    await closing;
  });
});
