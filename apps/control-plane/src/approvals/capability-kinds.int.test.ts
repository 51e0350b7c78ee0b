import { createHash, randomUUID } from 'node:crypto';
import type { TenantId } from '@sallyport/kernel';
import { canonicalDefinition } from '@sallyport/mcp';
import { parseSnapshot } from '@sallyport/snapshot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishRun, type OtherCapability, openItems, publishServer } from '../testing/catalog-steps.ts';
import { type Browser, startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';
import { TakeInObservation } from './take-in-observation.ts';

const prompt = (description: string): OtherCapability => ({
  kind: 'prompt',
  name: 'plan',
  definition: { name: 'plan', description },
});
const others: readonly OtherCapability[] = [
  prompt('Plans a day'),
  { kind: 'resource', name: 'wiki://about', definition: { uri: 'wiki://about', name: 'About' } },
  { kind: 'template', name: 'wiki://{id}', definition: { uriTemplate: 'wiki://{id}', name: 'Page' } },
  { kind: 'instructions', name: 'instructions', definition: { instructions: 'Be kind.' } },
];

describe('capabilities of every kind', () => {
  let plane: TestControlPlane;
  let tenantId: TenantId;
  let owner: Browser;
  beforeAll(async () => {
    plane = await startTestControlPlane();
    tenantId = await plane.createTenant('kinds');
    owner = await plane.signIn({ email: 'owner@kinds.example', tenantId });
  });
  afterAll(() => plane.close());

  const newest = async () => {
    const [row] = await plane.database.admin<{ envelope: string }>(
      'SELECT envelope FROM snapshot_version WHERE tenant_id = $1 ORDER BY version DESC LIMIT 1',
      [tenantId],
    );
    const parsed = parseSnapshot(JSON.parse(row?.envelope ?? '{}').body);
    if (parsed.kind === 'invalid') throw new Error(parsed.detail);
    return parsed.snapshot;
  };
  const stateOf = async (kind: string) => {
    const rows = await plane.database.admin<{ id: string; state: string }>(
      'SELECT id, state FROM tool WHERE tenant_id = $1 AND kind = $2::tool_kind',
      [tenantId, kind],
    );
    return rows[0] ?? { id: '', state: 'none' };
  };
  let serverId: string;

  it('are approved with their digests in one decision, and all get into the snapshot', async () => {
    serverId = await publishServer(plane, owner, tenantId, {
      name: 'wiki',
      tools: { plan: 'Plans' },
      others,
    });
    const snapshot = await newest();
    expect(snapshot.tools.map(({ kind, name, exposedName }) => [kind, name, exposedName]).sort()).toEqual([
      ['instructions', 'instructions', 'wiki__instructions'],
      ['prompt', 'plan', 'wiki__plan'],
      ['resource', 'wiki://about', expect.stringMatching(/^wiki__wiki___about_[0-9a-f]{10}$/)],
      ['template', 'wiki://{id}', expect.stringMatching(/^wiki__wiki____id__[0-9a-f]{10}$/)],
      ['tool', 'plan', 'wiki__plan'],
    ]);
    expect(snapshot.servers[0]?.capabilities).toEqual({ tools: {}, logging: {} });
  });

  it('are told apart in the API, and one can ask for some kinds only', async () => {
    const { data, errors } = await plane.graphql(
      owner,
      `query($id: ID!) { server(id: $id) { toolCount tools { kind name }
         readings: tools(kinds: [RESOURCE, TEMPLATE]) { kind } latestReport { tools { kind name } } } }`,
      { id: serverId },
    );
    expect(errors).toEqual([]);
    expect(data.server.toolCount).toBe(1);
    expect(data.server.tools).toHaveLength(5);
    expect(data.server.readings.map((tool: { kind: string }) => tool.kind)).toEqual(['RESOURCE', 'TEMPLATE']);
    expect(data.server.latestReport.tools).toContainEqual({ kind: 'PROMPT', name: 'plan' });
  });

  it('drift on what a worker sees, each on its own, and come back', async () => {
    const { id: toolId } = await stateOf('prompt');
    const changed = canonicalDefinition({ name: 'plan', description: 'Something else' });
    const observedDigest = createHash('sha256').update(changed).digest('hex');
    const observe = (digest: string, definition: string) =>
      new TakeInObservation(plane.services.changes).execute(tenantId, {
        toolId,
        observedDigest: digest,
        definition,
      });
    await observe(observedDigest, changed);
    expect((await stateOf('prompt')).state).toBe('drifted');
    expect((await stateOf('tool')).state).toBe('approved');
    const [item] = await openItems(plane, owner);
    expect(item).toMatchObject({ kind: 'TOOL', tools: [{ change: { fields: [{ path: 'description' }] } }] });
    const honest = canonicalDefinition(prompt('Plans a day').definition);
    await observe(createHash('sha256').update(honest).digest('hex'), honest);
    expect((await stateOf('prompt')).state).toBe('approved');
  });

  it('are re-checked by kind and name: what changed drifts, what is new waits, the rest stays', async () => {
    await plane.graphql(owner, 'mutation($id: ID!) { recheckServer(serverId: $id) { id } }', {
      id: serverId,
    });
    const now: readonly OtherCapability[] = [
      prompt('Plans a night'),
      ...others.slice(1),
      { kind: 'resource', name: 'wiki://new', definition: { uri: 'wiki://new', name: 'New' } },
    ];
    await finishRun(plane, tenantId, { plan: 'Plans' }, now);
    expect((await stateOf('prompt')).state).toBe('drifted');
    for (const kind of ['tool', 'template', 'instructions'])
      expect((await stateOf(kind)).state).toBe('approved');
    const open = await openItems(plane, owner);
    expect(open.flatMap((item) => item.tools.map(({ tool }) => [tool.name, tool.state])).sort()).toEqual([
      ['plan', 'DRIFTED'],
      ['wiki://new', 'PROPOSED'],
    ]);
  });

  it('are chosen, renamed and hidden by an endpoint, and what it says is published', async () => {
    const [main] = await plane.database.admin<{ id: string }>(
      'SELECT id FROM endpoint WHERE tenant_id = $1',
      [tenantId],
    );
    const { id: toolId } = await stateOf('tool');
    await plane.database.admin(
      `INSERT INTO endpoint_item (tenant_id, id, endpoint_id, tool_id, name) VALUES ($1, $2, $3, $4, 'make_plan')`,
      [tenantId, randomUUID(), main?.id, toolId],
    );
    await plane.graphql(owner, 'mutation { publish { version } }');
    const snapshot = await newest();
    expect(snapshot.endpoints[0]).toMatchObject({
      selection: 'all',
      items: [{ toolId, name: 'make_plan', description: null, hidden: false }],
    });
  });
});
