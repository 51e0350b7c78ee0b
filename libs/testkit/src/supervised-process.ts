import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
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

// Below every system's range for outgoing connections: a port from inside it can be taken by anybody's connection
// between our look and the listening of the process it is meant for.
const firstPort = 15_000;
const ports = 17_000;

/** A TCP port of 127.0.0.1 that was free a moment ago; with `run`, the first of so many in a row. */
export async function findFreePort(run = 1): Promise<number> {
  for (;;) {
    const first = firstPort + randomInt(ports - run);
    const free = await Promise.all(Array.from({ length: run }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
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
