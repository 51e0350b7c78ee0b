import { waitUntil } from '@sallyport/testkit';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type LegacyClient, legacyHeaders, openLegacy } from '../__fixtures__/legacy-session.ts';
import { type OpenStream, openStream } from '../__fixtures__/open-stream.ts';
import type { TestTenant } from '../__fixtures__/test-tenant.ts';
import { codeOf, modernRequest, send } from '../__fixtures__/test-worker.ts';
import { type Ground, startGround } from '../__fixtures__/two-workers.ts';

let ground: Ground;
const open: OpenStream[] = [];

beforeAll(async () => {
  ground = await startGround();
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => ground?.close());

const worker = (at: 0 | 1): string => ground.workers[at].url;
const until = (what: string, check: () => boolean | Promise<boolean>): Promise<void> =>
  waitUntil(what, 10_000, async () => {
    if (!(await check())) throw new Error('not yet');
  });

async function sessionStream(at: 0 | 1, client: LegacyClient): Promise<OpenStream> {
  const { path, headers } = client.raw('');
  const stream = await openStream(worker(at), {
    path,
    method: 'GET',
    body: '',
    headers: { ...headers, accept: 'text/event-stream' },
  });
  open.push(stream);
  return stream;
}

/** URIs of a tenant's endpoint that stand for the watched resource of both upstreams. */
async function watched(tenant: TestTenant): Promise<readonly string[]> {
  const listed = await send(worker(0), modernRequest(tenant, 'resources/list'));
  const uris = listed.json.result.resources.map(({ uri }: { uri: string }) => uri);
  return uris.filter((uri: string) => uri.includes('watched'));
}

const touch = (tenant: TestTenant, server: string) =>
  send(
    worker(0),
    modernRequest(tenant, 'tools/call', { name: `${server}__test_touch_resource`, arguments: {} }),
  );
const updates = (stream: OpenStream): readonly string[] =>
  stream
    .messages()
    .filter(({ method }) => method === 'notifications/resources/updated')
    .map(({ params }) => params.uri);

it('T38: updates of resources reach who subscribed, on any worker, in both eras, and nobody else', async () => {
  const uris = await watched(ground.acme);
  expect(uris).toHaveLength(2);
  const client = await openLegacy(worker(0), ground.acme);
  const stranger = await openLegacy(worker(0), ground.other);
  const mine = await sessionStream(1, client);
  const theirs = await sessionStream(1, stranger);
  const heard = await openStream(
    worker(1),
    modernRequest(ground.acme, 'subscriptions/listen', { notifications: { resourceSubscriptions: uris } }),
  );
  open.push(heard);
  for (const uri of uris) {
    expect((await client.request('resources/subscribe', { uri })).json).toMatchObject({ result: {} });
  }
  expect(codeOf(await client.request('resources/subscribe', { uri: 'file:///etc/passwd' }))).toBe(
    'unknown_resource',
  );
  for (const server of ['new', 'old']) {
    const before = updates(mine).length;
    await until(`an update of ${server}`, async () => {
      await touch(ground.acme, server);
      return updates(mine).length > before && updates(heard).length > before;
    });
  }
  expect(new Set(updates(mine))).toEqual(new Set(uris));
  expect(new Set(updates(heard))).toEqual(new Set(uris));
  expect(updates(theirs)).toEqual([]);
});

it('a level set on one worker holds on the others', async () => {
  const client = await openLegacy(worker(0), ground.acme);
  const call = { name: 'old__test_tool_with_logging', arguments: {} };
  const logs = async (): Promise<number> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'tools/call', params: call });
    return (await send(worker(1), client.raw(body))).text.split('notifications/message').length - 1;
  };
  expect(await logs()).toBe(3);
  await client.request('logging/setLevel', { level: 'error' });
  await until('silence', async () => (await logs()) === 0);
});

it('members of a batch (2025-03-26) are asked on the stream of their batch', async () => {
  const path = `/${ground.acme.slug}/main/key/mcp`;
  const params = {
    protocolVersion: '2025-03-26',
    capabilities: { sampling: {} },
    clientInfo: { name: 'batch', version: '1' },
  };
  const opened = await send(worker(0), {
    path,
    headers: legacyHeaders(ground.acme),
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
  });
  const headers = legacyHeaders(ground.acme, { 'mcp-session-id': String(opened.headers['mcp-session-id']) });
  const members = ['new', 'old'].map((server, at) => ({
    jsonrpc: '2.0',
    id: at + 1,
    method: 'tools/call',
    params: { name: `${server}__test_sampling`, arguments: { prompt: 'hi' } },
  }));
  const stream = await openStream(worker(0), { path, headers, body: JSON.stringify(members) });
  open.push(stream);
  await until('both questions', () => stream.messages().length === 2);
  for (const { id } of stream.messages()) {
    const content = { type: 'text', text: 'model says hello' };
    const result = { role: 'assistant', content, model: 'm' };
    await send(worker(1), { path, headers, body: JSON.stringify({ jsonrpc: '2.0', id, result }) });
  }
  await until('the answers', () => stream.messages().length === 3);
  const answers = stream.messages()[2] as { id: number }[];
  expect(answers.map(({ id }) => id).sort()).toEqual([1, 2]);
  expect(JSON.stringify(answers).match(/model says hello/gu)).toHaveLength(2);
});

it('without Redis one worker goes on by itself, and what needs another is refused at once', async () => {
  const all = { elicitation: { form: {} } };
  const ask = (at: 0 | 1, change: object) =>
    send(
      worker(at),
      modernRequest(ground.acme, 'tools/call', {
        name: 'old__test_elicitation',
        arguments: { message: 'who?' },
        _meta: { 'io.modelcontextprotocol/clientCapabilities': all },
        ...change,
      }),
    );
  const begin = async () => {
    const { requestState, inputRequests } = (await ask(0, {})).json.result;
    const content = { username: 'ada', email: 'a@example.com' };
    const inputResponses = Object.fromEntries(
      Object.keys(inputRequests).map((key) => [key, { action: 'accept', content }]),
    );
    return { requestState, inputResponses };
  };
  const client = await openLegacy(worker(0), ground.acme);
  await ground.redis.stop();
  expect((await ask(0, await begin())).text).toContain('ada');
  const elsewhere = await ask(1, await begin());
  expect(codeOf(elsewhere)).toBe('upstream_unreachable');
  const [uri] = await watched(ground.acme);
  expect(codeOf(await client.request('resources/subscribe', { uri }))).toBe('session_unavailable');
  await ground.redis.restart();
  await until('mail again', async () => (await ask(1, await begin())).text.includes('ada'));
});
