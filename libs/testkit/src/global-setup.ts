import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDirVariable, runOwnerVariable } from './shared-postgres.ts';
import { type PostgresFacts, stopQuietly } from './test-postgres.ts';

/** vitest calls this once per run. Servers start only when a test asks for one; pure tests pay a folder. */
export function setup(): () => void {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-test-run-'));
  process.env[runDirVariable] = dir;
  process.env[runOwnerVariable] = String(process.pid);
  return () => {
    const factsFile = join(dir, 'postgres.json');
    if (existsSync(factsFile)) {
      stopQuietly((JSON.parse(readFileSync(factsFile, 'utf8')) as PostgresFacts).supervisorPid);
    }
    rmSync(dir, { recursive: true, force: true });
  };
}
