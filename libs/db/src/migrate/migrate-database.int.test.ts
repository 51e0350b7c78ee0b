import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@sallyport/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSchemaDrift, migrateDatabase } from './migrate-database.ts';
import { prismaDir } from './migration-list.ts';

let test: TestDatabase;
let copy: string;

beforeAll(async () => {
  test = await createTestDatabase();
  copy = mkdtempSync(join(tmpdir(), 'sallyport-prisma-'));
  cpSync(prismaDir, copy, { recursive: true });
});
afterAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  await test.close();
});

describe('migrateDatabase', () => {
  it('applies nothing the second time', async () => {
    expect(await migrateDatabase({ adminUrl: test.adminUrl })).toEqual({ applied: [] });
  });

  it('runs as a command', () => {
    const command = fileURLToPath(new URL('../migrate.ts', import.meta.url));
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, [command], {
        env: { PATH: process.env.PATH ?? '', ...env },
        encoding: 'utf8',
      });
    const done = run({ DATABASE_URL_ADMIN: test.adminUrl, DB_ROLE_PASSWORDS: '' });
    expect([done.status, done.stdout]).toEqual([0, 'database is up to date\n']);
    expect(run({}).status).toBe(2);
    const wrong = run({ DATABASE_URL_ADMIN: test.adminUrl, DB_ROLE_PASSWORDS: '{"nobody":"x"}' });
    expect(wrong.stderr).toContain('unknown door: nobody');
  });

  it('leaves a database that is what schema.prisma says', async () => {
    expect(await findSchemaDrift(test.adminUrl)).toBeUndefined();
  });

  it('sees a drift when there is one', async () => {
    await test.admin('CREATE TABLE stray (id int PRIMARY KEY)');
    expect(await findSchemaDrift(test.adminUrl)).toContain('DROP TABLE "stray"');
    await test.admin('DROP TABLE stray');
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    appendFileSync(join(copy, 'migrations/20261121100000_schema/migration.sql'), '\n-- edited\n');
    await expect(migrateDatabase({ adminUrl: test.adminUrl, dir: copy })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('20261121100000_schema'),
    });
    cpSync(join(prismaDir, 'migrations'), join(copy, 'migrations'), { recursive: true });
  });

  it('rolls a failing migration back whole, and says so until it is repaired', async () => {
    const dir = join(copy, 'migrations/29990101000000_broken');
    mkdirSync(dir);
    writeFileSync(join(dir, 'migration.sql'), 'CREATE TABLE half (id int);\nSELECT 1 / 0;\n');
    await expect(migrateDatabase({ adminUrl: test.adminUrl, dir: copy })).rejects.toThrow();
    expect(await test.admin("SELECT 1 FROM pg_class WHERE relname = 'half'")).toEqual([]);
    await expect(migrateDatabase({ adminUrl: test.adminUrl, dir: copy })).rejects.toThrow(
      /29990101000000_broken/,
    );
  });

  it('works for an administrator who is no superuser, in a database that does not exist yet', async () => {
    const url = new URL(test.adminUrl);
    const name = `${url.pathname.slice(1)}_own`;
    await test.admin(`CREATE ROLE modest LOGIN CREATEDB CREATEROLE PASSWORD 'modest'`);
    url.username = 'modest';
    url.password = 'modest';
    url.pathname = `/${name}`;
    const { applied } = await migrateDatabase({ adminUrl: url.href });
    expect(applied.length).toBeGreaterThanOrEqual(3);
    await test.admin(`DROP DATABASE ${name} WITH (FORCE)`);
    await test.admin('DROP OWNED BY modest');
    await test.admin('DROP ROLE modest');
  });
});
