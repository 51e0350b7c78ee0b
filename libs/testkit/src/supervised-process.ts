import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface SupervisedOrder {
  /** The server ends when this process is gone. */
  readonly ownerPid: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly command: string;
  readonly args: readonly string[];
  /** Removed after the server has ended. */
  readonly removeDir?: string;
}

/** Starts a server under a small supervisor that outlives a crash of the tests just long enough to clean up. */
export function startSupervised(order: SupervisedOrder): ChildProcess {
  const supervisor = fileURLToPath(new URL('./supervise-child.ts', import.meta.url));
  const child = spawn(process.execPath, [supervisor, JSON.stringify(order)], {
    detached: true,
    stdio: 'ignore',
  });
  child.unref();
  return child;
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Asks again until it works, and then says why not. */
export async function waitUntil<T>(what: string, timeoutMs: number, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`${what}: not ready after ${timeoutMs} ms`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
