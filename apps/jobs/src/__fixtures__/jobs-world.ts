import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@sallyport/telemetry';
import {
  createTestDatabase,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
  waitUntil,
} from '@sallyport/testkit';
import type { VettingReport } from '@sallyport/vetting';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LegacyUpstream } from '../../../../e2e/upstreams/legacy-upstream.ts';
import type { ModernUpstream } from '../../../../e2e/upstreams/modern-upstream.ts';
import { readEnv } from '../env.ts';
import { type Jobs, startJobs } from '../start-jobs.ts';
import { vetLimits } from '../vet/limits.ts';

export const kek = randomBytes(32).toString('base64');
export const token = 'internal-token-for-tests';
export const tenantId = randomUUID();
export const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');

/** What the tests of one file share; `jobs` and `upstream` are closed after each test. */
interface World {
  database: TestDatabase;
  redis: TestRedis;
  controlPlane: Server;
  told: { readonly runId: string; readonly authorization: string | undefined }[];
  jobs: Jobs | undefined;
  upstream: ModernUpstream | LegacyUpstream | undefined;
}
// Filled before the first test runs.
export const world = { told: [], jobs: undefined, upstream: undefined } as unknown as World;

beforeAll(async () => {
  world.database = await createTestDatabase();
  world.redis = await startTestRedis();
  world.controlPlane = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    req.on('end', () => {
      const { runId } = JSON.parse(body) as { runId: string };
      world.told.push({ runId, authorization: req.headers.authorization });
      res.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(world.controlPlane, 'listening');
  await world.database.admin('INSERT INTO tenant (id, slug, name) VALUES ($1, $2, $3)', [
    tenantId,
    'acme',
    'Acme',
  ]);
});

afterEach(async () => {
  await world.jobs?.close();
  await world.upstream?.close();
  world.jobs = undefined;
  world.upstream = undefined;
  world.told = [];
});

afterAll(async () => {
  world.controlPlane.close();
  await world.redis.close();
  await world.database.close();
});

export function start(
  limits: Partial<typeof vetLimits> = {},
  env: Record<string, string> = {},
): Promise<Jobs> {
  const { port } = world.controlPlane.address() as AddressInfo;
  const parsed = readEnv({
    DATABASE_URL_SCHEDULER: world.database.urls.scheduler,
    REDIS_URL: world.redis.url,
    VAULT_KEK: kek,
    CONTROL_PLANE_INTERNAL_URL: `http://127.0.0.1:${port}`,
    INGEST_TOKEN: token,
    RECONCILE_INTERVAL_MS: '600000',
    RECHECK_INTERVAL_MS: '600000',
    RUN_STALE_MS: '2000',
    LOG_LEVEL: 'error',
    ...env,
  });
  return startJobs(parsed, createLogger({ name: 'jobs', level: 'error' }), { ...vetLimits, ...limits });
}

export async function addServer(url: string, state = 'vetting'): Promise<string> {
  const id = randomUUID();
  const slug = `s-${id.slice(0, 8)}`;
  await world.database.admin(
    'INSERT INTO server (tenant_id, id, slug, name, url, state) VALUES ($1, $2, $3, $4, $5, $6::server_state)',
    [tenantId, id, slug, `Server ${slug}`, url, state],
  );
  await world.database.admin(
    "INSERT INTO private_origin (origin, source) VALUES ($1, 'seed') ON CONFLICT DO NOTHING",
    [new URL(url).host],
  );
  return id;
}

export async function addRun(
  serverId: string,
  kind = 'vet',
  state = 'queued',
  ageMs = 60_000,
): Promise<string> {
  const id = randomUUID();
  await world.database.admin(
    `INSERT INTO vet_run (tenant_id, id, server_id, kind, state, heartbeat_at)
     VALUES ($1, $2, $3, $4::vet_kind, $5::vet_state, now() - $6 * interval '1 millisecond')`,
    [tenantId, id, serverId, kind, state, ageMs],
  );
  return id;
}

export interface RunRow {
  readonly state: string;
  readonly error: string | null;
  readonly attempts: number;
  readonly consumed_at: Date | null;
}

export const readRun = async (id: string) =>
  (
    await world.database.admin<RunRow>(
      'SELECT state, error, attempts, consumed_at FROM vet_run WHERE id = $1',
      [id],
    )
  )[0];

export const readReport = async (runId: string) =>
  (
    await world.database.admin<{
      readonly body: VettingReport;
      readonly digest: string;
      readonly grade: string;
    }>('SELECT body, digest, grade FROM vet_report WHERE run_id = $1', [runId])
  )[0];

export async function ended(runId: string, timeoutMs = 20_000): Promise<RunRow> {
  return waitUntil('the run to end', timeoutMs, async () => {
    const run = await readRun(runId);
    if (run === undefined || run.state === 'queued' || run.state === 'running') throw new Error(run?.state);
    return run;
  });
}

export async function vet(
  url: string,
): Promise<{ run: RunRow; report: VettingReport | undefined; runId: string }> {
  const runId = await addRun(await addServer(url));
  await world.jobs?.reconcileNow();
  const run = await ended(runId);
  return { run, report: (await readReport(runId))?.body, runId };
}

export const adder = {
  name: 'add',
  description: 'Adds two numbers.',
  inputSchema: { type: 'object', properties: { a: { type: 'number' } }, 'x-unknown': [1, { deep: null }] },
  'x-vendor': { kept: true },
};
