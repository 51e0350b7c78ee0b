import { createTestDatabase, type TestDatabase } from '@sallyport/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, type DoorName, doors } from './purposes.ts';

// Invariant: what a purpose must not do fails in Postgres, whatever the code asks for (threat T-TENANT).

let test: TestDatabase;
let columns: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  test = await createTestDatabase();
  const rows = await test.admin<{ table: string; columns: string[] }>(`
    SELECT table_name AS "table", array_agg(column_name::text ORDER BY ordinal_position) AS columns
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    GROUP BY 1 ORDER BY 1`);
  columns = new Map(rows.map((row) => [row.table, row.columns]));
});
afterAll(() => test.close());

type Operation = 'select' | 'insert' | 'update' | 'delete';

/** Statements that touch no row: only the right to ask is tried. One per column where rights are by column. */
function statements(table: string, op: Operation, own: readonly string[]): [what: string, sql: string][] {
  const quoted = (column: string) => pg.escapeIdentifier(column);
  switch (op) {
    case 'select':
      return own.map((column) => [column, `SELECT ${quoted(column)} FROM ${table} WHERE false`]);
    case 'update':
      return own.map((column) => [column, `UPDATE ${table} SET ${quoted(column)} = NULL WHERE false`]);
    case 'insert':
      return own.map((column) => [
        column,
        `INSERT INTO ${table} (${quoted(column)}) SELECT NULL WHERE false`,
      ]);
    case 'delete':
      return [['*', `DELETE FROM ${table} WHERE false`]];
  }
}

function isListed(door: Door, table: string, op: Operation, column: string): boolean {
  const right = door.may[table]?.[op];
  return right === true || (Array.isArray(right) && right.includes(column));
}

async function attempt(client: pg.Client, sql: string): Promise<'allowed' | 'refused'> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    return 'allowed';
  } catch (cause) {
    if (cause instanceof pg.DatabaseError && cause.code === '42501') return 'refused';
    throw cause;
  } finally {
    await client.query('ROLLBACK');
  }
}

interface Trial {
  readonly what: string;
  readonly sql: string;
  readonly listed: 'allowed' | 'refused';
}

function trialsOf(door: Door): Trial[] {
  const operations = ['select', 'insert', 'update', 'delete'] as const;
  return [...columns].flatMap(([table, own]) =>
    operations.flatMap((op) =>
      statements(table, op, own).map(([column, sql]) => ({
        what: `${op} ${table}.${column}`,
        sql,
        listed: isListed(door, table, op, column) ? ('allowed' as const) : ('refused' as const),
      })),
    ),
  );
}

describe('every door', () => {
  it.each(Object.keys(doors) as DoorName[])(
    '%s does what is listed for it and nothing else',
    async (name) => {
      const client = new pg.Client({ connectionString: test.urls[name] });
      await client.connect();
      const trials = trialsOf(doors[name]);
      const wrong: string[] = [];
      for (const { what, sql, listed } of trials) {
        const result = await attempt(client, sql);
        if (result !== listed) wrong.push(`${what}: ${result}, listed as ${listed}`);
      }
      await client.end();
      expect(wrong).toEqual([]);
      expect(trials.length).toBeGreaterThan(500);
    },
  );
});

describe('conditions on rows', () => {
  const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: 'internal_error' });

  it('keep the authenticator from making an operator', async () => {
    const { db } = test;
    await refused(
      db.withSystem('authenticator', (tx) =>
        tx.user.create({ data: { email: 'x@x', displayName: 'X', isOperator: true } }),
      ),
    );
    const user = await db.withSystem('authenticator', (tx) =>
      tx.user.create({ data: { email: 'y@y', displayName: 'Y' } }),
    );
    await refused(
      db.withSystem('authenticator', (tx) =>
        tx.user.update({ where: { id: user.id }, data: { isOperator: true } }),
      ),
    );
  });

  it('keep every door but ingest from writing a call’s receipt', async () => {
    const { db } = test;
    const tenant = await db.withSystem('operator', (tx) =>
      tx.tenant.create({ data: { slug: 'r', name: 'R' } }),
    );
    const data = { tenantId: tenant.id, kind: 'call', phase: 'outcome', at: new Date() } as const;
    await refused(db.withTenant(tenant.id, (tx) => tx.receipt.create({ data })));
    for (const purpose of ['authenticator', 'operator', 'publisher', 'scheduler'] as const) {
      await refused(db.withSystem(purpose, (tx) => tx.receipt.createMany({ data: [data] })));
    }
  });

  it('keep the operator from revoking anything but a tenant', async () => {
    const { db } = test;
    const tenant = await db.withSystem('operator', (tx) =>
      tx.tenant.create({ data: { slug: 'q', name: 'Q' } }),
    );
    const data = { tenantId: tenant.id, seq: 1, subject: tenant.id, notBefore: new Date(), envelope: '' };
    await refused(
      db.withSystem('operator', (tx) => tx.revocation.create({ data: { ...data, kind: 'key' } })),
    );
    await db.withSystem('operator', (tx) => tx.revocation.create({ data: { ...data, kind: 'tenant' } }));
  });
});
