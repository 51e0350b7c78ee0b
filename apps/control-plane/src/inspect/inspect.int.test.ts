import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TenantId } from '@sallyport/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Browser,
  browserHeaders,
  startTestControlPlane,
  type TestControlPlane,
} from '../testing/test-control-plane.ts';

interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly method: string;
    readonly params: { readonly name?: string; readonly _meta: Readonly<Record<string, unknown>> };
  };
}

/** Stands where the data plane stands, and notes what reaches it. */
let gateway: Server;
const seen: Seen[] = [];
let answer: (res: ServerResponse) => void;
const answerJson = (res: ServerResponse): void => {
  res
    .writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'x=1' })
    .end('{"jsonrpc":"2.0","id":1,"result":{}}');
};

let plane: TestControlPlane;
let tenantId: TenantId;
let owner: Browser;
let own: { agentId: string; endpointId: string };
let foreign: { agentId: string; endpointId: string };

async function furnish(browser: Browser, name: string) {
  const made = await plane.graphql(
    browser,
    'mutation($n: String!) { createAgent(input: { name: $n, roles: [] }) { id } }',
    { n: name },
  );
  const { data } = await plane.graphql(browser, '{ endpoints { id slug } }');
  return { agentId: made.data.createAgent.id, endpointId: data.endpoints[0].id };
}

beforeAll(async () => {
  gateway = createServer((req, res) => {
    let text = '';
    req.setEncoding('utf8');
    req.on('data', (chunk: string) => {
      text += chunk;
    });
    req.on('end', () => {
      seen.push({ url: req.url ?? '', headers: req.headers, body: JSON.parse(text) });
      answer(res);
    });
  });
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const { port } = gateway.address() as AddressInfo;
  plane = await startTestControlPlane({ env: { GATEWAY_URL: `http://127.0.0.1:${port}` } });
  tenantId = await plane.createTenant('trying');
  owner = await plane.signIn({ email: 'ana@trying.example', tenantId });
  own = await furnish(owner, 'probe');
  const otherId = await plane.createTenant('other');
  const other = await plane.signIn({ email: 'bob@other.example', tenantId: otherId });
  foreign = await furnish(other, 'theirs');
});
afterAll(async () => {
  await plane.close();
  gateway.closeAllConnections();
  gateway.close();
});

function inspect(browser: Browser, body: object, headers: Readonly<Record<string, string>> = {}) {
  answer = answer ?? answerJson;
  return plane.app.inject({
    method: 'POST',
    url: '/inspect',
    headers: { ...browserHeaders(browser), ...headers },
    payload: body,
  });
}
const call = (more: object = {}) => ({
  ...own,
  id: 1,
  method: 'tools/call',
  params: { name: 'demo__add', arguments: { a: 1 }, _meta: { 'sallyport/x': 1 } },
  ...more,
});

describe('POST /inspect', () => {
  it('T40: sends a message of the modern era to the own endpoint, as an agent, by a key the browser never sees', async () => {
    answer = answerJson;
    const reply = await inspect(owner, call());
    expect([reply.statusCode, reply.body]).toEqual([200, '{"jsonrpc":"2.0","id":1,"result":{}}']);
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(reply.headers['cache-control']).toBe('no-store');
    const sent = seen.at(-1);
    expect(sent?.url).toBe('/trying/main/key/mcp');
    expect(sent?.headers).toMatchObject({
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'demo__add',
    });
    expect(sent?.headers.cookie).toBeUndefined();
    expect(sent?.body.params._meta).toMatchObject({
      'io.modelcontextprotocol/clientInfo': { name: 'sallyport-inspector' },
      'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {}, url: {} } },
    });
    // What the page wrote into `_meta` is not ours to repeat.
    expect(sent?.body.params._meta).not.toHaveProperty('sallyport/x');
    const secret = sent?.headers.authorization?.replace('Bearer ', '') ?? '';
    expect(secret).toMatch(/^sp_/);
    expect(JSON.stringify(reply.headers) + reply.body).not.toContain(secret);
  });

  it('makes one key for a while: labelled, for this endpoint alone, dead within 15 minutes', async () => {
    answer = answerJson;
    await inspect(owner, call());
    await inspect(owner, call({ method: 'tools/list', params: {} }));
    const rows = await plane.database.admin<{ name: string; minutes: number; endpoint: string | null }>(
      `SELECT name, endpoint_id::text AS endpoint, extract(epoch FROM expires_at - created_at)::float / 60 AS minutes
       FROM api_key WHERE tenant_id = $1`,
      [tenantId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.name).toBe('Inspector, ana@trying.example');
    expect(rows[0]?.endpoint).not.toBeNull();
    expect(rows[0]?.minutes).toBeGreaterThan(10);
    expect(rows[0]?.minutes).toBeLessThanOrEqual(15);
    const again = await plane.signIn({ email: 'ana@trying.example', tenantId });
    await inspect(again, call());
    const [{ count } = { count: 0 }] = await plane.database.admin<{ count: number }>(
      'SELECT count(*)::int AS count FROM api_key WHERE tenant_id = $1',
      [tenantId],
    );
    expect(count).toBe(2);
  });

  it('streams what the gateway streams', async () => {
    answer = (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('event: message\ndata: {"method":"notifications/progress"}\n\n');
      res.end('event: message\ndata: {"id":1,"result":{}}\n\n');
    };
    const reply = await inspect(owner, call());
    expect(reply.headers['content-type']).toContain('text/event-stream');
    expect(reply.body).toContain('notifications/progress');
    expect(reply.body).toContain('"result":{}');
  });

  it('hands on a refusal of the gateway as it is', async () => {
    answer = (res) =>
      res.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"code":-32601}}');
    const reply = await inspect(owner, call());
    expect([reply.statusCode, reply.json().error.code]).toEqual([404, -32601]);
  });

  const codeOf = (reply: { json(): { errors: { extensions: { code: string } }[] } }) =>
    reply.json().errors[0]?.extensions.code;

  it('is closed to other sites, to a missing token, and to strangers', async () => {
    const before = seen.length;
    expect(codeOf(await inspect(owner, call(), { origin: 'https://evil.example' }))).toBe('csrf');
    expect(codeOf(await inspect(owner, call(), { 'x-sallyport-csrf': 'wrong' }))).toBe('csrf');
    expect(codeOf(await inspect(owner, call(), { cookie: '' }))).toBe('unauthenticated');
    expect(seen.length).toBe(before);
  });

  it.each(['viewer', 'reviewer'] as const)('is closed to a %s, who may not act as an agent', async (role) => {
    const browser = await plane.signIn({ email: `${role}@trying.example`, tenantId, roles: [role] });
    const reply = await inspect(browser, call());
    expect([reply.statusCode, codeOf(reply)]).toEqual([403, 'forbidden']);
  });

  it('knows no agent and no endpoint of another tenant', async () => {
    const before = seen.length;
    for (const part of [{ agentId: foreign.agentId }, { endpointId: foreign.endpointId }]) {
      const reply = await inspect(owner, call(part));
      expect([reply.statusCode, codeOf(reply)]).toEqual([404, 'not_found']);
    }
    expect(seen.length).toBe(before);
  });

  it('refuses what is no message of the inspector, and one that is too large', async () => {
    for (const wrong of [{ method: 'subscriptions/listen' }, { url: 'http://127.0.0.1:1' }, { id: 'x' }]) {
      expect(codeOf(await inspect(owner, call(wrong)))).toBe('invalid_input');
    }
    const large = await inspect(
      owner,
      call({ params: { name: 'x', arguments: { a: 'x'.repeat(300_000) } } }),
    );
    expect([large.statusCode, codeOf(large)]).toEqual([413, 'too_large']);
  });

  it('is limited in its rate, per session', async () => {
    answer = answerJson;
    const eager = await plane.signIn({ email: 'eager@trying.example', tenantId });
    const codes = [];
    for (let i = 0; i < 70; i += 1) codes.push((await inspect(eager, call({ id: 'x' }))).statusCode);
    expect(codes.at(-1)).toBe(429);
    expect((await inspect(owner, call())).statusCode).toBe(200);
  });

  it('says so when the gateway is away', async () => {
    answer = (res) => res.destroy();
    const reply = await inspect(owner, call());
    expect(codeOf(reply)).toBe('upstream_unreachable');
  });
});
