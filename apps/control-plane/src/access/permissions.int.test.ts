import { Reflector } from '@nestjs/core';
import { type MemberRole, rolePermissions, roles, type TenantId } from '@sallyport/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvers } from '../resolvers.ts';
import { startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';
import { type Requirement, requirementKey } from './requires.ts';

/** Every query and mutation, with what it asks for: read from the decorators, as the guard does. */
const reflector = new Reflector();
const operations = resolvers.flatMap((resolver) =>
  Object.getOwnPropertyNames(resolver.prototype).flatMap((name) => {
    const handler = (resolver.prototype as unknown as Record<string, () => unknown>)[name];
    const kind: unknown = handler && Reflect.getMetadata('graphql:resolver_type', handler);
    if (!handler || (kind !== 'Query' && kind !== 'Mutation')) return [];
    return [{ name, kind, requirement: reflector.get<Requirement | undefined>(requirementKey, handler) }];
  }),
);

/** One document per guarded operation that takes no id, so a refusal can only be the role's. */
const probes: Readonly<Record<string, { readonly needs: Requirement; readonly document: string }>> = {
  overview: { needs: 'calls.read', document: '{ overview { calls } }' },
  servers: { needs: 'catalog.read', document: '{ servers { nodes { id } } }' },
  registerServer: {
    needs: 'catalog.write',
    document: 'mutation { registerServer(input: { name: "x", url: "nonsense" }) { id } }',
  },
  createEndpoint: {
    needs: 'catalog.write',
    document:
      'mutation { createEndpoint(slug: "key", input: { name: "x", selection: ALL, naming: PREFIXED, toolSearch: false, items: [] }) { endpoint { id } } }',
  },
  policies: { needs: 'policies.read', document: '{ policies { id } }' },
  createPolicy: {
    needs: 'policies.write',
    document: 'mutation { createPolicy(input: { name: "x", text: "nonsense" }) { policy { id } } }',
  },
  agents: { needs: 'agents.read', document: '{ agents { nodes { id } } }' },
  createAgent: {
    needs: 'agents.write',
    document: 'mutation { createAgent(input: { name: "", roles: [] }) { id } }',
  },
  members: { needs: 'members.read', document: '{ members { id } }' },
  inviteMember: {
    needs: 'members.write',
    document: 'mutation { inviteMember(email: "nonsense", roles: [VIEWER]) { url } }',
  },
  usage: {
    needs: 'usage.read',
    document: '{ usage(from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { receiptCalls } }',
  },
  updateTenantSettings: {
    needs: 'settings.write',
    document: 'mutation { updateTenantSettings(input: { ratePerMinute: -1 }) { ratePerMinute } }',
  },
  detection: { needs: 'calls.read', document: '{ detection { rules { code } } }' },
  updateDetection: {
    needs: 'settings.write',
    document:
      'mutation { updateDetection(input: { byCode: [{ code: "nonsense" }] }) { publication { version } } }',
  },
  createDetectionRule: {
    needs: 'settings.write',
    document:
      'mutation { createDetectionRule(input: { code: "", title: "x", kind: KEYWORDS, value: "x", surfaces: [], severity: LOW }) { rule { id } } }',
  },
  giveVerdict: {
    needs: 'approvals.decide',
    document: 'mutation { giveVerdict(input: { callId: "x", findingIndex: 0, verdict: CONFIRMED }) { id } }',
  },
  decideApproval: {
    needs: 'approvals.decide',
    document: 'mutation { decideApproval(input: { approvalId: "x", tools: [], reason: "r" }) { id } }',
  },
  upstreamHealth: { needs: 'catalog.read', document: '{ upstreamHealth { state } }' },
  openConnections: { needs: 'agents.read', document: '{ openConnections { streamCount } }' },
  publish: { needs: 'publish', document: 'mutation { publish { version } }' },
  tenants: { needs: 'operator', document: '{ tenants { nodes { id } } }' },
  privateOrigins: { needs: 'operator', document: '{ privateOrigins { origin } }' },
};

describe('permissions', () => {
  let plane: TestControlPlane;
  let tenantId: TenantId;
  beforeAll(async () => {
    plane = await startTestControlPlane();
    tenantId = await plane.createTenant('roles');
  });
  afterAll(() => plane.close());

  it('are named by every query and mutation; one that forgets is refused for everybody', () => {
    expect(operations.length).toBeGreaterThan(50);
    for (const operation of operations) expect(operation.requirement, operation.name).toBeDefined();
  });

  it('let no mutation pass on the right to read', () => {
    const careless = operations.filter(
      ({ kind, requirement }) =>
        kind === 'Mutation' && (requirement === 'member' || requirement?.endsWith('.read')),
    );
    expect(careless).toEqual([]);
  });

  it.each(roles.map((role) => [role]))('hold for the role %s', async (role: MemberRole) => {
    const browser = await plane.signIn({ email: `${role}@roles.example`, tenantId, roles: [role] });
    for (const [name, { needs, document }] of Object.entries(probes)) {
      const { errors } = await plane.graphql(browser, document);
      const isRefused = errors.some((error) => error.extensions.code === 'forbidden');
      const held: readonly string[] = rolePermissions[role];
      expect([name, isRefused]).toEqual([name, !held.includes(needs)]);
    }
  });

  it('refuse a session without a tenant, and let an operator see tenants but not into them', async () => {
    const nobody = await plane.signIn({ email: 'nobody@x.example' });
    const operator = await plane.signIn({ email: 'root@x.example', isOperator: true });
    for (const [name, { needs, document }] of Object.entries(probes)) {
      const asNobody = await plane.graphql(nobody, document);
      expect([name, asNobody.errors[0]?.extensions.code]).toEqual([name, 'forbidden']);
      const asOperator = await plane.graphql(operator, document);
      expect([name, asOperator.errors[0]?.extensions.code]).toEqual([
        name,
        needs === 'operator' ? undefined : 'forbidden',
      ]);
    }
  });

  it('keep ownership with owners', async () => {
    const owner = await plane.signIn({ email: 'owner2@roles.example', tenantId });
    const admin = await plane.signIn({ email: 'admin2@roles.example', tenantId, roles: ['admin'] });
    const { data } = await plane.graphql(owner, '{ members { id roles user { email } } }');
    const idOf = (email: string): string =>
      data.members.find((member: { user: { email: string } }) => member.user.email === email).id;
    const set = 'mutation($id: ID!, $r: [Role!]!) { setMemberRoles(id: $id, roles: $r) { roles } }';
    const codes = async (id: string, r: string[]) =>
      (await plane.graphql(admin, set, { id, r })).errors[0]?.extensions.code;
    expect(await codes(idOf('owner2@roles.example'), ['VIEWER'])).toBe('forbidden');
    expect(await codes(idOf('admin2@roles.example'), ['OWNER'])).toBe('forbidden');
    expect(await codes(idOf('viewer@roles.example'), ['REVIEWER'])).toBeUndefined();
    const remove = 'mutation($id: ID!) { removeMember(id: $id) }';
    const first = await plane.graphql(owner, remove, { id: idOf('owner@roles.example') });
    expect(first.data.removeMember).toBe(true);
    const last = await plane.graphql(owner, remove, { id: idOf('owner2@roles.example') });
    expect(last.errors[0]?.extensions).toMatchObject({ code: 'conflict', details: { reason: 'last_owner' } });
  });

  it('end with the membership', async () => {
    const owner = await plane.signIn({ email: 'o3@roles.example', tenantId });
    const gone = await plane.signIn({ email: 'gone@roles.example', tenantId, roles: ['viewer'] });
    expect((await plane.graphql(gone, '{ policies { id } }')).errors).toEqual([]);
    const { data } = await plane.graphql(owner, '{ members { id user { email } } }');
    const { id } = data.members.find(
      (m: { user: { email: string } }) => m.user.email === 'gone@roles.example',
    );
    await plane.graphql(owner, 'mutation($id: ID!) { removeMember(id: $id) }', { id });
    expect((await plane.graphql(gone, '{ policies { id } }')).status).toBe(401);
  });
});
