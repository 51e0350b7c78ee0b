import type { DiagnoseMigrationHistoryOutput } from '@prisma/schema-engine-wasm';
import { AppError } from '@sallyport/kernel';
import pg from 'pg';
import { type DoorName, doors } from '../purposes.ts';
import { prismaDir, readDatamodel, readMigrationList } from './migration-list.ts';
import { openSchemaEngine } from './schema-engine.ts';
import { scramVerifier } from './scram-verifier.ts';

const filters = { externalTables: [], externalEnums: [] };

export interface MigrateInput {
  /** A user who owns the database and may create roles. A missing database is created. */
  readonly adminUrl: string;
  /** Login passwords of the doors; a door without one keeps the password it has. */
  readonly rolePasswords?: Partial<Readonly<Record<DoorName, string>>>;
  /** Folder of `schema.prisma` and `migrations/`; the repository's own by default. */
  readonly dir?: string;
}

/**
 * Brings a database up to the newest migration, then lets the doors' roles log in.
 * @throws AppError `conflict` when an applied migration was edited or one failed half-way before.
 */
export async function migrateDatabase(input: MigrateInput): Promise<{ readonly applied: readonly string[] }> {
  await createDatabaseIfMissing(input.adminUrl);
  const dir = input.dir ?? prismaDir;
  const migrationsList = await readMigrationList(dir);
  const { engine, close } = await openSchemaEngine({
    url: input.adminUrl,
    datamodel: await readDatamodel(dir),
  });
  let applied: string[];
  try {
    refuseBrokenHistory(
      await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters }),
    );
    applied = (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
  } finally {
    await close();
  }
  await setRolePasswords(input.adminUrl, input.rolePasswords ?? {});
  return { applied };
}

/** The SQL that would turn the migrated database into `schema.prisma`; `undefined` when they agree. */
export async function findSchemaDrift(url: string, dir: string = prismaDir): Promise<string | undefined> {
  const datamodel = await readDatamodel(dir);
  const files = datamodel.map(([path, content]) => ({ path, content }));
  const { engine, close } = await openSchemaEngine({ url, datamodel });
  try {
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: dir },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters,
    });
    return result.exitCode === 0 ? undefined : (result.stdout ?? '');
  } finally {
    await close();
  }
}

function refuseBrokenHistory(history: DiagnoseMigrationHistoryOutput): void {
  if (history.editedMigrationNames.length > 0) {
    throw new AppError(
      'conflict',
      `These migrations were edited after they had been applied: ${history.editedMigrationNames.join(', ')}. Restore them and write a new migration.`,
    );
  }
  if (history.failedMigrationNames.length > 0) {
    throw new AppError(
      'conflict',
      `These migrations failed earlier and block the next: ${history.failedMigrationNames.join(', ')}. Mark them rolled back after repairing the cause.`,
    );
  }
}

async function createDatabaseIfMissing(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    await client.end().catch(() => {});
    if (!(cause instanceof pg.DatabaseError && cause.code === '3D000')) throw cause;
    const url = new URL(adminUrl);
    const name = decodeURIComponent(url.pathname.slice(1));
    url.pathname = '/postgres';
    await withClient(url.href, (admin) => admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`));
  }
}

async function setRolePasswords(
  adminUrl: string,
  passwords: Partial<Readonly<Record<DoorName, string>>>,
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const [door, { role }] of Object.entries(doors)) {
      const password = passwords[door as DoorName];
      if (password === undefined) continue;
      const verifier = pg.escapeLiteral(scramVerifier(password));
      await client.query(`ALTER ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD ${verifier}`);
    }
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
