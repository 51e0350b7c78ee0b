import { randomBytes } from 'node:crypto';
import type { Database } from '@sallyport/db';
import {
  newId,
  type SeededTenant,
  type SeededTool,
  seedAgent,
  seedCustomer,
  seedServer,
  seedTenant,
} from './factories.ts';

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const soon = () => new Date(Date.now() + 3_600_000);

/** One tenant with at least one row in every tenant table, each written through the door that writes it in life. */
export async function seedEveryTable(db: Database, slug?: string): Promise<SeededTenant> {
  const tenant = await seedTenant(db, slug === undefined ? {} : { slug });
  const { tenantId } = tenant;
  const customerId = await seedCustomer(db, tenantId);
  await seedAgent(db, tenantId, { customerId, roles: ['support'] });
  const { serverId, tools } = await seedServer(db, tenantId);
  await seedItems(db, tenant, tools);
  const runId = await seedCatalogHistory(db, tenant, serverId);
  await db.withSystem('scheduler', async (tx) => {
    await tx.vetStep.create({ data: { tenantId, runId, name: 'list' } });
    await tx.vetReport.create({ data: { tenantId, runId, serverId, grade: 'A', body: {}, digest: hex(32) } });
  });
  await db.withSystem('publisher', async (tx) => {
    await tx.snapshotVersion.create({
      data: { tenantId, version: 1, digest: hex(32), envelope: '{}', revSeq: 1 },
    });
  });
  await db.withSystem('operator', (tx) =>
    tx.loginLink.create({ data: { tokenHash: hex(32), purpose: 'owner', tenantId, expiresAt: soon() } }),
  );
  await seedDetection(db, tenantId);
  await seedIngested(db, tenantId);
  return tenant;
}

async function seedItems(db: Database, tenant: SeededTenant, tools: readonly SeededTool[]): Promise<void> {
  const { tenantId, endpointId } = tenant;
  await db.withTenant(tenantId, (tx) =>
    tx.endpointItem.createMany({ data: tools.map(({ toolId }) => ({ tenantId, endpointId, toolId })) }),
  );
}

async function seedCatalogHistory(db: Database, tenant: SeededTenant, serverId: string): Promise<string> {
  const { tenantId, ownerUserId } = tenant;
  return db.withTenant(tenantId, async (tx) => {
    await tx.tenantKey.create({ data: { tenantId, version: 1, wrapped: new Uint8Array([1]) } });
    await tx.invitation.create({
      data: { tenantId, tokenHash: hex(32), email: 'new@example.com', roles: ['viewer'], expiresAt: soon() },
    });
    await tx.approval.create({ data: { tenantId, kind: 'server', serverId } });
    const subject = newId();
    await tx.revocation.create({
      data: { tenantId, seq: 1, kind: 'key', subject, notBefore: new Date(), envelope: '{}' },
    });
    await tx.publicationHead.update({ where: { tenantId }, data: { revSeq: 1 } });
    await tx.outbox.create({ data: { tenantId, kind: 'config' } });
    await tx.receipt.create({
      data: {
        tenantId,
        kind: 'admin',
        phase: 'event',
        at: new Date(),
        action: 'test',
        actorUserId: ownerUserId,
      },
    });
    return (await tx.vetRun.create({ data: { tenantId, serverId } })).id;
  });
}

async function seedDetection(db: Database, tenantId: string): Promise<void> {
  await db.withTenant(tenantId, async (tx) => {
    await tx.detectionRule.create({
      data: {
        tenantId,
        code: 'custom_heron',
        title: 'Heron',
        kind: 'keywords',
        value: 'project heron',
        surfaces: ['result'],
        severity: 'high',
        toolIds: [],
      },
    });
    await tx.detectionExternal.create({
      data: { tenantId, url: 'https://classifier.example', budgetMs: 300, perMinute: 60, onFailure: 'pass' },
      select: { id: true },
    });
    await tx.detectionVerdict.create({
      data: {
        tenantId,
        receiptId: newId(),
        callId: newId(),
        findingIndex: 0,
        code: 'hidden_text',
        tier: 'rule',
        surface: 'result',
        verdict: 'confirmed',
        givenAt: new Date(),
      },
    });
  });
}

async function seedIngested(db: Database, tenantId: string): Promise<void> {
  await db.withSystem('ingester', async (tx) => {
    const callId = newId();
    await tx.query(
      `INSERT INTO receipt (tenant_id, id, kind, phase, at, spool_id, seq, call_id, outcome)
       VALUES ($1, $2, 'call', 'outcome', now(), $3, 1, $4, 'ok')`,
      [tenantId, newId(), hex(8), callId],
    );
    await tx.query("INSERT INTO receipt_body (tenant_id, call_id, at, args) VALUES ($1, $2, now(), 'box')", [
      tenantId,
      callId,
    ]);
    await tx.query(
      "INSERT INTO usage_hour (tenant_id, hour, calls) VALUES ($1, date_trunc('hour', now()), 1)",
      [tenantId],
    );
    await tx.query("INSERT INTO policy_day (tenant_id, day, policy_id, hits) VALUES ($1, now(), 'p', 1)", [
      tenantId,
    ]);
    await tx.query(
      `INSERT INTO detection_count (tenant_id, hour, code, tier, direction, action, count)
       VALUES ($1, date_trunc('hour', now()), 'hidden_text', 'rule', 'response', 'alert', 1)`,
      [tenantId],
    );
  });
}
