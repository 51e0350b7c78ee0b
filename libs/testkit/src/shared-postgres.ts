import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresFacts, startTestPostgres } from './test-postgres.ts';

/** Names the folder and the owner of the servers that all test files of one run share. */
export const runDirVariable = 'SALLYPORT_TESTKIT_DIR';
export const runOwnerVariable = 'SALLYPORT_TESTKIT_OWNER';

let own: Promise<PostgresFacts> | undefined;

/** The Postgres of this test run: whoever asks first starts it, everybody else waits for that one. */
export function sharedPostgres(): Promise<PostgresFacts> {
  const dir = process.env[runDirVariable];
  own ??= dir === undefined ? startTestPostgres() : startOrJoin(dir);
  return own;
}

async function startOrJoin(dir: string): Promise<PostgresFacts> {
  const factsFile = join(dir, 'postgres.json');
  const lock = join(dir, 'postgres.lock');
  const deadline = Date.now() + 60_000;
  while (!existsSync(factsFile)) {
    if (takeLock(lock)) {
      try {
        const { stop: _, ...facts } = await startTestPostgres(Number(process.env[runOwnerVariable]));
        writeFileSync(`${factsFile}.draft`, JSON.stringify(facts), { mode: 0o600 });
        renameSync(`${factsFile}.draft`, factsFile);
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
    } else if (Date.now() > deadline) {
      throw new Error('the test Postgres of this run did not start within a minute');
    } else {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return JSON.parse(readFileSync(factsFile, 'utf8')) as PostgresFacts;
}

function takeLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    // A holder that was killed leaves its lock behind.
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 45_000) rmSync(path, { recursive: true, force: true });
    return false;
  }
}
