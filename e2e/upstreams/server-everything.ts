import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface ServerEverything {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** What it printed so far. */
  output(): string;
  close(): Promise<void>;
}

const startTimeoutMs = 20_000;

/**
 * Starts `@modelcontextprotocol/server-everything` over Streamable HTTP, its files untouched. It binds
 * all interfaces by itself; a preload pins it to 127.0.0.1 and a free port.
 */
export async function startServerEverything(): Promise<ServerEverything> {
  const packageFile = createRequire(import.meta.url).resolve(
    '@modelcontextprotocol/server-everything/package.json',
  );
  const preload = fileURLToPath(new URL('pin-listen-to-loopback.ts', import.meta.url));
  const entry = join(dirname(packageFile), 'dist', 'index.js');
  const child = spawn(process.execPath, ['--import', pathToFileURL(preload).href, entry, 'streamableHttp'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = `${output}${chunk.toString()}`.slice(-64 * 1024);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  try {
    const [told] = await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(startTimeoutMs) }),
      once(child, 'exit').then(() => Promise.reject(new Error(`server-everything ended: ${output}`))),
    ]);
    const { port } = told as { readonly port: number };
    return { port, url: `http://127.0.0.1:${port}/mcp`, pid: child.pid ?? 0, output: () => output, close };
  } catch (cause) {
    await close();
    throw new Error(`server-everything did not start: ${output}`, { cause });
  }
}
