import { createHash, randomBytes } from 'node:crypto';
import type { Database, TenantTransaction } from '@sallyport/db';
import { canonicalJson, uuidV7 } from '@sallyport/kernel';

/** A fresh id. */
export function newId(): string {
  return uuidV7(Date.now(), randomBytes(10));
}

export interface SeededTenant {
  readonly tenantId: string;
  readonly slug: string;
  readonly ownerUserId: string;
  readonly ownerMemberId: string;
  readonly endpointId: string;
}

/** A tenant with an owner, the endpoint `main` and one policy that allows every approved tool. */
export async function seedTenant(
  db: Database,
  input: { readonly slug?: string; readonly name?: string } = {},
): Promise<SeededTenant> {
  const slug = input.slug ?? `t-${randomBytes(4).toString('hex')}`;
  const tenant = await db.withSystem('operator', (tx) =>
    tx.tenant.create({ data: { slug, name: input.name ?? slug } }),
  );
  const owner = await db.withSystem('authenticator', async (tx) => {
    const user = await tx.user.create({
      data: { email: `owner@${slug}.example`, displayName: `Owner of ${slug}` },
    });
    return tx.member.create({ data: { tenantId: tenant.id, userId: user.id, roles: ['owner'] } });
  });
  const endpointId = await db.withTenant(tenant.id, (tx) => seedMainEndpoint(tx, tenant.id));
  return { tenantId: tenant.id, slug, ownerUserId: owner.userId, ownerMemberId: owner.id, endpointId };
}

async function seedMainEndpoint(tx: TenantTransaction, tenantId: string): Promise<string> {
  await tx.policy.create({
    data: { tenantId, name: 'Allow all approved tools', text: 'permit(principal, action, resource);' },
  });
  return (await tx.endpoint.create({ data: { tenantId, slug: 'main', name: 'Main' } })).id;
}

export interface SeededTool {
  readonly toolId: string;
  readonly pinId: string;
  readonly name: string;
  readonly exposedName: string;
  /** Canonical JSON text of the approved definition. */
  readonly definition: string;
  readonly digest: string;
}

export interface SeededServer {
  readonly serverId: string;
  readonly slug: string;
  readonly tools: readonly SeededTool[];
}

export interface ServerSeed {
  readonly slug?: string;
  readonly url?: string;
  /** Definitions as the upstream lists them; each needs a `name`. */
  readonly tools?: readonly { readonly name: string }[];
  readonly connection?: {
    readonly kind: 'bearer' | 'header' | 'query';
    readonly headerName?: string;
    readonly sealedSecret: Uint8Array<ArrayBuffer>;
  };
}

const echoTool = { name: 'echo', description: 'Says it again.', inputSchema: { type: 'object' } };

/** A published server whose tools are all approved and pinned. */
export async function seedServer(
  db: Database,
  tenantId: string,
  seed: ServerSeed = {},
): Promise<SeededServer> {
  const slug = seed.slug ?? `s-${randomBytes(3).toString('hex')}`;
  return db.withTenant(tenantId, async (tx) => {
    const url = seed.url ?? 'https://upstream.example/mcp';
    const server = await tx.server.create({ data: { tenantId, slug, name: slug, url, state: 'published' } });
    const { connection } = seed;
    await tx.serverConnection.create({
      data:
        connection === undefined
          ? { tenantId, serverId: server.id }
          : { tenantId, serverId: server.id, secretVersion: 1, ...connection },
    });
    const tools: SeededTool[] = [];
    for (const tool of seed.tools ?? [echoTool]) tools.push(await seedTool(tx, tenantId, server, tool));
    return { serverId: server.id, slug, tools };
  });
}

async function seedTool(
  tx: TenantTransaction,
  tenantId: string,
  server: { readonly id: string; readonly slug: string },
  tool: { readonly name: string },
): Promise<SeededTool> {
  const definition = canonicalJson(tool);
  const digest = createHash('sha256').update(definition).digest('hex');
  const exposedName = `${server.slug}__${tool.name}`;
  const { name } = tool;
  const row = await tx.tool.create({
    data: {
      ...{ tenantId, serverId: server.id, name, exposedName },
      ...{ definition, definitionDigest: digest, state: 'approved' },
    },
  });
  const pin = await tx.pin.create({ data: { tenantId, toolId: row.id, digest, definition } });
  return { toolId: row.id, pinId: pin.id, name, exposedName, definition, digest };
}

export interface SeededAgent {
  readonly agentId: string;
  readonly keyId: string;
  /** The bearer token. */
  readonly secret: string;
  readonly hash: string;
}

/** An agent with one key for every endpoint. */
export async function seedAgent(
  db: Database,
  tenantId: string,
  seed: { readonly name?: string; readonly roles?: readonly string[]; readonly customerId?: string } = {},
): Promise<SeededAgent> {
  const secret = `sp_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(secret).digest('hex');
  return db.withTenant(tenantId, async (tx) => {
    const agent = await tx.agent.create({
      data: {
        tenantId,
        name: seed.name ?? `agent-${randomBytes(3).toString('hex')}`,
        roles: [...(seed.roles ?? [])],
        customerId: seed.customerId ?? null,
      },
    });
    const prefix = secret.slice(0, 11);
    const key = await tx.apiKey.create({
      data: { tenantId, agentId: agent.id, name: 'first', prefix, hash },
    });
    return { agentId: agent.id, keyId: key.id, secret, hash };
  });
}

/** A customer of the tenant. */
export async function seedCustomer(db: Database, tenantId: string, name = 'Customer'): Promise<string> {
  const customer = await db.withTenant(tenantId, (tx) => tx.customer.create({ data: { tenantId, name } }));
  return customer.id;
}
