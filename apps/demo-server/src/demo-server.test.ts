import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from './demo-server.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemoServer(0);
});
afterAll(() => demo.close());

const url = (path: string) => `http://127.0.0.1:${demo.port}${path}`;
const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
};

async function rpc(method: string, params: Record<string, unknown>, era: 'modern' | 'legacy') {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': era === 'modern' ? '2026-07-28' : '2025-11-25',
  };
  if (era === 'modern') {
    headers['mcp-method'] = method;
    if (typeof params.name === 'string') headers['mcp-name'] = params.name;
  }
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method,
    params: era === 'modern' ? { ...params, _meta: meta } : params,
  };
  const response = await fetch(url('/mcp'), { method: 'POST', headers, body: JSON.stringify(body) });
  const raw = await response.text();
  return JSON.parse(raw.startsWith('{') ? raw : (/^data: (\{.*)$/m.exec(raw)?.[1] ?? 'null'));
}

describe('demo server', () => {
  it.each(['modern', 'legacy'] as const)('lists and calls its tools in the %s era', async (era) => {
    const listed = await rpc('tools/list', {}, era);
    const names = listed.result.tools.map((tool: { name: string }) => tool.name).sort();
    expect(names).toEqual(['add', 'get_weather', 'search_notes', 'send_note']);
    const called = await rpc('tools/call', { name: 'add', arguments: { a: 2, b: 3 } }, era);
    expect(called.result.structuredContent).toEqual({ sum: 5 });
  });

  it.each(['modern', 'legacy'] as const)('has something to read of every kind in the %s era', async (era) => {
    expect((await rpc('prompts/list', {}, era)).result.prompts).toMatchObject([{ name: 'plan_day' }]);
    expect((await rpc('resources/list', {}, era)).result.resources).toMatchObject([{ uri: 'demo://about' }]);
    const templates = await rpc('resources/templates/list', {}, era);
    expect(templates.result.resourceTemplates).toMatchObject([{ uriTemplate: 'demo://notes/{id}' }]);
  });

  it('keeps what reached it, with ids that only grow', async () => {
    const read = async (after: number) =>
      (await (await fetch(url(`/history?after=${after}`))).json()) as { count: number; calls: unknown[] };
    const before = (await read(0)).count;
    await rpc('tools/call', { name: 'get_weather', arguments: { city: 'Oslo' } }, 'modern');
    await rpc('tools/call', { name: 'get_weather', arguments: { city: 5 } }, 'modern');
    const { calls } = await read(before);
    expect(calls).toMatchObject([{ id: before + 1, tool: 'get_weather', arguments: { city: 'Oslo' } }]);
  });

  it('changes one definition when poisoned, and back when healed', async () => {
    const definition = async () => {
      const listed = await rpc('tools/list', {}, 'legacy');
      return JSON.stringify(
        listed.result.tools.find((tool: { name: string }) => tool.name === 'search_notes'),
      );
    };
    const honest = await definition();
    await fetch(url('/poison'), { method: 'POST' });
    expect(await definition()).toContain('id_rsa');
    await fetch(url('/heal'), { method: 'POST' });
    expect(await definition()).toBe(honest);
  });

  it('refuses a foreign page and an unknown path', async () => {
    const foreign = await fetch(url('/poison'), {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect((await fetch(url('/nothing'))).status).toBe(404);
    expect((await fetch(url('/poison'))).status).toBe(404);
  });
});
