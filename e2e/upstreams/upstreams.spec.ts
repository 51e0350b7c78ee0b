import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernTransport,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { envelopeMeta, findSchemaFault, mirroredHeaders } from '@sallyport/mcp';
import { afterEach, describe, expect, it } from 'vitest';
import { deepSchema, hugeToolList, remoteRefSchema, schemaBomb } from './hostile-definitions.ts';
import { startLegacyUpstream } from './legacy-upstream.ts';
import { startModernUpstream } from './modern-upstream.ts';
import { startServerEverything } from './server-everything.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const kept = <T extends { close(): Promise<unknown> }>(one: T): T => {
  cleanups.push(() => one.close());
  return one;
};

async function modernClient(url: string) {
  const client = new ModernClient(
    { name: 't', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new ModernTransport(new URL(url)));
  return kept(client);
}

async function legacyClient(url: string) {
  const client = new LegacyClient({ name: 't', version: '1' });
  await client.connect(new LegacyTransport(new URL(url)) as Parameters<typeof client.connect>[0]);
  return kept(client);
}

describe('fixture upstreams', () => {
  it.each(['json', 'sse'] as const)('serve the official client of the modern era (%s)', async (mode) => {
    const upstream = kept(await startModernUpstream());
    upstream.setReplyMode(mode);
    const client = await modernClient(upstream.url);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['echo', 'add']);
    const result = await client.callTool({ name: 'echo', arguments: { text: 'hé' } });
    expect(result.content).toEqual([{ type: 'text', text: 'hé' }]);
    upstream.changeTool('echo', { description: 'Now different.' });
    expect((await client.listTools()).tools[0]?.description).toBe('Now different.');
    expect(upstream.calls()).toMatchObject([{ tool: 'echo', arguments: { text: 'hé' } }]);
  });

  it.each(['json', 'sse'] as const)('serve the official client of the legacy era (%s)', async (mode) => {
    const upstream = kept(await startLegacyUpstream());
    upstream.setReplyMode(mode);
    const client = await legacyClient(upstream.url);
    expect((await client.listTools()).tools).toHaveLength(2);
    const result = await client.callTool({ name: 'add', arguments: { a: 1, b: 2 } });
    expect(result.content).toEqual([{ type: 'text', text: '3' }]);
    expect(upstream.openSessions()).toBe(1);
    upstream.expireSessions();
    await expect(client.listTools()).rejects.toThrow();
  });

  it('refuse a modern request whose headers disagree with its body', async () => {
    const upstream = kept(await startModernUpstream());
    const version = '2026-07-28';
    const params = { _meta: envelopeMeta({ version, clientInfo: { name: 't', version: '1' } }) };
    const headers = mirroredHeaders({ version, method: 'tools/call', params });
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params });
    const wrong = await fetch(upstream.url, { method: 'POST', headers, body });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ error: { code: -32020 } });
  });

  it('misbehave for one method and a number of times', async () => {
    const upstream = kept(await startLegacyUpstream({ isSessionless: true }));
    const ask = async (method: string) => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 5, method, params: { name: 'echo', arguments: {} } });
      const response = await fetch(upstream.url, { method: 'POST', body });
      return response.text();
    };
    upstream.behave({ kind: 'wrong_id' }, { method: 'tools/call', times: 1 });
    expect(JSON.parse(await ask('tools/list')).id).toBe(5);
    expect(JSON.parse(await ask('tools/call')).id).toBe('somebody-else');
    expect(JSON.parse(await ask('tools/call')).id).toBe(5);
    for (const kind of ['garbage', 'reset'] as const) {
      upstream.behave({ kind }, { times: 1 });
      await expect(ask('ping')).rejects.toThrow();
    }
    upstream.requireHeader({ name: 'Authorization', value: 'Bearer x' });
    await ask('ping');
    expect(upstream.history()).toHaveLength(6);
  });

  it('hold definitions that must be refused', () => {
    expect(JSON.stringify(hugeToolList(30_000_000)).length).toBeGreaterThan(30_000_000);
    expect(findSchemaFault(schemaBomb().inputSchema)?.kind).toBe('expands_too_far');
    expect(findSchemaFault(deepSchema(40).inputSchema)?.kind).toBe('too_deep');
    expect(findSchemaFault(remoteRefSchema('http://127.0.0.1/x').inputSchema)?.kind).toBe('remote_ref');
  });

  it('start server-everything untouched, on loopback alone', async () => {
    const server = kept(await startServerEverything());
    const client = await legacyClient(server.url);
    const names = (await client.listTools()).tools.map((tool) => tool.name);
    expect(names).toContain('echo');
    const result = await client.callTool({ name: 'echo', arguments: { message: 'hi' } });
    expect(JSON.stringify(result.content)).toContain('hi');
    // 127.0.0.2 is this machine too: a server on all interfaces would answer there.
    await expect(fetch(`http://127.0.0.2:${server.port}/mcp`)).rejects.toThrow();
  });
});
