import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort, startSupervised, waitUntil } from './supervised-process.ts';
import { stopQuietly } from './test-postgres.ts';

/** A real Redis of its own for one test file. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** A new connection; `close` of this server does not end it. */
  connect(): Redis;
  /** Ends the server at once and loses everything in it. */
  stop(): Promise<void>;
  /** Starts it again, empty, on the same port with the same password. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Redis without persistence on a free port of 127.0.0.1; it ends with this process. */
export async function startTestRedis(): Promise<TestRedis> {
  const command = findRedisServer();
  const port = await findFreePort();
  const password = randomBytes(16).toString('hex');
  const url = `redis://:${password}@127.0.0.1:${port}/0`;
  const args = (dir: string) => [
    ...['--port', String(port), '--bind', '127.0.0.1', '--requirepass', password, '--dir', dir],
    ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
  ];
  let supervisorPid: number | undefined;
  const start = async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sallyport-redis-'));
    const order = { ownerPid: process.pid, command, args: args(dir), removeDir: dir };
    supervisorPid = startSupervised(order).pid;
    await waitUntil('test Redis', 10_000, () => ping(url));
  };
  const stop = async () => {
    if (supervisorPid !== undefined) stopQuietly(supervisorPid);
    supervisorPid = undefined;
    await waitUntil('end of the test Redis', 10_000, async () => {
      if (await ping(url).then(isTrue, isFalse)) throw new Error('it still answers');
    });
  };
  await start();
  return {
    url,
    port,
    connect: () => new Redis(url),
    stop,
    restart: start,
    close: stop,
  };
}

const isTrue = () => true;
const isFalse = () => false;

function findRedisServer(): string {
  for (const command of [process.env.REDIS_SERVER ?? 'redis-server', 'valkey-server']) {
    if (spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0) return command;
  }
  throw new Error(
    'no redis-server on PATH; install it (Debian: apt-get install redis-server) or set REDIS_SERVER',
  );
}

async function ping(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 1_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
