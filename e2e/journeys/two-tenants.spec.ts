import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentRequest, callTool, refusalCode } from '../agent-call.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { eventually } from '../eventually.ts';
import { callReceipts } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';
import { createAgentKey, createTenant, publishServer } from '../tenant-setup.ts';
import { type ModernUpstream, startModernUpstream } from '../upstreams/modern-upstream.ts';

let stack: Stack;
let upstream: ModernUpstream;
let demoOwner: ConsoleSession;
let otherOwner: ConsoleSession;
let otherKey: string;
let otherEndpoint: string;

beforeAll(async () => {
  stack = await startStack();
  upstream = await startModernUpstream();
  demoOwner = await signIn(stack.consoleUrl, await stack.loginLink());
  otherOwner = await createTenant(stack, demoOwner, 'other');
  await demoOwner.run('allowPrivateOrigin', { origin: `127.0.0.1:${upstream.port}` });
  await publishServer(otherOwner, 'Own server', upstream.url);
  ({ key: otherKey, endpoint: otherEndpoint } = await createAgentKey(otherOwner, 'agent'));
});
afterAll(async () => {
  await upstream?.close();
  await stack?.stop();
});

const toolNames = async (endpoint: string, key: string) => {
  const reply = await agentRequest(endpoint, key, 'tools/list');
  return ((reply.body.result?.tools ?? []) as { name: string }[]).map((tool) => tool.name);
};

describe('two tenants side by side', () => {
  it('each lists only its own tools', async () => {
    const ours = await eventually('the new tenant is served', async () => {
      const names = await toolNames(otherEndpoint, otherKey);
      return names.length > 0 ? names : undefined;
    });
    const demos = await toolNames(stack.endpoint, stack.key);
    expect(ours.every((name) => name.startsWith('own-server__'))).toBe(true);
    expect(demos.every((name) => name.startsWith('demo__'))).toBe(true);
  });

  it("a key opens no other tenant's endpoint, and the refusal is the same as for a tenant that does not exist", async () => {
    const foreign = await agentRequest(stack.endpoint, otherKey, 'tools/list');
    const nowhere = await agentRequest(
      stack.endpoint.replace('/demo/', '/no-such-tenant/'),
      otherKey,
      'tools/list',
    );
    const unknown = await agentRequest(stack.endpoint, `sp_${'x'.repeat(43)}`, 'tools/list');
    expect(foreign.status).toBe(401);
    expect(foreign.body.error).toEqual(nowhere.body.error);
    expect(unknown.body.error).toEqual(nowhere.body.error);
  });

  it("refuses another tenant's tool by name, and nothing reaches its server", async () => {
    const before = upstream.calls().length;
    const reply = await callTool(stack.endpoint, stack.key, 'own-server__echo', { text: 'hello' });
    expect(refusalCode(reply)).toBe('unknown_tool');
    expect(upstream.calls().length).toBe(before);
  });

  it('keeps receipts apart', async () => {
    await callTool(stack.endpoint, stack.key, 'demo__add', { a: 7, b: 7 });
    await eventually('the receipt', async () =>
      (await callReceipts(stack.adminUrl, 'demo')).some((row) => row.tool_name === 'demo__add'),
    );
    const theirs = await otherOwner.run<{ nodes: { id: string; toolName: string | null }[] }>('calls', {
      first: 50,
    });
    expect(theirs.nodes.filter((node) => node.toolName?.startsWith('demo__'))).toEqual([]);
    const ours = await demoOwner.run<{ nodes: { id: string }[] }>('calls', { first: 1 });
    await expect(otherOwner.run('call', { id: ours.nodes[0]?.id })).rejects.toThrow('not_found');
  });

  it('a suspended tenant is refused everywhere at once, the other notices nothing', async () => {
    const tenants = await demoOwner.run<{ nodes: { id: string; slug: string }[] }>('tenants', {});
    const id = tenants.nodes.find((tenant) => tenant.slug === 'other')?.id;
    await demoOwner.run('setTenantState', { id, state: 'SUSPENDED', reason: 'end to end' });
    const before = upstream.calls().length;
    for (const url of stack.workerUrls) {
      const reply = await eventually('refused', async () => {
        const answer = await agentRequest(`${url}/other/main/key/mcp`, otherKey, 'tools/list');
        return answer.status === 200 ? undefined : answer;
      });
      expect([401, 403]).toContain(reply.status);
    }
    expect(upstream.calls().length).toBe(before);
    expect((await toolNames(stack.endpoint, stack.key)).length).toBeGreaterThan(0);
  });
});
