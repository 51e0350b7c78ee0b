import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from './access/session.ts';
import type { Services } from './composition.ts';
import type { Platform } from './platform/platform.ts';

const patienceMs = 30_000;
const reason = 'seeded demo';

/**
 * Registers the demo server, lets the real jobs process vet it, and approves its tools on the exact digests that the
 * vetting saw, in the owner's name. Whatever a person has decided about it since is left alone. Says how far it came.
 */
export async function seedDemoServer(platform: Platform, services: Services, owner: Actor): Promise<string> {
  const { tenantId } = owner;
  const where = { slug: 'demo' };
  const known = await platform.db.withTenant(tenantId, (tx) => tx.server.findFirst({ where }));
  if (known && known.state !== 'vetting' && known.state !== 'vetting_failed') {
    return known.state === 'needs_review' ? approve(platform, services, owner, known.id) : known.state;
  }
  const input = { name: 'Demo', slug: 'demo', url: platform.env.DEMO_URL };
  const serverId = known?.id ?? (await services.servers.register.execute(owner, input));
  if (known?.state === 'vetting_failed') await services.vetting.execute(owner, serverId, 'vet');
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    await services.consumeVetRuns.execute();
    const server = await platform.db.withTenant(tenantId, (tx) => tx.server.findFirst({ where }));
    if (server?.state === 'needs_review') return approve(platform, services, owner, serverId);
    if (server && server.state !== 'vetting') return server.state;
    await wait(200);
  }
  return 'still vetting';
}

async function approve(
  platform: Platform,
  services: Services,
  owner: Actor,
  serverId: string,
): Promise<string> {
  const { approval, tools } = await platform.db.withTenant(owner.tenantId, async (tx) => ({
    approval: await tx.approval.findFirst({ where: { serverId, kind: 'server', state: 'open' } }),
    tools: await tx.tool.findMany({ where: { serverId, state: { not: 'removed' } } }),
  }));
  if (!approval) return 'needs_review';
  await services.decide.execute(owner, {
    approvalId: approval.id,
    reason,
    publish: true,
    tools: tools.map((tool) => ({ toolId: tool.id, digest: tool.definitionDigest, decision: 'approve' })),
  });
  return 'published';
}
