import { createTestDatabase, newId, seedEveryTable, type TestDatabase } from '@sallyport/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, doors } from './purposes.ts';

// Invariant: tenant B sees, changes, inserts for and links to nothing of tenant A (threat T-TENANT).

const tenantDoor: Door = doors.app;

type Row = Readonly<Record<string, unknown>>;

let test: TestDatabase;
let client: pg.Client;
let tenantA: string;
let tenantB: string;
let tables: readonly string[];

beforeAll(async () => {
  test = await createTestDatabase();
  tenantA = (await seedEveryTable(test.db, 'tenant-a')).tenantId;
  tenantB = (await seedEveryTable(test.db, 'tenant-b')).tenantId;
  client = new pg.Client({ connectionString: test.urls.app });
  await client.connect();
  const rows = await test.admin<{ relname: string }>(`
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`);
  tables = rows.map(({ relname }) => relname);
});
afterAll(async () => {
  await client.end();
  await test.close();
});

/** Runs as tenant B (or as nobody) in a transaction that is rolled back; a refusal is its SQLSTATE. */
async function asB<R extends Row>(text: string, values: unknown[] = [], tenant = tenantB) {
  await client.query('BEGIN');
  try {
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenant]);
    const result = await client.query<R>(text, values);
    return { code: 'ok', rows: result.rows, count: result.rowCount ?? 0 };
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    return { code: cause.code ?? '', rows: [], count: 0 };
  } finally {
    await client.query('ROLLBACK');
  }
}

async function rowsOf(table: string, tenantId: string): Promise<Row[]> {
  const rows = await test.admin<{ row: Row }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE tenant_id = $1`,
    [tenantId],
  );
  return rows.map(({ row }) => row);
}

async function firstRow(table: string, tenantId: string): Promise<Row> {
  const [row] = await rowsOf(table, tenantId);
  if (row === undefined) throw new Error(`seedEveryTable writes no row into ${table}: extend it`);
  return row;
}

const insert = (table: string) =>
  `INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`;

describe('a tenant', () => {
  it('has rows in every tenant table, so that the checks below see something', async () => {
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) expect(await rowsOf(table, tenantA), table).not.toEqual([]);
  });

  it('sees no row of another tenant, and nobody sees any without a tenant', async () => {
    for (const table of tables) {
      const foreign = await asB(`SELECT 1 FROM ${table} WHERE tenant_id <> $1`, [tenantB]);
      expect(foreign.rows, table).toEqual([]);
      expect((await asB(`SELECT 1 FROM ${table}`, [], '')).rows, table).toEqual([]);
    }
  });

  it('sees its own rows wherever it may read', async () => {
    for (const table of tables) {
      const seen = await asB(`SELECT 1 FROM ${table}`);
      if (seen.code === 'ok') expect(seen.count, table).toBe((await rowsOf(table, tenantB)).length);
      else expect([table, seen.code]).toEqual([table, '42501']);
    }
  });

  it('changes and deletes nothing of another tenant', async () => {
    for (const table of tables) {
      for (const column of await columnsOf(table)) {
        const update = await asB(`UPDATE ${table} SET ${column} = ${column} WHERE tenant_id = $1`, [tenantA]);
        expect([table, column, update.count]).toEqual([table, column, 0]);
      }
      expect((await asB(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantA])).count, table).toBe(0);
    }
  });

  it('gives no row away to another tenant', async () => {
    for (const table of tables) {
      const { code } = await asB(`UPDATE ${table} SET tenant_id = $1`, [tenantA]);
      expect([table, ['42501', '23503'].includes(code)], code).toEqual([table, true]);
    }
  });

  it('inserts no row for another tenant', async () => {
    for (const table of tables) {
      const row = { ...(await firstRow(table, tenantA)), ...freshKey(await firstRow(table, tenantA)) };
      expect([table, (await asB(insert(table), [row])).code]).toEqual([table, '42501']);
    }
  });

  it('links no row of its own to one of another tenant', async () => {
    const links = await test.admin<{ table: string; column: string; target: string; key: string }>(`
      SELECT own.relname AS "table", a.attname AS "column", other.relname AS target, b.attname AS key
      FROM pg_constraint k JOIN pg_class own ON own.oid = k.conrelid JOIN pg_class other ON other.oid = k.confrelid
      JOIN pg_attribute a ON a.attrelid = own.oid AND a.attnum = k.conkey[2]
      JOIN pg_attribute b ON b.attrelid = other.oid AND b.attnum = k.confkey[2]
      WHERE k.contype = 'f' AND cardinality(k.conkey) = 2`);
    expect(links.length).toBeGreaterThan(12);
    for (const { table, column, target, key } of links) {
      const foreign = (await firstRow(target, tenantA))[key];
      const mine = await firstRow(table, tenantB);
      const row = { ...mine, ...freshKey(mine), ...settled(table, column), [column]: foreign };
      // Without the right to insert, the refusal comes even earlier.
      const expected = tenantDoor.may[table]?.insert ? '23503' : '42501';
      expect([table, column, (await asB(insert(table), [row])).code]).toEqual([table, column, expected]);
    }
  });

  it('sees only the people of its own', async () => {
    const emails = await asB<{ email: string }>('SELECT email FROM users');
    expect(emails.rows.map(({ email }) => email)).toEqual(['owner@tenant-b.example']);
    const tenants = await asB<{ slug: string }>('SELECT slug FROM tenant');
    expect(tenants.rows.map(({ slug }) => slug)).toEqual(['tenant-b']);
  });

  it('cannot put down its role or its row-level security', async () => {
    expect((await asB('SET LOCAL ROLE sallyport_publisher')).code).toBe('42501');
    await client.query('SET row_security = off');
    expect((await asB('SELECT 1 FROM server')).code).toBe('42501');
    await client.query('RESET row_security');
    expect((await asB('ALTER TABLE server DISABLE ROW LEVEL SECURITY')).code).toBe('42501');
    expect((await asB('CREATE TABLE mine ()')).code).toBe('42501');
  });
});

async function columnsOf(table: string): Promise<string[]> {
  return Object.keys(await firstRow(table, tenantB)).filter((column) => column !== 'tenant_id');
}

/** New values where a copy of a row would break a key before the check we are after. */
function freshKey(row: Row): Row {
  const hex = () => newId().replaceAll('-', '');
  const fresh = {
    ...{ id: newId(), run_id: newId(), call_id: newId() },
    ...{ slug: hex(), name: hex(), exposed_name: hex(), spool_id: hex() },
    ...{ hash: hex() + hex(), token_hash: hex() + hex() },
  };
  return Object.fromEntries(Object.entries(fresh).filter(([column]) => typeof row[column] === 'string'));
}

/** Lets a copy pass everything but the reference: it must not also be the second live pin, open item or running vetting. */
function settled(table: string, column: string): Row {
  if (table === 'pin') return { superseded_at: '2026-01-01T00:00:00Z' };
  if (table === 'approval') return { state: 'rejected', kind: column === 'tool_id' ? 'tool' : 'server' };
  return table === 'vet_run' ? { state: 'finished' } : {};
}
