import { keys, publishWorkerReport, type TenantReport } from '@sallyport/bus';
import { fromWireId, type TenantId } from '@sallyport/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishServer } from '../testing/catalog-steps.ts';
import { type Browser, startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';

interface Party {
  readonly tenantId: TenantId;
  readonly browser: Browser;
  readonly serverId: string;
  readonly keyId: string;
  readonly endpointId: string;
}

let plane: TestControlPlane;
let ana: Party;
let bob: Party;

async function settle(slug: string): Promise<Party> {
  const tenantId = await plane.createTenant(slug);
  const browser = await plane.signIn({ email: `o@${slug}.example`, tenantId });
  const serverId = await publishServer(plane, browser, tenantId, { name: slug, tools: { t: 'x' } });
  const agent = await plane.graphql(
    browser,
    `mutation { createAgent(input: { name: "agent of ${slug}", roles: [] }) { id } }`,
  );
  const made = await plane.graphql(
    browser,
    'mutation($a: ID!) { createApiKey(input: { agentId: $a, name: "k" }) { key { id } } }',
    { a: agent.data.createAgent.id },
  );
  const { data } = await plane.graphql(browser, '{ endpoints { id } }');
  return {
    tenantId,
    browser,
    serverId: fromWireId('server', serverId) ?? '',
    keyId: fromWireId('apiKey', made.data.createApiKey.key.id) ?? '',
    endpointId: fromWireId('endpoint', data.endpoints[0].id) ?? '',
  };
}

function reportOf(party: Party, breaker: 'closed' | 'open'): TenantReport {
  const now = Date.now();
  const connection = {
    endpointId: party.endpointId,
    keyId: party.keyId,
    client: 'claude-code/2.1',
    version: '2026-07-28',
  };
  return {
    upstreams: [
      {
        serverId: party.serverId,
        era: 'modern',
        version: '2026-07-28',
        transport: 'http',
        breaker,
        inFlight: 2,
        lastOkAt: now - 5_000,
        lastFailAt: breaker === 'open' ? now : null,
        lastError: breaker === 'open' ? 'timeout' : null,
        p50Ms: 12,
        calls: 10,
        errors: breaker === 'open' ? 4 : 0,
      },
    ],
    streams: [{ ...connection, id: 'st1', kind: 'listen', openedAt: now - 1_000 }],
    streamCount: 1,
    sessions: [{ ...connection, id: 'se1', startedAt: now - 9_000, lastSeenAt: now - 10 }],
    sessionCount: 1,
  };
}

async function say(workerId: string, reports: ReadonlyMap<string, TenantReport>): Promise<void> {
  await plane.redisClient.sadd(keys.workers, workerId);
  await publishWorkerReport(plane.redisClient, { workerId, atMs: Date.now(), tenants: reports });
}

beforeAll(async () => {
  plane = await startTestControlPlane();
  ana = await settle('ana');
  bob = await settle('bob');
});
afterAll(() => plane.close());

const health =
  '{ upstreamHealth { server { name } state breaker inFlight calls errors lastError protocolVersion workers { id state } endpoints { name } } }';
const connections =
  '{ openConnections { streamCount sessionCount workers streams { kind client agent { name } endpoint { name } keyPrefix worker } sessions { client agent { name } } } }';

describe('what the workers see', () => {
  it('is unknown before any of them has spoken', async () => {
    const { data } = await plane.graphql(ana.browser, health);
    expect(data.upstreamHealth).toMatchObject([{ server: { name: 'ana' }, state: 'UNKNOWN', workers: [] }]);
    const open = await plane.graphql(ana.browser, connections);
    expect(open.data.openConnections).toMatchObject({ streamCount: 0, streams: [], workers: 0 });
  });

  it('is merged over workers', async () => {
    await say('w0', new Map([[ana.tenantId, reportOf(ana, 'open')]]));
    await say('w1', new Map([[ana.tenantId, reportOf(ana, 'closed')]]));
    const { data } = await plane.graphql(ana.browser, health);
    expect(data.upstreamHealth).toMatchObject([
      {
        server: { name: 'ana' },
        state: 'DEGRADED',
        breaker: 'OPEN',
        inFlight: 4,
        calls: 20,
        errors: 4,
        lastError: 'timeout',
        protocolVersion: '2026-07-28',
        workers: [
          { id: 'w0', state: 'DOWN' },
          { id: 'w1', state: 'UP' },
        ],
      },
    ]);
    const open = await plane.graphql(ana.browser, connections);
    expect(open.data.openConnections).toMatchObject({ streamCount: 2, sessionCount: 2, workers: 2 });
    expect(open.data.openConnections.streams[0]).toMatchObject({
      kind: 'LISTEN',
      client: 'claude-code/2.1',
      agent: { name: 'agent of ana' },
      keyPrefix: expect.stringMatching(/^sp_/),
    });
  });

  it('is nothing of another tenant, not even names behind ids that a worker mixed up', async () => {
    const mixed = { ...reportOf(bob, 'closed'), streams: reportOf(ana, 'closed').streams };
    await say('w0', new Map([[bob.tenantId, mixed]]));
    await say('w1', new Map([[ana.tenantId, reportOf(ana, 'open')]]));
    const seen = await plane.graphql(bob.browser, health);
    expect(JSON.stringify(seen.data)).not.toContain('ana');
    expect(seen.data.upstreamHealth).toMatchObject([{ server: { name: 'bob' }, state: 'UP' }]);
    const open = await plane.graphql(bob.browser, connections);
    expect(JSON.stringify(open.data)).not.toContain('ana');
    expect(open.data.openConnections.streams).toMatchObject([
      { agent: null, endpoint: null, keyPrefix: null },
    ]);
  });
});
