import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm';

/** The folder that holds `schema.prisma` and `migrations/`. */
export const prismaDir = fileURLToPath(new URL('../../../../prisma/', import.meta.url));

/** Reads every migration of the repository, oldest first. */
export async function readMigrationList(dir: string = prismaDir): Promise<MigrationList> {
  const baseDir = join(dir, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const lockfile = await readFile(join(baseDir, 'migration_lock.toml'), 'utf8');
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}

/** Reads the Prisma schema as the engine wants it. */
export async function readDatamodel(dir: string = prismaDir): Promise<[path: string, content: string][]> {
  return [['schema.prisma', await readFile(join(dir, 'schema.prisma'), 'utf8')]];
}
