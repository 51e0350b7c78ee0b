import type { TenantId } from '@sallyport/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishRun, openItems, publishServer } from '../testing/catalog-steps.ts';
import { callFrames, slice, spool } from '../testing/frames.ts';
import { type Browser, startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';

const usageQuery = `query($from: DateTime!, $to: DateTime!, $by: UsageGroup!) { usage(from: $from, to: $to, groupBy: $by) {
  receiptCalls totals { calls denied errors bytesIn bytesOut } rows { toolName calls agent { name } } } }`;
const range = () => ({
  from: new Date(Date.now() - 3_600_000),
  to: new Date(Date.now() + 60_000),
  by: 'TOOL',
});

describe('ingest', () => {
  let plane: TestControlPlane;
  let tenantId: TenantId;
  let owner: Browser;
  beforeAll(async () => {
    plane = await startTestControlPlane();
    tenantId = await plane.createTenant('ingest');
    owner = await plane.signIn({ email: 'o@ingest.example', tenantId });
  });
  afterAll(() => plane.close());

  const count = async (table: string, where = 'true') => {
    const rows = await plane.database.admin<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`,
    );
    return rows[0]?.n;
  };

  it('stores a batch once however often it comes, and usage equals receipts', async () => {
    const calls = Array.from({ length: 20 }, (_, i) =>
      callFrames(
        tenantId,
        i % 4 === 0 ? { outcome: 'denied', code: 'denied', stage: 'authorize', billable: false } : {},
      ),
    );
    const list = callFrames(tenantId, { method: 'tools/list' });
    const frames = [...calls.flatMap(({ intent, outcome }) => [intent, outcome]), list.outcome];
    const batch = spool('spool-a', frames);
    const first = await plane.ingest(slice(batch, 1, 25));
    expect(first).toEqual({ status: 200, body: { committedSeq: 25 } });
    const overlap = await Promise.all([
      plane.ingest(slice(batch, 10, 41)),
      plane.ingest(slice(batch, 20, 41)),
    ]);
    expect(overlap.map((reply) => reply.body.committedSeq)).toEqual([41, 41]);
    await plane.ingest(batch);
    expect(await count('receipt', "phase = 'outcome'")).toBe(21);
    expect(await count('receipt', "phase = 'intent'")).toBe(20);
    const { data } = await plane.graphql(owner, usageQuery, range());
    expect(data.usage.totals).toEqual({ calls: 20, denied: 5, errors: 0, bytesIn: 2400, bytesOut: 800 });
    expect(data.usage.receiptCalls).toBe(20);
  });

  it('tells a worker where to go on when frames are missing', async () => {
    const frames = Array.from({ length: 6 }, () => callFrames(tenantId).outcome);
    const batch = spool('spool-b', frames);
    expect((await plane.ingest(slice(batch, 1, 2))).body.committedSeq).toBe(2);
    expect((await plane.ingest(slice(batch, 5, 6))).body.committedSeq).toBe(2);
    expect(await count('receipt', "spool_id = 'spool-b'")).toBe(2);
    expect((await plane.ingest(slice(batch, 3, 6))).body.committedSeq).toBe(6);
  });

  it('survives what Postgres cannot store, and refuses what is no batch', async () => {
    const odd = callFrames(tenantId, { client: 'nul\u0000 and \ud800 lone', toolName: 'x\u0000y' });
    expect((await plane.ingest(spool('spool-c', [odd.outcome]))).status).toBe(200);
    for (const body of [
      {},
      { workerId: 'w', spoolId: 's', frames: [{ seq: 1 }] },
      { workerId: 'w', spoolId: 's', frames: 3 },
    ]) {
      expect((await plane.ingest(body)).status).toBe(400);
    }
  });

  it('keeps anonymous refusals apart from tenants', async () => {
    const frame = {
      kind: 'anonymous',
      at: Date.now(),
      windowMs: 1000,
      code: 'unauthenticated',
      sourcePrefix: '127.0.0.0/24',
      count: 7,
    } as const;
    const batch = spool('spool-d', [frame]);
    await plane.ingest(batch);
    await plane.ingest(batch);
    expect(await count('anonymous_refusal')).toBe(1);
    const asOwner = await plane.graphql(owner, '{ overview { anonymousRefusals } }');
    expect(asOwner.data.overview.anonymousRefusals).toBe(0);
    const operator = await plane.signIn({ email: 'op@x.example', tenantId, isOperator: true });
    const asOperator = await plane.graphql(operator, '{ overview { anonymousRefusals } }');
    expect(asOperator.data.overview.anonymousRefusals).toBe(7);
  });

  it('shows a call with its stages, names and figures, and pages through many', async () => {
    const agent = await plane.graphql(
      owner,
      'mutation { createAgent(input: { name: "Bot", roles: [] }) { id } }',
    );
    const rows = await plane.database.admin<{ id: string }>("SELECT id FROM agent WHERE name = 'Bot'");
    const agentId = rows[0]?.id ?? '';
    const base = Date.now() - 10_000;
    const frames = Array.from({ length: 7 }, (_, i) =>
      callFrames(tenantId, { agentId, at: base + i, stage: 'dispatch', outcome: 'error', code: 'timeout' }),
    );
    await plane.ingest(
      spool(
        'spool-e',
        frames.map(({ outcome }) => outcome),
      ),
    );
    const query = `query($f: CallFilter, $a: String) { calls(filter: $f, first: 3, after: $a) {
      nodes { id outcome code agent { name } stages { name ran stopped durationUs } addedMs upstreamMs totalMs }
      pageInfo { hasNextPage endCursor } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await plane.graphql(owner, query, { f: { agentId: agent.data.createAgent.id }, a: after });
      const { nodes, pageInfo } = page.data.calls;
      seen.push(...nodes.map((node: { id: string }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      expect(nodes[0]).toMatchObject({
        outcome: 'ERROR',
        code: 'timeout',
        agent: { name: 'Bot' },
        upstreamMs: 0.1,
      });
      expect(nodes[0].stages[11]).toMatchObject({
        name: 'dispatch',
        ran: true,
        stopped: true,
        durationUs: 10,
      });
    } while (after);
    expect(new Set(seen).size).toBe(7);
    const one = await plane.graphql(owner, 'query($id: ID!) { call(id: $id) { id bodies { arguments } } }', {
      id: seen[0],
    });
    expect(one.data.call).toEqual({ id: seen[0], bodies: null });
  });

  it('shows a call that is still going on', async () => {
    await plane.ingest(spool('spool-f', [callFrames(tenantId, { toolName: 'slow' }).intent]));
    const query = '{ calls(filter: { outcome: [RUNNING] }) { nodes { outcome toolName } } }';
    const { data } = await plane.graphql(owner, query);
    expect(data.calls.nodes).toEqual([{ outcome: 'RUNNING', toolName: 'slow' }]);
  });

  it('turns an observation of a worker into drift, and takes it back', async () => {
    await publishServer(plane, owner, tenantId, { name: 'seen', tools: { t: 'Approved' } });
    const rows = await plane.database.admin<{
      id: string;
      server_id: string;
      definition: string;
      digest: string;
    }>(
      "SELECT id, server_id, definition, definition_digest AS digest FROM tool WHERE exposed_name = 'seen__t'",
    );
    const tool = rows[0];
    if (!tool) throw new Error('no tool');
    const observe = async (id: string, observedDigest: string | null, definition: string | null) => {
      const frame = {
        kind: 'observation',
        at: Date.now(),
        tenantId,
        serverId: tool.server_id,
        toolId: tool.id,
      } as const;
      await plane.ingest(spool(id, [{ ...frame, observedDigest, definition }]));
      await plane.services.publisher.drain();
      const [now] = await plane.database.admin<{ state: string }>(
        `SELECT state FROM tool WHERE id = '${tool.id}'`,
      );
      const open = await openItems(plane, owner);
      return [now?.state, open.filter((item) => item.kind === 'TOOL').length];
    };
    expect(await observe('obs-1', 'c'.repeat(64), '{"name":"t","description":"Evil"}')).toEqual([
      'drifted',
      1,
    ]);
    // No vetting has seen this definition yet: the inbox says what the detector makes of it.
    const { data } = await plane.graphql(
      owner,
      '{ inbox(state: OPEN) { nodes { kind tools { findings { code tier } } } } }',
    );
    const item = data.inbox.nodes.find((node: { kind: string }) => node.kind === 'TOOL');
    expect(item.tools[0].findings).toContainEqual({ code: 'definition_changed', tier: 'RULE' });
    expect(await observe('obs-2', 'c'.repeat(64), '{"name":"t","description":"Evil"}')).toEqual([
      'drifted',
      1,
    ]);
    expect(await observe('obs-3', null, null)).toEqual(['drifted', 1]);
    expect(await observe('obs-4', tool.digest, tool.definition)).toEqual(['approved', 0]);
    expect(await count('receipt', "kind = 'observation'")).toBe(4);
  });

  it('adds up policy hits and the last use of a key', async () => {
    const policies = await plane.database.admin<{ id: string }>(
      `SELECT id FROM policy WHERE tenant_id = '${tenantId}'`,
    );
    const policyId = policies[0]?.id ?? '';
    const made = await plane.graphql(
      owner,
      `mutation { createAgent(input: { name: "Keyed", roles: [] }) { id } }`,
    );
    const agentId = made.data.createAgent.id;
    const key = await plane.graphql(
      owner,
      'mutation($a: ID!) { createApiKey(input: { agentId: $a, name: "k" }) { secret key { id prefix } endpointUrl } }',
      { a: agentId },
    );
    expect(key.data.createApiKey.secret).toMatch(/^sp_[A-Za-z0-9_-]{43}$/);
    expect(key.data.createApiKey.endpointUrl).toBe('http://127.0.0.1:4411/ingest/main/key/mcp');
    const rows = await plane.database.admin<{ id: string }>('SELECT id FROM api_key');
    const frames = [1, 2, 3].map(
      () => callFrames(tenantId, { keyId: rows[0]?.id ?? null, policyIds: [policyId] }).outcome,
    );
    await plane.ingest(spool('spool-g', frames));
    const { data } = await plane.graphql(
      owner,
      'query($a: ID!) { policies { hits7d } agent(id: $a) { lastCallAt keys { prefix lastUsedAt } } }',
      { a: agentId },
    );
    expect(data.policies[0].hits7d).toBe(3);
    expect(data.agent.lastCallAt).not.toBeNull();
    expect(data.agent.keys[0].lastUsedAt).toBe(data.agent.lastCallAt);
  });

  it('finishes a run that was never announced', async () => {
    const input = { i: { name: 'quiet', url: 'https://quiet.example.com' } };
    await plane.graphql(
      owner,
      'mutation($i: RegisterServerInput!) { registerServer(input: $i) { id } }',
      input,
    );
    await finishRun(plane, tenantId, { t: 'x' });
    await plane.database.admin("UPDATE vet_run SET consumed_at = NULL WHERE state = 'finished'");
    await plane.services.consumeVetRuns.execute();
    expect(await count('vet_run', "state = 'finished' AND consumed_at IS NULL")).toBe(0);
  });
});
