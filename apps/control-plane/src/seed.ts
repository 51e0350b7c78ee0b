import type { MemberId, TenantId, UserId } from '@sallyport/kernel';
import { permissions } from '@sallyport/kernel';
import type { Actor } from './access/session.ts';
import { composeServices, type Services } from './composition.ts';
import { endpointUrl } from './endpoints/endpoints.read-model.ts';
import { readEnv } from './env.ts';
import { openPlatform, type Platform } from './platform/platform.ts';
import { seedDemoServer } from './seed-demo-server.ts';
import { joinTenant } from './sign-in/join-tenant.ts';
import { hashSecret } from './sign-in/secrets.ts';

const tenantSlug = 'demo';
const operatorEmail = 'operator@sallyport.local';

/** The one user who is operator and owner of the demo tenant. */
async function seedUser(platform: Platform): Promise<UserId> {
  const user = await platform.db.withSystem('operator', (tx) =>
    tx.user.upsert({
      where: { email: operatorEmail },
      create: { email: operatorEmail, displayName: 'Operator', isOperator: true },
      update: {},
    }),
  );
  return user.id as UserId;
}

async function seedTenant(platform: Platform, services: Services, userId: UserId): Promise<TenantId> {
  const known = await platform.db.withSystem('operator', (tx) =>
    tx.tenant.findUnique({ where: { slug: tenantSlug } }),
  );
  const { createTenant } = services.operator;
  if (known) await createTenant.furnish(known.id);
  const tenantId = known?.id ?? (await createTenant.execute(userId, tenantSlug, 'Demo'));
  return tenantId as TenantId;
}

/** The seeded owner, as the use cases want an actor. */
async function seedOwner(platform: Platform, tenantId: TenantId, userId: UserId): Promise<Actor> {
  const member = await platform.db.withSystem('authenticator', async (tx) => {
    const where = { tenantId_userId: { tenantId, userId } };
    const known = await tx.member.findUnique({ where });
    if (known) return known;
    await joinTenant(tx, { tenantId, userId, roles: ['owner'], at: new Date(), how: 'seed' });
    return tx.member.findUniqueOrThrow({ where });
  });
  return {
    tenantId,
    tenantSlug,
    userId,
    memberId: member.id as MemberId,
    email: operatorEmail,
    roles: ['owner'],
    permissions: new Set(permissions),
  };
}

/** The demo agent and a key: the given one where it is still good, so every start prints the same. */
async function seedKey(platform: Platform, services: Services, owner: Actor): Promise<string> {
  const given = platform.env.SEED_API_KEY;
  const { agent, key } = await platform.db.withTenant(owner.tenantId, async (tx) => ({
    agent: await tx.agent.findFirst({ where: { name: 'Demo agent' }, select: { id: true } }),
    key: given ? await tx.apiKey.findFirst({ where: { hash: hashSecret(given) } }) : null,
  }));
  if (given && key && !key.revokedAt) return given;
  const input = { name: 'Demo agent', roles: ['demo'], customerId: null };
  const agentId = agent?.id ?? (await services.agents.save.create(owner, input));
  const made = { agentId, name: 'Demo key', endpointId: null, expiresInDays: null };
  // A given key that was revoked stays revoked: a new one is made and printed.
  const secret = given && !key ? given : undefined;
  return (await services.agents.createKey.execute(owner, made, secret)).secret;
}

async function seed(platform: Platform): Promise<object> {
  const services = composeServices(platform);
  const { env } = platform;
  const userId = await seedUser(platform);
  const tenantId = await seedTenant(platform, services, userId);
  const owner = await seedOwner(platform, tenantId, userId);
  for (const origin of env.PRIVATE_ORIGINS) await services.operator.origins.allow(origin, 'seed', null);
  await services.publisher.publishInstallationNow();
  const key = await seedKey(platform, services, owner);
  const demoServer =
    env.SEED_DEMO_SERVER === '0' ? 'not asked for' : await seedDemoServer(platform, services, owner);
  await services.publishNow.flush(owner, 'seeded demo');
  const login = await services.links.issueLogin(userId);
  return {
    tenantSlug,
    endpointUrl: endpointUrl(env.GATEWAY_URL, tenantSlug, 'main'),
    key,
    loginUrl: login.url,
    demoServer,
  };
}

const platform = await openPlatform(readEnv(process.env));
try {
  const result = await seed(platform);
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await platform.close();
}
