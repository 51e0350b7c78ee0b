import { beforeAll, describe, expect, it } from 'vitest';
import { type AgentKey, createAgentKey } from '../../tenant-setup.ts';
import { expectReceipted, expectUnharmed, expectWire, type Ground, type Refusal } from './ground.ts';
import { callHeaders, post } from './modern-message.ts';

const legacyVersion = '2025-11-25';
const unknown: Refusal = { status: 404, code: 'session_unknown', rpc: -31_007 };

const legacyHeaders = (agent: AgentKey, session: string | undefined, version = legacyVersion) =>
  callHeaders(agent, {
    'Mcp-Method': undefined,
    'Mcp-Name': undefined,
    'MCP-Protocol-Version': version,
    'Mcp-Session-Id': session,
  });

const legacyCall = (name: string) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name, arguments: { text: 'legacy' } },
  });

/** Opens a legacy session and gives its handle. */
async function open(agent: AgentKey, version = legacyVersion): Promise<string> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: version, capabilities: {}, clientInfo: { name: 'bad-input', version: '1' } },
  });
  const reply = await post(agent.endpoint, legacyHeaders(agent, undefined, version), body);
  expect(reply.status, reply.text).toBe(200);
  return reply.headers['mcp-session-id'] ?? '';
}

/** The same text with one character of its middle changed. */
function altered(handle: string): string {
  const at = Math.floor(handle.length / 2);
  return handle.slice(0, at) + (handle[at] === 'A' ? 'B' : 'A') + handle.slice(at + 1);
}

/** Legacy sessions that are not the caller's. */
export function describeSessions(ground: () => Ground): void {
  describe('session handles', () => {
    let own: string;
    let handles: Readonly<Record<string, string>>;
    beforeAll(async () => {
      const { agent, other, owner } = ground();
      const colleague = await createAgentKey(owner, 'Colleague');
      own = await open(agent);
      handles = {
        'made up': 'x'.repeat(own.length),
        'altered in one character': altered(own),
        'cut short': own.slice(0, -1),
        'of 5 kB': 'A'.repeat(5_000),
        'that is no base64': '%%%%',
        "of another tenant's session": await open(other.agent),
        'of a session of another key of the same tenant': await open(colleague),
      };
    });

    it.each([
      'made up',
      'altered in one character',
      'cut short',
      'of 5 kB',
      'that is no base64',
      "of another tenant's session",
      'of a session of another key of the same tenant',
    ])('a handle %s: 404, and the owner of the real one notices nothing', async (name) => {
      const { agent } = ground();
      await expectReceipted(ground(), unknown, () =>
        post(agent.endpoint, legacyHeaders(agent, handles[name]), legacyCall('fixture__echo')),
      );
      const good = await post(agent.endpoint, legacyHeaders(agent, own), legacyCall('fixture__echo'));
      expect(good.status, good.text).toBe(200);
    });

    it('no handle: 400', async () => {
      const { agent } = ground();
      await expectReceipted(ground(), { ...unknown, status: 400 }, () =>
        post(agent.endpoint, legacyHeaders(agent, undefined), legacyCall('fixture__echo')),
      );
    });

    it('ends with its key', async () => {
      const { agent, owner } = ground();
      const leaver = await createAgentKey(owner, 'Leaver');
      const session = await open(leaver);
      const before = await post(leaver.endpoint, legacyHeaders(leaver, session), legacyCall('fixture__echo'));
      expect(before.status, before.text).toBe(200);
      await owner.run('revokeApiKey', { id: leaver.keyId });
      const after = await expectUnharmed(ground(), () =>
        post(leaver.endpoint, legacyHeaders(leaver, session), legacyCall('fixture__echo')),
      );
      expectWire(after, { status: 401, code: 'unauthenticated', rpc: -31_005 });
      const borrowed = await expectUnharmed(ground(), () =>
        post(agent.endpoint, legacyHeaders(agent, session), legacyCall('fixture__echo')),
      );
      expectWire(borrowed, unknown);
    });

    it('a batch of 33 is refused, and one of 2 with a bad member answers for both', async () => {
      const { agent, upstream } = ground();
      const version = '2025-03-26';
      const session = await open(agent, version);
      const headers = legacyHeaders(agent, session, version);
      const member = legacyCall('fixture__echo');
      await expectReceipted(ground(), { status: 400, code: 'malformed', rpc: -32_600 }, () =>
        post(agent.endpoint, headers, `[${Array.from({ length: 33 }, () => member).join(',')}]`),
      );
      const before = upstream.calls().length;
      const mixed = await post(
        agent.endpoint,
        headers,
        `[${member},${legacyCall('theirs__echo').replace('"id":1', '"id":2')}]`,
      );
      const answers = JSON.parse(mixed.text) as { id: number; error?: { data: { code: string } } }[];
      expect(answers.map(({ id, error }) => [id, error?.data.code]).sort()).toEqual([
        [1, undefined],
        [2, 'unknown_tool'],
      ]);
      expect(upstream.calls().length).toBe(before + 1);
    });
  });
}
