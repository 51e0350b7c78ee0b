import { waitUntil } from '@sallyport/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { legacyHeaders, openLegacy } from '../__fixtures__/legacy-session.ts';
import { type OpenStream, openStream } from '../__fixtures__/open-stream.ts';
import type { TestTenant } from '../__fixtures__/test-tenant.ts';
import { codeOf, modernRequest, send } from '../__fixtures__/test-worker.ts';
import { type Ground, startGround } from '../__fixtures__/two-workers.ts';
import { streamLimits } from '../wire/stream-limits.ts';

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
const until = (what: string, check: () => boolean): Promise<void> =>
  waitUntil(what, 10_000, async () => {
    if (!check()) throw new Error('not yet');
  });
const opened = async (...input: Parameters<typeof openStream>): Promise<OpenStream> => {
  const stream = await openStream(...input);
  open.push(stream);
  return stream;
};
/** Withdraws one tool of the tenant: its lists change. */
const withdrawTool = (tenant: TestTenant): void =>
  ground.publish(tenant, (snapshot) => ({ tools: snapshot.tools.slice(1) }));

async function getStream(at: 0 | 1, tenant: TestTenant, handle: string, headers = {}): Promise<OpenStream> {
  return opened(worker(at), {
    method: 'GET',
    path: `/${tenant.slug}/main/key/mcp`,
    headers: { ...legacyHeaders(tenant), accept: 'text/event-stream', 'mcp-session-id': handle, ...headers },
    body: '',
  });
}

async function listenStream(at: 0 | 1, tenant: TestTenant, notifications: object): Promise<OpenStream> {
  return opened(worker(at), modernRequest(tenant, 'subscriptions/listen', { notifications }));
}

describe('the stream of a legacy session', () => {
  it('begins with a byte at once, is primed, and tells of changed lists to its own tenant only', async () => {
    const mine = await openLegacy(worker(0), ground.acme);
    const theirs = await openLegacy(worker(0), ground.other);
    const a = await getStream(1, ground.acme, mine.handle);
    const b = await getStream(1, ground.other, theirs.handle);
    await until('the priming event', () => a.events.length === 1);
    expect(a.text().startsWith(': open')).toBe(true);
    expect(a.headers['x-accel-buffering']).toBe('no');
    expect(a.events[0]).toMatchObject({ data: '', retry: String(streamLimits.retryMs) });
    withdrawTool(ground.acme);
    await until('the change', () => a.messages().length === 1);
    expect(a.messages()[0]).toMatchObject({ method: 'notifications/tools/list_changed' });
    expect(b.messages()).toEqual([]);
  });

  it('is resumed from another worker without a gap', async () => {
    const client = await openLegacy(worker(0), ground.acme);
    const first = await getStream(0, ground.acme, client.handle);
    await until('the priming event', () => first.events.length === 1);
    const lastId = String(first.events[0]?.id);
    first.close();
    withdrawTool(ground.acme);
    const second = await getStream(1, ground.acme, client.handle, { 'last-event-id': lastId });
    await until('what was missed', () => second.messages().length === 1);
    withdrawTool(ground.acme);
    await until('what came later', () => second.messages().length === 2);
    expect(second.events.map(({ id }) => id?.split('.')[1])).toEqual(['2', '3']);
  });

  it('T35: nobody resumes the stream of another session, of the same key as little as of another tenant', async () => {
    const client = await openLegacy(worker(0), ground.acme);
    const first = await getStream(0, ground.acme, client.handle);
    await until('the priming event', () => first.events.length === 1);
    const lastId = String(first.events[0]?.id);
    const twin = await openLegacy(worker(0), ground.acme);
    const foreign = await openLegacy(worker(0), ground.other);
    const b = await getStream(0, ground.acme, twin.handle, { 'last-event-id': lastId });
    const c = await getStream(1, ground.other, foreign.handle, { 'last-event-id': lastId });
    await until('streams of their own', () => b.events.length === 1 && c.events.length === 1);
    expect(first.isClosed()).toBe(false);
    withdrawTool(ground.acme);
    await until('the change', () => first.messages().length === 1);
    expect(c.messages()).toEqual([]);
  });

  it('ends with its session; the id is unknown from then on, on every worker', async () => {
    const client = await openLegacy(worker(0), ground.acme);
    const stream = await getStream(1, ground.acme, client.handle);
    const { path, headers } = client.raw('');
    expect((await send(worker(0), { path, headers, body: '', method: 'DELETE' })).status).toBe(202);
    await until('the end', stream.isClosed);
    for (const at of [0, 1] as const) {
      const seen = await send(worker(at), client.raw('{"jsonrpc":"2.0","id":3,"method":"ping"}'));
      expect([seen.status, codeOf(seen)]).toEqual([404, 'session_unknown']);
    }
  });

  it('is refused where it cannot be: no session, a foreign one, the modern era, an Accept without streams', async () => {
    const client = await openLegacy(worker(0), ground.acme);
    const get = (tenant: TestTenant, headers: Record<string, string>) =>
      send(worker(0), {
        path: `/${tenant.slug}/main/key/mcp`,
        method: 'GET',
        body: '',
        headers: { ...legacyHeaders(tenant), accept: 'text/event-stream', ...headers },
      });
    expect((await get(ground.acme, {})).status).toBe(400);
    expect((await get(ground.other, { 'mcp-session-id': client.handle })).status).toBe(404);
    const modern = await get(ground.acme, { 'mcp-protocol-version': '2026-07-28' });
    expect([modern.status, modern.headers.allow]).toEqual([405, 'POST, GET, DELETE']);
    const session = { 'mcp-session-id': client.handle };
    expect((await get(ground.acme, { ...session, accept: 'application/json' })).status).toBe(406);
  });
});

describe('subscriptions/listen', () => {
  it('says first what is honoured, then what changes, and ends with a result when the key is revoked', async () => {
    const stream = await listenStream(0, ground.acme, {
      toolsListChanged: true,
      resourceSubscriptions: ['file:///unknown'],
    });
    await until('the acknowledgement', () => stream.messages().length === 1);
    const meta = { _meta: { 'io.modelcontextprotocol/subscriptionId': 7 } };
    expect(stream.messages()[0]).toMatchObject({
      method: 'notifications/subscriptions/acknowledged',
      params: { notifications: { toolsListChanged: true, resourceSubscriptions: [] }, ...meta },
    });
    withdrawTool(ground.acme);
    await until('the change', () => stream.messages().length === 2);
    expect(stream.messages()[1]).toMatchObject({ method: 'notifications/tools/list_changed', params: meta });
    const { text } = ground.acme.revoke('agent', ground.acme.agentId);
    const { worker: first } = ground.workers[0];
    first.config.revoke(text);
    first.cutRevoked(ground.acme.id);
    await until('the end', stream.isClosed);
    expect(stream.messages().at(-1)).toMatchObject({ id: 7, result: { resultType: 'complete', ...meta } });
  });
});

it('one key opens so many streams, and is told the limit', async () => {
  const requests = Array.from({ length: streamLimits.maxPerKey }, () =>
    listenStream(1, ground.other, { toolsListChanged: true }),
  );
  await Promise.all(requests);
  const refused = await send(
    worker(1),
    modernRequest(ground.other, 'subscriptions/listen', { notifications: { toolsListChanged: true } }),
  );
  expect([refused.status, refused.json.error.data]).toMatchObject([
    429,
    { code: 'rate_limited', rule: 'streams_per_key', limit: streamLimits.maxPerKey },
  ]);
  for (const stream of open) stream.close();
  await until('room again', () => ground.workers[1].worker.report.openStreams(ground.other.id).length === 0);
  await listenStream(1, ground.other, { toolsListChanged: true });
});

it('serves a probe that accepts anything, as JSON', async () => {
  const { path, headers, body } = modernRequest(ground.other, 'server/discover');
  const probe = await send(worker(0), { path, headers: { ...headers, accept: '*/*' }, body });
  expect([probe.status, probe.headers['content-type']]).toEqual([200, 'application/json']);
  const initialize = await send(worker(0), {
    path,
    headers: { ...legacyHeaders(ground.other), accept: '*/*' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'probe', version: '1' },
      },
    }),
  });
  expect([initialize.status, typeof initialize.headers['mcp-session-id']]).toEqual([200, 'string']);
});
