import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { errand, type RealClient, type Visit } from './visit.ts';

const run = promisify(execFile);
const here = (...path: readonly string[]) => fileURLToPath(new URL(path.join('/'), import.meta.url));
const pythonPackage = 'mcp==2.3.0';
const setupTimeoutMs = 180_000;

/** The clients of one language in a folder of its own, or why there are none on this machine. */
export type LanguageClients =
  | { readonly kind: 'ready'; readonly clients: readonly RealClient[]; close(): void }
  | { readonly kind: 'missing'; readonly reason: string };

async function inFolder(make: (folder: string) => Promise<readonly RealClient[]>): Promise<LanguageClients> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-language-'));
  const close = () => rmSync(folder, { recursive: true, force: true });
  try {
    return { kind: 'ready', clients: await make(folder), close };
  } catch (error) {
    close();
    const { stderr, message } = error as Error & { stderr?: string };
    return { kind: 'missing', reason: (stderr || message).trim().split('\n').slice(-3).join(' ') };
  }
}

const program = (name: string, command: string, args: readonly string[]): RealClient => ({
  name,
  async visit({ url, key }) {
    const { stdout } = await run(
      command,
      [...args.slice(0, -1), url, key, args.at(-1) ?? '', JSON.stringify(errand)],
      {
        timeout: 90_000,
      },
    );
    return JSON.parse(stdout) as Visit;
  },
});

/** The official Python client in a virtual environment, where Python and its package index are at hand. */
export const preparePython = (): Promise<LanguageClients> =>
  inFolder(async (folder) => {
    await run('python3', ['-m', 'venv', folder], { timeout: setupTimeoutMs });
    const python = join(folder, 'bin', 'python');
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', pythonPackage];
    await run(python, install, { timeout: setupTimeoutMs });
    return ['legacy', 'auto', '2026-07-28'].map((mode) =>
      program(`Python mcp 2.3.0, ${mode}`, python, [here('visit.py'), mode]),
    );
  });

/** The official Go client, built here, where Go and its modules are at hand. */
export const prepareGo = (): Promise<LanguageClients> =>
  inFolder(async (folder) => {
    const binary = join(folder, 'visit');
    await run('go', ['build', '-o', binary, '.'], {
      cwd: here('go'),
      timeout: setupTimeoutMs,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
    });
    return ['2025-06-18', '2025-11-25', '2026-07-28'].map((version) =>
      program(`Go SDK 1.8.0, ${version}`, binary, [version]),
    );
  });
