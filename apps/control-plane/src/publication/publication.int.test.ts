import { writeAck } from '@sallyport/bus';
import type { TenantId } from '@sallyport/kernel';
import { verifyInstallation, verifyRevocation } from '@sallyport/snapshot';
import { createVerifier } from '@sallyport/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';

const installation = '00000000-0000-0000-0000-000000000000';

async function until<T>(what: () => Promise<T | undefined>, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await what();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('publication', () => {
  let plane: TestControlPlane;
  let tenantId: TenantId;
  let owner: Browser;
  let operator: Browser;
  beforeAll(async () => {
    plane = await startTestControlPlane({ withLoops: true });
    tenantId = await plane.createTenant('pub');
    owner = await plane.signIn({ email: 'o@pub.example', tenantId });
    operator = await plane.signIn({ email: 'op@pub.example', isOperator: true });
  });
  afterAll(() => plane.close());

  const envelope = async (id: string): Promise<string | undefined> =>
    (await plane.redisClient.get(`sp:{cfg}:env:${id}`)) ?? undefined;
  const ack = (workerId: string, v: number, rev: number, refused?: { reason: string; offered: number }) =>
    writeAck(plane.redisClient, {
      workerId,
      bootId: 'b',
      port: 1,
      isReady: true,
      atMs: Date.now(),
      tenants: new Map([
        [
          tenantId,
          refused ? { state: 'refused', v, rev, at: Date.now(), ...refused } : { state: 'live', v, rev },
        ],
      ]),
    });

  it('happens by itself after a change was committed', async () => {
    const text = await until(() => envelope(tenantId));
    expect(JSON.parse(text)).toMatchObject({ tenantId, version: 1, kind: 'config', kid: 'test' });
  });

  it('counts the workers that run it and names refusals', async () => {
    const query = '{ publication { version workersLive workersTotal refusals { worker reason version } } }';
    await ack('w1', 1, 0);
    await ack('w2', 0, 0);
    const half = (await plane.graphql(owner, query)).data.publication;
    expect(half).toMatchObject({ workersLive: 1, workersTotal: 2, refusals: [] });
    await ack('w2', 1, 0, { reason: 'bad_signature', offered: 99 });
    const refused = (await plane.graphql(owner, query)).data.publication;
    expect(refused).toMatchObject({
      workersLive: 2,
      workersTotal: 2,
      refusals: [{ worker: 'w2', reason: 'bad_signature', version: 99 }],
    });
    await ack('w2', 1, 0);
    expect((await plane.graphql(owner, query)).data.publication.refusals).toHaveLength(1);
  });

  it('answers a revocation only with what workers confirmed', async () => {
    const agent = await plane.graphql(
      owner,
      'mutation { createAgent(input: { name: "R", roles: [] }) { id } }',
    );
    const made = await plane.graphql(
      owner,
      'mutation($a: ID!) { createApiKey(input: { agentId: $a, name: "k" }) { key { id } } }',
      { a: agent.data.createAgent.id },
    );
    await ack('w1', 9, 0);
    await ack('w2', 9, 0);
    const revoke = 'mutation($id: ID!) { revokeApiKey(id: $id) { revSeq acked total blind } }';
    const { id } = made.data.createApiKey.key;
    const pending = plane.graphql(owner, revoke, { id });
    await until(async () => ((await plane.redisClient.xlen('sp:{cfg}:rev:log')) > 0 ? true : undefined));
    await ack('w1', 9, 1);
    expect((await pending).data.revokeApiKey).toEqual({ revSeq: 1, acked: 1, total: 2, blind: ['w2'] });
    await ack('w2', 9, 1);
    const again = await plane.graphql(owner, revoke, { id });
    expect(again.data.revokeApiKey).toEqual({ revSeq: 1, acked: 2, total: 2, blind: [] });
    const list = JSON.parse((await plane.redisClient.hget('sp:{cfg}:rev:active', tenantId)) ?? '[]');
    const verify = createVerifier({ test: plane.keys.signing.publicKey });
    expect(verifyRevocation({ text: list[0], verify })).toMatchObject({
      kind: 'ok',
      revocation: { seq: 1, kind: 'key' },
    });
  });

  it('puts everything back after Redis lost it all', async () => {
    const before = await until(() => envelope(tenantId));
    await plane.redisClient.flushall();
    expect(await until(() => envelope(tenantId))).toBe(
      (
        await plane.database.admin<{ envelope: string }>(
          `SELECT envelope FROM snapshot_version WHERE tenant_id = '${tenantId}' ORDER BY version DESC LIMIT 1`,
        )
      )[0]?.envelope ?? before,
    );
    const list = await until(
      async () => (await plane.redisClient.hget('sp:{cfg}:rev:active', tenantId)) ?? undefined,
    );
    expect(JSON.parse(list)).toHaveLength(1);
  });

  it('overwrites an envelope that somebody else wrote under our version', async () => {
    const good = await until(() => envelope(tenantId));
    await plane.redisClient.set(`sp:{cfg}:env:${tenantId}`, good.replace('"sig":"', '"sig":"AAAA'));
    await until(async () => ((await envelope(tenantId)) === good ? true : undefined), 20_000);
  });

  it('gives workers the operator’s list of private origins, signed', async () => {
    const allow = 'mutation($o: String!) { allowPrivateOrigin(origin: $o) { origin source } }';
    const done = await plane.graphql(operator, allow, { o: 'http://127.0.0.1:9999/mcp' });
    expect(done.data.allowPrivateOrigin).toEqual([{ origin: '127.0.0.1:9999', source: 'operator' }]);
    const ours = await plane.graphql(operator, allow, { o: '127.0.0.1:5432' });
    expect(ours.errors[0]?.extensions.code).toBe('egress_denied');
    const text = await until(async () => {
      const now = await envelope(installation);
      return now?.includes('127.0.0.1:9999') ? now : undefined;
    });
    const verify = createVerifier({ test: plane.keys.signing.publicKey });
    expect(verifyInstallation({ text, verify, highWater: 0 })).toMatchObject({ kind: 'config' });
  });

  it('suspends a tenant at once and lets it come back', async () => {
    const created = await plane.graphql(
      operator,
      'mutation { createTenant(slug: "temp", name: "Temp") { tenant { id } ownerLink } }',
    );
    expect(created.data.createTenant.ownerLink).toMatch(/^http:\/\/127\.0\.0\.1:4400\/link#token=/);
    const set =
      'mutation($id: ID!, $s: ActiveState!) { setTenantState(id: $id, state: $s, reason: "unpaid") { revSeq } }';
    const { id } = created.data.createTenant.tenant;
    expect((await plane.graphql(operator, set, { id, s: 'SUSPENDED' })).data.setTenantState.revSeq).toBe(1);
    expect((await plane.graphql(operator, set, { id, s: 'SUSPENDED' })).errors[0]?.extensions.code).toBe(
      'illegal_transition',
    );
    expect((await plane.graphql(operator, set, { id, s: 'ACTIVE' })).data.setTenantState.revSeq).toBe(2);
    const marks = await plane.database.admin<{ kind: string }>(
      "SELECT kind FROM revocation r JOIN tenant t ON t.id = r.tenant_id WHERE t.slug = 'temp' ORDER BY seq",
    );
    expect(marks.map((mark) => mark.kind)).toEqual(['tenant', 'restore']);
  });

  it('refuses a policy that is no Cedar, at its place', async () => {
    const check = await plane.graphql(
      owner,
      'query($t: String!) { checkPolicy(text: $t) { ok problems { startLine message } } }',
      { t: 'permit(principal, action, resource)\nwhen { context.args.amount > };' },
    );
    expect(check.data.checkPolicy).toMatchObject({ ok: false, problems: [{ startLine: 2 }] });
    const save = 'mutation { createPolicy(input: { name: "Broken", text: "permit(" }) { policy { id } } }';
    expect((await plane.graphql(owner, save)).errors[0]?.extensions.code).toBe('policy_invalid');
  });

  it('lets two editors of a policy not overwrite each other', async () => {
    const made = await plane.graphql(
      owner,
      'mutation { createPolicy(input: { name: "Mine", text: "forbid(principal, action, resource);", enabled: false }) { policy { id version } publication { version } } }',
    );
    const update = `mutation($id: ID!, $v: Int!) { updatePolicy(id: $id, version: $v, input: { name: "Mine",
      text: "forbid(principal, action, resource);", enabled: false }) { policy { version } } }`;
    const { id, version } = made.data.createPolicy.policy;
    expect((await plane.graphql(owner, update, { id, v: version })).data.updatePolicy.policy.version).toBe(2);
    const late = await plane.graphql(owner, update, { id, v: version });
    expect(late.errors[0]?.extensions).toMatchObject({ code: 'conflict', details: { seen: 1, now: 2 } });
  });

  it('tells the streams of this tenant, and of no other, what to load again', async () => {
    const seen: string[] = [];
    const other = await plane.createTenant('other');
    for (const [name, id] of [
      ['mine', tenantId],
      ['other', other],
    ] as const) {
      plane.services.hub.add({
        sessionId: name,
        tenantId: id,
        send: (e) => seen.push(`${name} ${e.type}`),
        close: () => {},
      });
    }
    await plane.graphql(owner, 'mutation { createAgent(input: { name: "Live", roles: [] }) { id } }');
    await until(async () => (seen.includes('mine publication') ? true : undefined));
    expect(seen.filter((line) => line.startsWith('mine'))).toContain('mine agent');
    expect(seen.filter((line) => line === 'other agent')).toEqual([]);
  });
});
