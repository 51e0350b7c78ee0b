import { createTestDatabase, type TestDatabase } from '@sallyport/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { omittedColumns } from './doors/omitted-columns.ts';
import { type Door, type DoorName, doors, type TableRights } from './purposes.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());

interface Column {
  readonly table: string;
  readonly column: string;
}

const columnsSql = `
  SELECT c.relname AS "table", a.attname AS "column"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
    AND c.relname <> '_prisma_migrations'
  ORDER BY 1, a.attnum`;

/** Tables whose key is not (tenant_id, …): global ones that name a tenant, and the tenant's one row of counters. */
const keyedOtherwise = ['login_link', 'outbox'];

describe('row-level security', () => {
  it('is enabled and forced on every table', async () => {
    const rows = await test.admin<{ relname: string }>(`
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
    expect(rows).toEqual([]);
  });

  it('has a policy for each role on each of its tables, and none for anybody else', async () => {
    const rows = await test.admin<{ tablename: string; role: string }>(`
      SELECT DISTINCT tablename, role FROM pg_policies, unnest(roles) AS role WHERE schemaname = 'public'`);
    const found = rows.map(({ tablename, role }) => `${role} ${tablename}`).sort();
    const listed = Object.values(doors).flatMap((door) =>
      Object.keys(door.may).map((table) => `${door.role} ${table}`),
    );
    expect(found).toEqual(listed.sort());
  });

  it('ties every policy of the tenant door on a tenant table to the tenant of the transaction', async () => {
    const columns = await test.admin<Column>(columnsSql);
    const tenantTables = columns.filter(({ column }) => column === 'tenant_id').map(({ table }) => table);
    const policies = await test.admin<{ tablename: string; cmd: string; qual: string; with_check: string }>(
      "SELECT tablename, cmd, qual, with_check FROM pg_policies WHERE 'sallyport_app' = ANY (roles)",
    );
    const context = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)";
    for (const policy of policies.filter(({ tablename }) => tenantTables.includes(tablename))) {
      if (policy.cmd !== 'INSERT') expect(policy.qual, policy.tablename).toContain(context);
      if (policy.cmd !== 'SELECT' && policy.cmd !== 'DELETE')
        expect(policy.with_check, policy.tablename).toContain(context);
    }
  });

  it('is not undercut by functions with their owner’s rights, nor by views', async () => {
    const definers = await test.admin(`
      SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = 'public' AND p.prosecdef`);
    const views = await test.admin(`
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')`);
    expect([...definers, ...views]).toEqual([]);
  });
});

describe('roles', () => {
  it('are neither superuser nor owner nor able to leave row-level security', async () => {
    const rows = await test.admin<{ rolname: string }>(
      `SELECT rolname FROM pg_roles r WHERE rolname LIKE 'sallyport%' AND (
         rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR NOT rolcanlogin
         OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid)
         OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid))`,
    );
    expect(rows).toEqual([]);
  });

  it('hold exactly the rights of the table of purposes', async () => {
    const columns = await test.admin<Column>(columnsSql);
    const found = await test.admin<{ right: string }>(
      `WITH t AS (${columnsSql}), r AS (SELECT unnest($1::text[]) AS role)
       SELECT role || ' ' || op || ' ' || "table" || '.' || "column" AS "right"
         FROM t, r, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS op
         WHERE has_column_privilege(role, quote_ident("table"), "column", op)
       UNION SELECT role || ' ' || op || ' ' || "table" FROM t, r, unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) AS op
         WHERE has_table_privilege(role, quote_ident("table"), op)`,
      [Object.values(doors).map(({ role }) => role)],
    );
    const listed = Object.values(doors).flatMap((door) => rightsOf(door, columns));
    expect(found.map(({ right }) => right).sort()).toEqual(listed.sort());
  });

  it('are not asked by Prisma for columns they may not read, and for all others', async () => {
    const columns = await test.admin<Column>(columnsSql);
    for (const [name, omitted] of Object.entries(omittedColumns)) {
      const found = Object.entries(omitted).flatMap(([model, fields]) =>
        Object.keys(fields).map((field) => `${snake(model)}.${snake(field)}`),
      );
      expect(found.sort(), name).toEqual(hiddenColumns(doors[name as DoorName], columns).sort());
    }
  });
});

describe('keys', () => {
  it('begin with the tenant on every tenant table', async () => {
    const rows = await test.admin<{ relname: string }>(`
      SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND i.indkey[0] <> a.attnum ORDER BY 1`);
    expect(rows.map(({ relname }) => relname)).toEqual(keyedOtherwise);
  });

  it('carry the tenant through every reference between tenant tables', async () => {
    const rows = await test.admin<{ conname: string }>(`
      SELECT k.conname FROM pg_constraint k
      JOIN pg_attribute own ON own.attrelid = k.conrelid AND own.attname = 'tenant_id'
      JOIN pg_attribute other ON other.attrelid = k.confrelid AND other.attname = 'tenant_id'
      WHERE k.contype = 'f' AND NOT (own.attnum = k.conkey[1] AND other.attnum = k.confkey[1])`);
    expect(rows).toEqual([]);
  });
});

function rightsOf(door: Door, columns: readonly Column[]): string[] {
  return Object.entries(door.may).flatMap(([table, rights]) => {
    const own = columns.filter((column) => column.table === table).map(({ column }) => column);
    const perColumn = (['select', 'insert', 'update'] as const).flatMap((op) =>
      granted(rights, op, own).map((column) => `${door.role} ${op.toUpperCase()} ${table}.${column}`),
    );
    return rights.delete ? [...perColumn, `${door.role} DELETE ${table}`] : perColumn;
  });
}

function granted(
  rights: TableRights,
  op: 'select' | 'insert' | 'update',
  own: readonly string[],
): readonly string[] {
  const right = rights[op];
  return right === true ? own : (right ?? []);
}

function hiddenColumns(door: Door, columns: readonly Column[]): string[] {
  return columns
    .filter(({ table, column }) => {
      const select = door.may[table]?.select;
      return Array.isArray(select) && !select.includes(column);
    })
    .map(({ table, column }) => `${table}.${column}`);
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
