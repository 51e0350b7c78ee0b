import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@sallyport/testkit';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A whole installation, started by the same launcher as `npm start`, on free ports and with data of its own. */
export interface Stack {
  readonly home: string;
  readonly consoleUrl: string;
  readonly gatewayUrl: string;
  readonly demoUrl: string;
  /** One base URL per worker: each answers the agents' endpoint too. */
  readonly workerUrls: readonly string[];
  /** Endpoint and key of the demo tenant. */
  readonly endpoint: string;
  readonly key: string;
  /** Postgres as its administrator: for oracles only, never to make something true that the product should. */
  readonly adminUrl: string;
  readonly redisUrl: string;
  readonly output: () => string;
  loginLink(): Promise<string>;
  /** Pids of the running parts by name (`postgres`, `redis`, `control-plane`, `data-plane`, `jobs`, `demo-server`). */
  pids(): Record<string, number>;
  stop(): Promise<void>;
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

async function untilUp(child: ChildProcess, output: () => string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!output().includes(' is up (')) {
    if (child.exitCode !== null) throw new Error(`the launcher ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`the installation did not come up:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts an installation; `env` reaches the launcher (settings such as `PIN_MAX_AGE_MS`). */
export async function startStack(
  options: { workers?: number; env?: Record<string, string> } = {},
): Promise<Stack> {
  const workers = options.workers ?? 2;
  const home = mkdtempSync(join(tmpdir(), 'sallyport-e2e-'));
  const port = await findFreePort(3 + workers);
  const [gatewayPort, demoPort, workerBase] = [port + 1, port + 2, port + 3];
  const child = spawn(process.execPath, [join(root, 'infra/bootstrap/start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...options.env,
      DATABASE_URL: '',
      REDIS_URL: '',
      SALLYPORT_HOME: home,
      SALLYPORT_PORT: String(port),
      SALLYPORT_GATEWAY_PORT: String(gatewayPort),
      SALLYPORT_DEMO_PORT: String(demoPort),
      SALLYPORT_WORKER_PORT_BASE: String(workerBase),
      SALLYPORT_WORKERS: String(workers),
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const output = () => text;
  await untilUp(child, output, 180_000);
  const state = readJson(join(home, 'run/state.json'));
  const secrets = readJson(join(home, 'secrets.json'));
  const consoleUrl: string = state.consoleUrl;
  return {
    home,
    consoleUrl,
    gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
    demoUrl: `http://127.0.0.1:${demoPort}`,
    workerUrls: Array.from({ length: workers }, (_, index) => `http://127.0.0.1:${workerBase + index}`),
    endpoint: state.endpoint,
    key: secrets.demoKey,
    adminUrl: `postgresql://postgres:${secrets.postgresPassword}@127.0.0.1:${state.ports.postgres}/sallyport`,
    redisUrl: `redis://tests:${secrets.redisPasswords.tests}@127.0.0.1:${state.ports.redis}`,
    output,
    async loginLink() {
      const reply = await fetch(`${consoleUrl}/internal/login-link`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secrets.operatorToken}` },
      });
      return ((await reply.json()) as { url: string }).url;
    },
    pids() {
      const rows = readJson(join(home, 'run/processes.json')) as { name: string; pid: number }[];
      return Object.fromEntries(rows.map((row) => [row.name, row.pid]));
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
