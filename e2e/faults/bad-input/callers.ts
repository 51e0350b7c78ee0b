import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type AgentKey, createAgentKey, liveEverywhere } from '../../tenant-setup.ts';
import { anonymousCounts, expectUnharmed, expectWire, type Ground } from './ground.ts';
import { callBody, callHeaders, post } from './modern-message.ts';

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** A key whose time has passed: nothing in the product moves a date back, so the fixture does. */
async function expiredKey(ground: Ground): Promise<AgentKey> {
  const made = await createAgentKey(ground.owner, 'Expired');
  await ground.db.query(
    `WITH changed AS (
       UPDATE api_key SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
        WHERE hash = $1 RETURNING tenant_id)
     INSERT INTO outbox (tenant_id, kind) SELECT tenant_id, 'config' FROM changed`,
    [hashOf(made.key)],
  );
  await eventually('the publisher took it', async () => {
    const { rows } = await ground.db.query("SELECT 1 FROM outbox WHERE kind = 'config' AND done_at IS NULL");
    return rows.length === 0;
  });
  await liveEverywhere(ground.owner);
  return made;
}

async function revokedKey(ground: Ground): Promise<AgentKey> {
  const made = await createAgentKey(ground.owner, 'Revoked');
  const result = await ground.owner.run<{ acked: number; total: number }>('revokeApiKey', { id: made.keyId });
  expect(result).toMatchObject({ acked: 2, total: 2 });
  return made;
}

interface Stranger {
  readonly endpoint: string;
  readonly authorization: string | undefined;
}

type Strangers = Readonly<Record<string, Stranger>>;

function strangersOf(ground: Ground, expired: AgentKey, revoked: AgentKey): Strangers {
  const { agent, other } = ground;
  const at = (path: string) => new URL(path, agent.endpoint).href;
  const good = `Bearer ${agent.key}`;
  const here = (authorization: string | undefined): Stranger => ({
    endpoint: agent.endpoint,
    authorization,
  });
  return {
    'no key': here(undefined),
    'another scheme': here(`Basic ${Buffer.from(`x:${agent.key}`).toString('base64')}`),
    'a scheme and nothing': here('Bearer '),
    'a key that never was': here(`Bearer sp_${'x'.repeat(43)}`),
    'the prefix of a key': here(`Bearer ${agent.key.slice(0, 9)}`),
    'a key and a little more': here(`${good}x`),
    'a key of 10 kB': here(`Bearer ${'x'.repeat(10_000)}`),
    'an expired key': here(`Bearer ${expired.key}`),
    'a revoked key': here(`Bearer ${revoked.key}`),
    "another tenant's key": here(`Bearer ${other.agent.key}`),
    "a good key at another tenant's door": { endpoint: other.agent.endpoint, authorization: good },
    'a tenant that does not exist': { endpoint: at('/nobody/main/key/mcp'), authorization: good },
    'an endpoint that does not exist': { endpoint: at('/demo/nothing/key/mcp'), authorization: good },
    'a tenant called __proto__': { endpoint: at('/__proto__/main/key/mcp'), authorization: good },
    'a tenant called constructor': { endpoint: at('/constructor/main/key/mcp'), authorization: good },
    'an endpoint called toString': { endpoint: at('/demo/toString/key/mcp'), authorization: good },
    'a tenant with a NUL': { endpoint: at('/demo%00/main/key/mcp'), authorization: good },
  };
}

/** Callers without a valid identity: one and the same answer, and a count. */
export function describeCallers(ground: () => Ground): void {
  describe('callers nobody knows', () => {
    let strangers: Strangers;
    beforeAll(async () => {
      const [expired, revoked] = [await expiredKey(ground()), await revokedKey(ground())];
      strangers = strangersOf(ground(), expired, revoked);
    });

    it('all get the same 401, whatever is wrong with them, and each is counted', async () => {
      const { db, agent } = ground();
      const before = (await anonymousCounts(db)).get('unauthenticated') ?? 0;
      const answers = new Set<string>();
      for (const { endpoint, authorization } of Object.values(strangers)) {
        const headers = callHeaders(agent, { Authorization: authorization });
        const reply = await expectUnharmed(ground(), () => post(endpoint, headers, callBody()));
        expectWire(reply, { status: 401, code: 'unauthenticated', rpc: -31_005 });
        expect(reply.headers['www-authenticate']).toBe('Bearer');
        const { date: _date, ...rest } = reply.headers;
        answers.add(JSON.stringify([rest, reply.text]));
      }
      expect([...answers]).toHaveLength(1);
      const total = before + Object.keys(strangers).length;
      await eventually(
        'all are counted',
        async () => ((await anonymousCounts(db)).get('unauthenticated') ?? 0) >= total,
      );
      expect((await anonymousCounts(db)).get('unauthenticated')).toBe(total);
      const { rows } = await db.query(
        "SELECT DISTINCT source_prefix, window_ms FROM anonymous_refusal WHERE code = 'unauthenticated'",
      );
      expect(rows).toEqual([{ source_prefix: '127.0.0.0/24', window_ms: 500 }]);
    });

    it('leave no receipt in any tenant', async () => {
      const { rows } = await ground().db.query(
        "SELECT count(*)::int AS n FROM receipt WHERE kind = 'call' AND code = 'unauthenticated'",
      );
      expect(rows).toEqual([{ n: 0 }]);
    });

    it('do not keep a known one out', async () => {
      const { agent, upstream } = ground();
      const before = upstream.calls().length;
      const reply = await post(agent.endpoint, callHeaders(agent), callBody());
      expect(reply.status, reply.text).toBe(200);
      expect(upstream.calls().length).toBe(before + 1);
    });
  });
}
