import { type IdKind, idPrefixes, type TenantId, toWireId } from '@sallyport/kernel';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSdl } from '../print-schema.ts';
import { publishServer } from '../testing/catalog-steps.ts';
import { callFrames, spool } from '../testing/frames.ts';
import { type Browser, startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';

/** Which kind of id an argument or input field takes, by its name and the field it belongs to. */
const kindByName: Readonly<Record<string, IdKind>> = {
  serverId: 'server',
  approvalId: 'approval',
  toolId: 'tool',
  agentId: 'agent',
  keyId: 'apiKey',
  endpointId: 'endpoint',
  customerId: 'customer',
  tenantId: 'tenant',
  callId: 'call',
  toolIds: 'tool',
};
const kindByField: Readonly<Record<string, IdKind>> = {
  call: 'call',
  server: 'server',
  vetRun: 'vetRun',
  vetReport: 'report',
  approval: 'approval',
  policy: 'policy',
  endpoint: 'endpoint',
  updateEndpoint: 'endpoint',
  deleteEndpoint: 'endpoint',
  agent: 'agent',
  updatePolicy: 'policy',
  deletePolicy: 'policy',
  updateAgent: 'agent',
  setAgentState: 'agent',
  revokeApiKey: 'apiKey',
  setCustomerState: 'customer',
  revokeInvitation: 'invitation',
  setMemberRoles: 'member',
  removeMember: 'member',
  setTenantState: 'tenant',
  updateDetectionRule: 'detectionRule',
  deleteDetectionRule: 'detectionRule',
};

interface Case {
  readonly operation: 'query' | 'mutation';
  readonly field: string;
  /** Where the foreign id goes: `id`, `input.agentId`, `input.tools.0.toolId`, … */
  readonly path: string;
  readonly kind: IdKind;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly document: string;
}

const sample: Readonly<Record<string, unknown>> = {
  String: 'text',
  Int: 1,
  Float: 1,
  Boolean: true,
  JSON: {},
  DateTime: '2026-01-01T00:00:00Z',
};
const textByName: Readonly<Record<string, string>> = {
  url: 'https://x.example.com',
  email: 'x@x.example',
  text: 'permit(principal, action, resource);',
  digest: 'a'.repeat(64),
  pointer: '/path',
};
/** Where one name means different things. */
const textByPlace: Readonly<Record<string, string>> = {
  'updateDetectionRule input.code': 'custom_att',
  'updateToolDetection input.byCode.0.code': 'zero_width',
};

type IdPlace = { readonly path: string; readonly kind: IdKind };

/** A valid value for an input type; every id in it is noted with its place. */
function sampleFor(
  type: GraphQLInputType,
  name: string,
  path: string,
  field: string,
  ids: IdPlace[],
): unknown {
  if (isNonNullType(type)) return sampleFor(type.ofType, name, path, field, ids);
  if (isListType(type)) return [sampleFor(type.ofType, name, `${path}.0`, field, ids)];
  if (isInputObjectType(type)) {
    const entries = Object.values(type.getFields()).map((sub) => [
      sub.name,
      sampleFor(sub.type, sub.name, `${path}.${sub.name}`, field, ids),
    ]);
    return Object.fromEntries(entries);
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (type.name === 'ID') {
    const kind = name === 'id' ? kindByField[field] : kindByName[name];
    if (!kind) throw new Error(`the test does not know what id ${field}(${path}) takes: add it`);
    ids.push({ path, kind });
    return '';
  }
  const text = textByPlace[`${field} ${path}`] ?? textByName[name] ?? 'text';
  return type.name === 'String' ? text : sample[type.name];
}

function selection(type: GraphQLNamedType): string {
  return isLeafType(type) ? '' : '{ __typename }';
}

function casesOf(operation: Case['operation'], field: GraphQLField<unknown, unknown>): readonly Case[] {
  const ids: IdPlace[] = [];
  const variables = Object.fromEntries(
    field.args.map((arg: GraphQLArgument) => [
      arg.name,
      sampleFor(arg.type, arg.name, arg.name, field.name, ids),
    ]),
  );
  const declared = field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const document = `${operation}(${declared}) { ${field.name}(${passed}) ${selection(getNamedType(field.type))} }`;
  return ids.map(({ path, kind }) => ({ operation, field: field.name, path, kind, variables, document }));
}

function put(target: unknown, path: string, value: string): void {
  const parts = path.split('.');
  let at = target as Record<string, unknown>;
  for (const part of parts.slice(0, -1)) at = at[part] as Record<string, unknown>;
  at[parts.at(-1) ?? ''] = value;
}

const schema = buildSchema(await buildSdl());
const fieldsOf = (type: 'getQueryType' | 'getMutationType') =>
  Object.values(schema[type]()?.getFields() ?? {});
const cases = [
  ...fieldsOf('getQueryType').flatMap((field) => casesOf('query', field)),
  ...fieldsOf('getMutationType').flatMap((field) => casesOf('mutation', field)),
];

type Ids = Readonly<Partial<Record<IdKind, string>>>;

const oneFinding = {
  code: 'zero_width',
  title: 'x',
  severity: 'low',
  surface: 'result',
  path: '',
  start: 0,
  end: 1,
  excerpt: 'x',
  owasp: null,
};

/** One row of every kind in a tenant, made the way people make them. */
async function furnish(
  plane: TestControlPlane,
  tenantId: TenantId,
  browser: Browser,
  name: string,
): Promise<Ids> {
  await publishServer(plane, browser, tenantId, { name, tools: { t: 'x' } });
  const make = async (document: string, variables: object = {}) => {
    const answer = await plane.graphql(browser, document, variables);
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
  const { createCustomer } = await make(`mutation { createCustomer(name: "C ${name}") { id } }`);
  const { createAgent } = await make(
    `mutation { createAgent(input: { name: "A ${name}", roles: [] }) { id } }`,
  );
  await make('mutation($a: ID!) { createApiKey(input: { agentId: $a, name: "k" }) { secret } }', {
    a: createAgent.id,
  });
  await make(`mutation { inviteMember(email: "i@${name}.example", roles: [VIEWER]) { url } }`);
  await make(
    `mutation { createDetectionRule(input: { code: "${name}", title: "R", kind: KEYWORDS, value: "w ${name}",
      surfaces: [RESULT], severity: LOW }) { rule { id } } }`,
  );
  const { outcome } = callFrames(tenantId, { findings: [oneFinding] });
  await plane.ingest(spool(`spool-${name}`, [outcome]));
  const one = async (table: string): Promise<string> => {
    const rows = await plane.database.admin<{ id: string }>(
      `SELECT id FROM ${table} WHERE tenant_id = $1 LIMIT 1`,
      [tenantId],
    );
    return rows[0]?.id ?? '';
  };
  const rows: Partial<Record<IdKind, string>> = {
    tenant: tenantId,
    server: await one('server'),
    tool: await one('tool'),
    approval: await one('approval'),
    vetRun: await one('vet_run'),
    report: await one('vet_report'),
    agent: await one('agent'),
    apiKey: await one('api_key'),
    endpoint: await one('endpoint'),
    policy: await one('policy'),
    member: await one('member'),
    invitation: await one('invitation'),
    detectionRule: await one('detection_rule'),
    call: outcome.callId,
  };
  const wire = Object.entries(rows).map(([kind, id]) => [kind, toWireId(kind as IdKind, id)]);
  return { ...Object.fromEntries(wire), customer: createCustomer.id };
}

describe('another tenant through GraphQL', () => {
  let plane: TestControlPlane;
  let own: Ids;
  let foreign: Ids;
  let attacker: Browser;
  let victimId: TenantId;
  beforeAll(async () => {
    plane = await startTestControlPlane();
    const attackerId = await plane.createTenant('attacker');
    victimId = await plane.createTenant('victim');
    attacker = await plane.signIn({ email: 'a@attacker.example', tenantId: attackerId });
    const victim = await plane.signIn({ email: 'v@victim.example', tenantId: victimId });
    own = await furnish(plane, attackerId, attacker, 'att');
    foreign = await furnish(plane, victimId, victim, 'vic');
  });
  afterAll(() => plane.close());

  /** Everything the victim owns, as one text. */
  const victimRows = async (): Promise<string> => {
    const tables = await plane.database.admin<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'tenant_id' AND table_schema = 'public'",
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const rows = await plane.database.admin<{ text: string }>(
        `SELECT t::text AS text FROM "${name}" t WHERE tenant_id = '${victimId}' ORDER BY 1`,
      );
      parts.push(`${name}: ${rows.map((row) => row.text).join('\n')}`);
    }
    const tenant = await plane.database.admin<{ text: string }>(
      `SELECT t::text AS text FROM tenant t WHERE id = '${victimId}'`,
    );
    return [...parts, tenant[0]?.text].join('\n');
  };

  it('covers every query and mutation that takes an id', () => {
    expect(cases.length).toBeGreaterThan(30);
    const kinds = new Set(cases.map((one) => one.kind));
    for (const kind of kinds) expect(foreign, kind).toHaveProperty(kind);
    expect(Object.keys(idPrefixes)).toEqual(expect.arrayContaining([...kinds]));
  });

  it.each(cases.map((one) => [`${one.field}(${one.path})`, one] as const))(
    '%s: a foreign id gives nothing and changes nothing',
    async (_name, one) => {
      const before = await victimRows();
      const variables = structuredClone(one.variables) as Record<string, unknown>;
      // Every other id is the attacker's own and fits; only this one is foreign.
      for (const place of cases.filter((other) => other.field === one.field)) {
        put(variables, place.path, own[place.kind] ?? '');
      }
      put(variables, one.path, foreign[one.kind] ?? '');
      const answer = await plane.graphql(attacker, one.document, variables);
      const isList = one.field === 'calls';
      if (!isList) {
        const codes = answer.errors.map((error) => error.extensions.code);
        expect(['not_found', 'forbidden', 'conflict'], JSON.stringify(answer)).toContain(codes[0]);
        if (codes[0] !== 'not_found')
          expect(one.kind === 'tenant' || one.field === 'decideApproval').toBe(true);
        expect(JSON.stringify(answer)).not.toContain('v@victim.example');
      }
      expect(await victimRows()).toBe(before);
    },
  );

  it('lists nothing of the other tenant', async () => {
    const everything = `{ calls { nodes { id } } servers { nodes { id name } } inbox { nodes { id } } policies { id }
      endpoints { id entries { toolId } } directory { id name detail } capabilities { servers { id } capabilities { toolId } } agents { nodes { id name } } customers { id name } members { id user { email } }
      invitations { id email } publication { version history { digest } }
      detection { customRules { id code } } detectionVerdicts { nodes { id callId } } viewer { tenants { id slug } } }`;
    const { data } = await plane.graphql(attacker, everything);
    const text = JSON.stringify(data);
    for (const id of Object.values(foreign)) expect(text).not.toContain(id);
    expect(text).not.toContain('vic');
  });
});
