import { randomUUID } from 'node:crypto';
import type { OutcomeFrame } from '@sallyport/ledger';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LegacyUpstream, startLegacyUpstream } from '../../../e2e/upstreams/legacy-upstream.ts';
import { type ModernUpstream, startModernUpstream } from '../../../e2e/upstreams/modern-upstream.ts';
import { openLegacy } from './__fixtures__/legacy-session.ts';
import { app, html, offered, offeredAnswers } from './__fixtures__/offered.ts';
import { echo } from './__fixtures__/stop-row.ts';
import { makeTenant, type TestServer, type TestTenant } from './__fixtures__/test-tenant.ts';
import { codeOf, modernRequest, send, startTestWorker, type TestWorker } from './__fixtures__/test-worker.ts';

let modern: ModernUpstream;
let legacy: LegacyUpstream;
let worker: TestWorker | undefined;

beforeAll(async () => {
  modern = await startModernUpstream({ tools: [echo] });
  legacy = await startLegacyUpstream({ tools: [echo] });
  for (const upstream of [modern, legacy]) upstream.setOthers(offeredAnswers);
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
});
afterAll(async () => {
  await modern.close();
  await legacy.close();
});

const server = (slug: string, upstream: { readonly url: string }, more: Partial<TestServer> = {}) => ({
  slug,
  url: upstream.url,
  tools: [echo],
  others: offered,
  capabilities: { completions: {} },
  ...more,
});

async function start(input: Partial<Parameters<typeof makeTenant>[0]> = {}): Promise<TestTenant> {
  const tenant = makeTenant({ slug: 'acme', servers: [server('up', modern)], ...input });
  const privateOrigins = [`127.0.0.1:${modern.port}`, `127.0.0.1:${legacy.port}`];
  worker = await startTestWorker({ tenants: [tenant], privateOrigins });
  return tenant;
}

async function ask(tenant: TestTenant, method: string, params: Record<string, unknown> = {}) {
  const seen = await send(worker?.url ?? '', modernRequest(tenant, method, params));
  return { ...seen, result: seen.json?.result, code: codeOf(seen) };
}

describe('lists', () => {
  it('of every kind show what was approved, under the names of the endpoint', async () => {
    const tenant = await start();
    const prompts = await ask(tenant, 'prompts/list');
    expect(prompts.result).toMatchObject({
      prompts: [{ name: 'up__greet', description: 'Greets somebody.' }],
      cacheScope: 'private',
      resultType: 'complete',
    });
    const resources = await ask(tenant, 'resources/list');
    expect(resources.result.resources.map(({ uri }: { uri: string }) => uri)).toEqual([
      'file:///notes.txt',
      'ui://app/main',
    ]);
    expect(resources.text).not.toContain('contentSha256');
    const templates = await ask(tenant, 'resources/templates/list');
    expect(templates.result.resourceTemplates).toMatchObject([{ uriTemplate: 'wiki://pages/{id}' }]);
  });

  it('hide what a policy hides and what was taken back', async () => {
    const hide = 'forbid(principal, action == Action::"list", resource == Tool::"prompt:up__greet");';
    const tenant = await start({ policies: ['permit(principal, action, resource);', hide] });
    expect((await ask(tenant, 'prompts/list')).result.prompts).toEqual([]);
    expect((await ask(tenant, 'resources/templates/list')).result.resourceTemplates).toHaveLength(1);
    const template = tenant.snapshot().tools.find(({ kind }) => kind === 'template');
    worker?.worker.config.revoke(tenant.revoke('tool', String(template?.id)).text);
    expect((await ask(tenant, 'resources/templates/list')).result.resourceTemplates).toEqual([]);
    expect((await ask(tenant, 'resources/read', { uri: 'wiki://pages/1' })).code).toBe('unknown_resource');
  });

  it('name the servers that cannot be reached, and wait for none', async () => {
    const tenant = await start({
      servers: [server('up', modern), server('gone', { url: 'http://127.0.0.1:9/' })],
    });
    expect(
      (await ask(tenant, 'tools/call', { name: 'gone__echo', arguments: { text: 'x' } })).code,
    ).toBeDefined();
    const listed = await ask(tenant, 'tools/list');
    expect(listed.result.tools).toHaveLength(2);
    expect(listed.result._meta['sallyport/unavailable']).toEqual([{ server: 'gone', reason: 'unreachable' }]);
  });
});

describe('prompts, resources and completions', () => {
  it.each([
    ['modern', () => modern],
    ['legacy', () => legacy],
  ] as const)('of a %s upstream reach a modern client', async (_era, upstream) => {
    const tenant = await start({ servers: [server('up', upstream())] });
    const got = await ask(tenant, 'prompts/get', { name: 'up__greet', arguments: { who: 'Ada' } });
    expect(got.result.messages[0].content.text).toBe('greet {"who":"Ada"}');
    const read = await ask(tenant, 'resources/read', { uri: 'file:///notes.txt' });
    expect(read.result).toMatchObject({
      contents: [{ uri: 'file:///notes.txt', text: 'text of file:///notes.txt' }],
      cacheScope: 'private',
      ttlMs: 5_000,
    });
    const page = await ask(tenant, 'resources/read', { uri: 'wiki://pages/7' });
    expect(page.result.contents[0].uri).toBe('wiki://pages/7');
    const completed = await ask(tenant, 'completion/complete', {
      ref: { type: 'ref/prompt', name: 'up__greet' },
      argument: { name: 'who', value: 'A' },
    });
    expect(completed.result.completion.values[0]).toContain('"name":"greet"');
    const frames = worker?.frames() ?? [];
    expect(frames.filter(({ kind }) => kind === 'intent')).toHaveLength(4);
    const outcomes = frames.filter((frame): frame is OutcomeFrame => frame.kind === 'outcome');
    expect(outcomes.map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([
      'prompts/get ok',
      'resources/read ok',
      'resources/read ok',
      'completion/complete ok',
    ]);
    expect(outcomes.every(({ billable }) => !billable)).toBe(true);
  });

  it('reach a legacy client, which gets the old code for a URI that is not there', async () => {
    const tenant = await start();
    const client = await openLegacy(worker?.url ?? '', tenant);
    expect((await client.request('prompts/list')).json.result.prompts).toHaveLength(1);
    const missing = await client.request('resources/read', { uri: 'file:///nope' });
    expect(missing.json.error.code).toBe(-32_002);
    expect((await ask(tenant, 'resources/read', { uri: 'file:///nope' })).json.error.code).toBe(-32_602);
    expect((await client.request('logging/setLevel', { level: 'loud' })).json.error.code).toBe(-32_602);
    expect((await client.request('logging/setLevel', { level: 'error' })).json.result).toEqual({});
  });

  it('of two servers with one URI stay apart: who came first keeps it', async () => {
    const tenant = await start({ servers: [server('up', modern), server('two', legacy)] });
    const { resources } = (await ask(tenant, 'resources/list')).result;
    const second = resources.find(
      ({ uri }: { uri: string }) => uri.startsWith('sp-') && uri.endsWith('notes.txt'),
    );
    expect(resources).toHaveLength(4);
    const read = await ask(tenant, 'resources/read', { uri: second.uri });
    expect(read.result.contents).toEqual([
      { uri: second.uri, mimeType: 'text/plain', text: 'text of file:///notes.txt' },
    ]);
  });

  it('of an app leave as approved: its HTML, and where it may connect', async () => {
    const tenant = await start();
    const { result } = await ask(tenant, 'resources/read', { uri: app.uri });
    expect(result.contents).toEqual([
      { uri: app.uri, mimeType: app.mimeType, text: html, _meta: { ui: app._meta.ui } },
    ]);
  });
});

describe('an endpoint', () => {
  it('says what it can do and what was approved of its instructions', async () => {
    const tenant = await start();
    const { result } = await ask(tenant, 'server/discover');
    expect(Object.keys(result.capabilities)).toEqual(['tools', 'prompts', 'resources', 'completions']);
    expect(result.instructions).toBe('Be brief.');
    const bare = await start({ servers: [server('up', modern, { others: [], capabilities: {} })] });
    expect((await ask(bare, 'server/discover')).result.capabilities).toEqual({
      tools: { listChanged: true },
    });
  });

  it('renames, describes anew and hides; the pin holds underneath', async () => {
    const tenant = await start();
    const ids = Object.fromEntries(tenant.snapshot().tools.map(({ kind, id }) => [kind, id]));
    const rename = (toolId: unknown, more: object) => ({
      toolId,
      name: null,
      description: null,
      hidden: false,
      ...more,
    });
    worker?.worker.config.offer(
      tenant.id,
      tenant.publish(({ endpoints }) => ({
        endpoints: endpoints.map((endpoint) => ({
          ...endpoint,
          items: [
            rename(ids.tool, { name: 'repeat', description: 'Says it again.' }),
            rename(ids.prompt, { hidden: true }),
          ] as unknown as (typeof endpoint)['items'],
        })),
      })),
    );
    expect((await ask(tenant, 'tools/list')).result.tools).toMatchObject([
      { name: 'repeat', description: 'Says it again.' },
    ]);
    expect((await ask(tenant, 'prompts/get', { name: 'up__greet', arguments: { who: 'x' } })).code).toBe(
      'unknown_prompt',
    );
    const called = await ask(tenant, 'tools/call', { name: 'repeat', arguments: { text: 'hi' } });
    expect(called.result?.content[0].text, called.text).toBe('hi');
    expect((await ask(tenant, 'tools/call', { name: 'up__echo', arguments: { text: 'hi' } })).code).toBe(
      'unknown_tool',
    );
  });

  it('with tool search lists three tools; the receipt names the tool inside', async () => {
    const tenant = await start({ endpoint: { id: randomUUID() as never, toolSearch: true } });
    const names = (await ask(tenant, 'tools/list')).result.tools.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['call_tool', 'describe_tool', 'search_tools']);
    const meta = (name: string, args: object) => ask(tenant, 'tools/call', { name, arguments: args });
    const found = await meta('search_tools', { query: 'give text back' });
    expect(found.result.structuredContent.tools).toMatchObject([{ name: 'up__echo', score: 1 }]);
    const described = await meta('describe_tool', { name: 'up__echo' });
    expect(described.result.structuredContent.tool).toMatchObject({
      name: 'up__echo',
      inputSchema: echo.inputSchema,
    });
    const called = await meta('call_tool', { name: 'up__echo', arguments: { text: 'inner' } });
    expect(called.result?.content[0].text, called.text).toBe('inner');
    const outcomes =
      worker?.frames().filter((frame): frame is OutcomeFrame => frame.kind === 'outcome') ?? [];
    expect(outcomes.slice(-3).map(({ toolName, billable }) => [toolName, billable])).toEqual([
      ['search_tools', false],
      ['describe_tool', false],
      ['up__echo', true],
    ]);
  });
});

describe('tools', () => {
  it('whose marks for headers are wrong are not listed; headers that mirror are compared', async () => {
    const marked = (name: string, type: string) => ({
      name,
      inputSchema: { type: 'object', properties: { region: { type, 'x-mcp-header': 'Region' } } },
    });
    const tools = [echo, marked('good', 'string'), marked('bad', 'object')];
    modern.setTools(tools);
    const tenant = await start({ servers: [server('up', modern, { tools })] });
    const names = (await ask(tenant, 'tools/list')).result.tools.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['up__echo', 'up__good']);
    const call = (headers: Record<string, string>) =>
      send(
        worker?.url ?? '',
        modernRequest(tenant, 'tools/call', { name: 'up__good', arguments: { region: 'eu' } }, { headers }),
      );
    expect((await call({ 'mcp-param-region': 'eu' })).json.result).toBeDefined();
    for (const headers of [{}, { 'mcp-param-region': 'us' }] as Record<string, string>[]) {
      const seen = await call(headers);
      expect([seen.status, seen.json.error.code]).toEqual([400, -32_020]);
    }
    modern.setTools([echo]);
  });

  it('for apps alone are shown to clients that show apps', async () => {
    const forApps = {
      ...echo,
      name: 'refresh',
      _meta: { ui: { resourceUri: app.uri, visibility: ['app'] } },
    };
    const tenant = await start({ servers: [server('up', modern, { tools: [echo, forApps] })] });
    const list = async (capabilities: object) => {
      const _meta = { 'io.modelcontextprotocol/clientCapabilities': capabilities };
      return (await ask(tenant, 'tools/list', { _meta })).result.tools.length;
    };
    expect(await list({})).toBe(1);
    expect(await list({ extensions: { 'io.modelcontextprotocol/ui': {} } })).toBe(2);
  });
});

describe('a batch', () => {
  it('holds no message of the modern era', async () => {
    const tenant = await start();
    const client = await openLegacy(worker?.url ?? '', tenant, '2025-03-26');
    const modernMember = JSON.parse(modernRequest(tenant, 'tools/list').body);
    const old = { jsonrpc: '2.0', id: 8, method: 'ping' };
    const seen = await send(worker?.url ?? '', client.raw(JSON.stringify([modernMember, old])));
    const byId = new Map<number, { result?: unknown; error?: { data: { code: string } } }>(
      seen.json.map((answer: { id: number }) => [answer.id, answer]),
    );
    expect(byId.get(7)?.error?.data.code).toBeDefined();
    expect(byId.get(8)?.result).toEqual({});
  });
});
