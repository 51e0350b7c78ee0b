import { createTestDatabase, newId, seedServer, seedTenant, type TestDatabase } from '@sallyport/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TenantTransaction } from './create-database.ts';
import { jsonNull, sqlFragment } from './sql-fragment.ts';

let test: TestDatabase;
let tenantId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  tenantId = (await seedTenant(test.db, { slug: 'one' })).tenantId;
});
afterAll(() => test.close());

const server = (slug: string) => ({ tenantId, slug, name: slug, url: 'https://x.example/mcp' });

describe('createDatabase', () => {
  it('refuses a login that is superuser and owner', async () => {
    await expect(createDatabase({ urls: { app: test.adminUrl } })).rejects.toThrow(
      /superuser.*row-level security.*own tables/,
    );
  });

  it('refuses the login of another door', async () => {
    await expect(createDatabase({ urls: { app: test.urls.publisher } })).rejects.toThrow(
      /must log in as sallyport_app/,
    );
  });

  it('does not open a door it was given no login for', async () => {
    const db = await createDatabase({ urls: { scheduler: test.urls.scheduler } });
    await expect(db.withTenant(tenantId, async () => 1)).rejects.toThrow(/not open in this process/);
    expect(await db.withSystem('scheduler', (tx) => tx.tenant.count())).toBe(1);
    await db.close();
  });
});

describe('withTenant', () => {
  it('refuses anything that is no tenant id', async () => {
    await expect(test.db.withTenant("' OR true", async () => 1)).rejects.toMatchObject({
      code: 'internal_error',
    });
  });

  it('leaves no tenant behind in the pool', async () => {
    const db = await createDatabase({ urls: { app: test.urls.app }, poolSizes: { app: 1 } });
    const other = newId();
    await db.withTenant(tenantId, (tx) => tx.server.create({ data: server('pooled') }));
    expect(await db.withTenant(other, (tx) => tx.server.count())).toBe(0);
    await expect(
      db.withTenant(tenantId, () => Promise.reject(new Error('in the middle'))),
    ).rejects.toMatchObject({ code: 'internal_error' });
    expect(await db.withTenant(other, (tx) => tx.server.count())).toBe(0);
    await db.close();
  });

  it('rolls everything back when its work throws', async () => {
    const work = test.db.withTenant(tenantId, async (tx) => {
      await tx.server.create({ data: server('half') });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow();
    expect(await test.db.withTenant(tenantId, (tx) => tx.server.count({ where: { slug: 'half' } }))).toBe(0);
  });

  it('keeps twenty transactions at once apart', async () => {
    const tenants = await Promise.all(Array.from({ length: 4 }, () => seedTenant(test.db)));
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, n) => tenants[n % 4]?.tenantId ?? '').map(async (id) => {
        const rows = await test.db.withTenant(id, (tx) => tx.endpoint.findMany());
        return rows.length === 1 && rows[0]?.tenantId === id;
      }),
    );
    expect(seen).toEqual(Array.from({ length: 20 }, () => true));
  });

  it('lets no raw SQL change whose transaction it is', async () => {
    const other = newId();
    const tries: ((tx: TenantTransaction) => Promise<unknown>)[] = [
      (tx) => tx.$queryRaw`SELECT Set_Config('app.tenant_id', ${other}::text, true)`,
      (tx) => tx.$executeRaw(sqlFragment`SET LOCAL app.tenant_id = '00000000-0000-0000-0000-000000000000'`),
      (tx) => Reflect.get(tx, '$queryRawUnsafe')('SELECT 1'),
      (tx) => Reflect.get(tx, '$transaction')([]),
    ];
    for (const attempt of tries) {
      await expect(test.db.withTenant(tenantId, attempt)).rejects.toMatchObject({ code: 'internal_error' });
    }
    const raw = await test.db.withTenant(
      tenantId,
      (tx) => tx.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM endpoint WHERE slug = ${'main'}`,
    );
    expect(raw).toEqual([{ n: 1 }]);
  });

  it('writes an upstream secret that it cannot read back', async () => {
    const { serverId } = await seedServer(test.db, tenantId, {
      connection: { kind: 'bearer', sealedSecret: new Uint8Array([7]) },
    });
    const where = { tenantId_serverId: { tenantId, serverId } };
    const own = await test.db.withTenant(tenantId, (tx) => tx.serverConnection.findUnique({ where }));
    expect(own).not.toHaveProperty('sealedSecret');
    await expect(
      test.db.withTenant(tenantId, (tx) =>
        tx.serverConnection.findUnique({ where, select: { sealedSecret: true } }),
      ),
    ).rejects.toMatchObject({ code: 'internal_error' });
    const published = await test.db.withSystem('publisher', (tx) =>
      tx.serverConnection.findUnique({ where }),
    );
    expect(published?.sealedSecret).toEqual(new Uint8Array([7]));
  });
});

describe('errors', () => {
  it('are conflict for a duplicate, naming what is taken', async () => {
    await test.db.withTenant(tenantId, (tx) => tx.server.create({ data: server('twice') }));
    await expect(
      test.db.withTenant(tenantId, (tx) => tx.server.create({ data: server('twice') })),
    ).rejects.toMatchObject({ code: 'conflict', details: { subject: 'server_tenant_id_slug_key' } });
  });

  it('are not_found for a missing row and a missing reference', async () => {
    const id = newId();
    await expect(
      test.db.withTenant(tenantId, (tx) =>
        tx.server.update({ where: { tenantId_id: { tenantId, id } }, data: { name: 'x' } }),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      test.db.withTenant(tenantId, (tx) => tx.vetRun.create({ data: { tenantId, serverId: id } })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are invalid_input for values the tables refuse', async () => {
    await expect(
      test.db.withTenant(tenantId, (tx) =>
        tx.endpoint.create({ data: { tenantId, slug: 'key', name: 'k' } }),
      ),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(
      test.db.withTenant(tenantId, (tx) => tx.server.findMany({ where: { id: 'no-uuid' } })),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(
      test.db.withTenant(tenantId, (tx) =>
        tx.server.create({ data: { ...server('nul'), name: 'a\u0000b' } }),
      ),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('are the same from plain SQL', async () => {
    const insert = (id: string) =>
      test.db.withSystem('ingester', (tx) =>
        tx.query("INSERT INTO spool_ack (spool_id, worker_id, contiguous_seq) VALUES ($1, 'w', 1)", [id]),
      );
    await insert('same');
    await expect(insert('same')).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('history', () => {
  const refused = /append-only|immutable|never goes back/;

  it('of receipts, reports, snapshots and revocations cannot be rewritten, not even by the owner', async () => {
    for (const table of ['receipt', 'vet_report', 'snapshot_version', 'revocation', 'anonymous_refusal']) {
      for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
        await expect(test.admin(sql), sql).rejects.toThrow(refused);
      }
    }
    await expect(test.admin("UPDATE receipt SET outcome = 'ok'")).rejects.toThrow(refused);
  });

  it('of a pin ends with being superseded, once', async () => {
    const { tools } = await seedServer(test.db, tenantId);
    const pinId = tools[0]?.pinId ?? '';
    await expect(test.admin("UPDATE pin SET definition = '{}' WHERE id = $1", [pinId])).rejects.toThrow(
      refused,
    );
    await expect(test.admin('DELETE FROM pin WHERE id = $1', [pinId])).rejects.toThrow(refused);
    const supersede = () =>
      test.db.withTenant(tenantId, (tx) =>
        tx.pin.updateMany({ where: { id: pinId }, data: { supersededAt: new Date() } }),
      );
    expect(await supersede()).toEqual({ count: 1 });
    await expect(supersede()).rejects.toThrow();
  });

  it('of the counters only goes forward', async () => {
    await test.db.withSystem('publisher', (tx) =>
      tx.publicationHead.update({ where: { tenantId }, data: { version: 5, revSeq: 2 } }),
    );
    await expect(
      test.db.withSystem('publisher', (tx) =>
        tx.publicationHead.update({ where: { tenantId }, data: { version: 4 } }),
      ),
    ).rejects.toThrow();
  });
});

describe('one of a kind', () => {
  it('holds for live pins, open inbox items and running vettings', async () => {
    const { serverId, tools } = await seedServer(test.db, tenantId);
    const tool = tools[0];
    const conflict = { code: 'conflict' };
    const { digest = '', definition = '', toolId = '' } = tool ?? {};
    await expect(
      test.db.withTenant(tenantId, (tx) => tx.pin.create({ data: { tenantId, toolId, digest, definition } })),
    ).rejects.toMatchObject(conflict);

    const ask = () =>
      test.db.withTenant(tenantId, (tx) =>
        tx.approval.create({ data: { tenantId, kind: 'server', serverId } }),
      );
    const item = await ask();
    await expect(ask()).rejects.toMatchObject(conflict);
    await test.db.withTenant(tenantId, (tx) =>
      tx.approval.updateMany({ where: { id: item.id }, data: { state: 'rejected', decision: jsonNull } }),
    );
    await ask();

    const run = () =>
      test.db.withTenant(tenantId, (tx) => tx.vetRun.create({ data: { tenantId, serverId } }));
    const first = await run();
    await expect(run()).rejects.toMatchObject(conflict);
    await test.db.withSystem('scheduler', (tx) =>
      tx.vetRun.updateMany({ where: { id: first.id }, data: { state: 'finished' } }),
    );
    await run();
  });

  it('counts usage once per dimensions, also where they are empty', async () => {
    const add = () =>
      test.db.withSystem('ingester', (tx) =>
        tx.query(
          `INSERT INTO usage_hour (tenant_id, hour, calls) VALUES ($1, '2026-01-01T00:00:00Z', 1)
           ON CONFLICT (tenant_id, hour, customer_id, agent_id, server_id, tool_id, tool_name)
           DO UPDATE SET calls = usage_hour.calls + excluded.calls`,
          [tenantId],
        ),
      );
    await add();
    await add();
    const rows = await test.db.withTenant(tenantId, (tx) => tx.usageHour.findMany());
    expect(rows.map(({ calls }) => calls)).toEqual([2]);
  });
});
