import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalDefinition } from '@sallyport/mcp';
import { Client } from 'pg';
import { benchTools } from './echo-upstream.ts';

export interface BenchPlan {
  readonly tenants: number;
  readonly serversPerTenant: number;
  readonly toolsPerServer: number;
  readonly policiesPerTenant: number;
  readonly conditionalPolicies: number;
  readonly keys: number;
  /** Slugs of the tenants are this and a number; `bench` when absent. */
  readonly prefix?: string;
}

export interface BenchKey {
  readonly tenant: string;
  readonly secret: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** `forbiddenTool` is denied everywhere; the other unconditional policies concern roles that no bench agent has. */
function policyTexts(plan: BenchPlan, forbiddenTool: string): readonly string[] {
  const conditional = Array.from(
    { length: plan.conditionalPolicies },
    (_, index) =>
      `@id("hidden-project-${index}") forbid (principal, action == Action::"call", resource in Server::"s${index % plan.serversPerTenant}") when { context.args has project && context.args.project == "hidden-${index}" };`,
  );
  const plain = Array.from(
    { length: plan.policiesPerTenant - plan.conditionalPolicies - 2 },
    (_, index) =>
      `forbid (principal in Role::"guest-${index}", action, resource == Tool::"s${index % plan.serversPerTenant}__tool_${index % plan.toolsPerServer}");`,
  );
  return [
    'permit (principal in Role::"bench", action, resource);',
    `@reason("The benchmark forbids this one.") forbid (principal, action == Action::"call", resource == Tool::"${forbiddenTool}");`,
    ...plain,
    ...conditional,
  ];
}

async function insertMany(db: Client, table: string, columns: readonly string[], rows: readonly unknown[][]) {
  for (let from = 0; from < rows.length; from += 500) {
    const part = rows.slice(from, from + 500);
    const holes = part.map(
      (_, row) => `(${columns.map((__, column) => `$${row * columns.length + column + 1}`).join(',')})`,
    );
    await db.query(`INSERT INTO ${table} (${columns.join(',')}) VALUES ${holes.join(',')}`, part.flat());
  }
}

const settings = {
  ratePerMinute: 100_000_000,
  rateBurst: 1_000_000,
  upstreamConcurrency: 256,
  requestInspection: 'block',
  responseInspection: 'block',
};
const classes = ['secret', 'financial', 'identity', 'contact', 'health', 'network'];
const every = (action: string) => ({ byClass: Object.fromEntries(classes.map((name) => [name, action])) });
/** Everything on: what is sensitive is looked for both ways, in every class. */
const detection = {
  // Shuffled words read like nothing that anybody writes: a model in doubt about them must not end the run.
  modes: { byTier: { model: 'alert' } },
  outbound: every('alert'),
  inbound: every('mask'),
};

async function seedTenant(
  db: Client,
  plan: BenchPlan,
  slug: string,
  upstreamPort: number,
  keyCount: number,
  forbiddenTool: string,
) {
  const tenantId = randomUUID();
  await insertMany(
    db,
    'tenant',
    ['id', 'slug', 'name', 'settings', 'detection'],
    [[tenantId, slug, slug, JSON.stringify(settings), JSON.stringify(detection)]],
  );
  await insertMany(
    db,
    'endpoint',
    ['tenant_id', 'id', 'slug', 'name'],
    [[tenantId, randomUUID(), 'main', 'Main']],
  );
  const servers = Array.from({ length: plan.serversPerTenant }, (_, index) => ({
    id: randomUUID(),
    slug: `s${index}`,
  }));
  await insertMany(
    db,
    'server',
    ['tenant_id', 'id', 'slug', 'name', 'url', 'state'],
    servers.map((server) => [
      tenantId,
      server.id,
      server.slug,
      server.slug,
      `http://127.0.0.1:${upstreamPort}/${slug}/${server.slug}`,
      'published',
    ]),
  );
  await insertMany(
    db,
    'server_connection',
    ['tenant_id', 'id', 'server_id', 'kind'],
    servers.map((server) => [tenantId, randomUUID(), server.id, 'none']),
  );
  const tools = servers.flatMap((server) =>
    benchTools(plan.toolsPerServer).map((definition) => {
      const text = canonicalDefinition(definition);
      return {
        id: randomUUID(),
        serverId: server.id,
        name: String(definition.name),
        exposed: `${server.slug}__${definition.name}`,
        text,
        digest: sha256(text),
      };
    }),
  );
  await insertMany(
    db,
    'tool',
    ['tenant_id', 'id', 'server_id', 'name', 'exposed_name', 'state', 'definition', 'definition_digest'],
    tools.map((tool) => [
      tenantId,
      tool.id,
      tool.serverId,
      tool.name,
      tool.exposed,
      'approved',
      tool.text,
      tool.digest,
    ]),
  );
  await insertMany(
    db,
    'pin',
    ['tenant_id', 'id', 'tool_id', 'digest', 'definition'],
    tools.map((tool) => [tenantId, randomUUID(), tool.id, tool.digest, tool.text]),
  );
  await insertMany(
    db,
    'policy',
    ['tenant_id', 'id', 'name', 'text'],
    policyTexts(plan, forbiddenTool).map((text, index) => [tenantId, randomUUID(), `policy ${index}`, text]),
  );
  const agentId = randomUUID();
  await insertMany(
    db,
    'agent',
    ['tenant_id', 'id', 'name', 'roles'],
    [[tenantId, agentId, 'bench', ['bench']]],
  );
  const secrets = Array.from({ length: keyCount }, () => `sp_${randomBytes(32).toString('base64url')}`);
  await insertMany(
    db,
    'api_key',
    ['tenant_id', 'id', 'agent_id', 'name', 'prefix', 'hash'],
    secrets.map((secret, index) => [
      tenantId,
      randomUUID(),
      agentId,
      `bench ${index}`,
      secret.slice(0, 8),
      sha256(secret),
    ]),
  );
  await db.query("INSERT INTO outbox (tenant_id, kind) VALUES ($1, 'config')", [tenantId]);
  return secrets.map((secret): BenchKey => ({ tenant: slug, secret }));
}

/** Writes the benchmark's tenants straight into Postgres and asks the publisher for snapshots; returns the keys. */
export async function seedBench(
  adminUrl: string,
  plan: BenchPlan,
  upstreamPort: number,
  forbiddenTool: string,
): Promise<readonly BenchKey[]> {
  const db = new Client({ connectionString: adminUrl });
  await db.connect();
  try {
    await db.query('INSERT INTO private_origin (origin, source) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      `127.0.0.1:${upstreamPort}`,
      'seed',
    ]);
    await db.query("INSERT INTO outbox (tenant_id, kind) VALUES (NULL, 'installation')");
    const keys: BenchKey[] = [];
    for (let index = 0; index < plan.tenants; index += 1) {
      const share = Math.floor(plan.keys / plan.tenants) + (index < plan.keys % plan.tenants ? 1 : 0);
      keys.push(
        ...(await seedTenant(
          db,
          plan,
          `${plan.prefix ?? 'bench'}-${index}`,
          upstreamPort,
          share,
          forbiddenTool,
        )),
      );
    }
    return keys;
  } finally {
    await db.end();
  }
}
