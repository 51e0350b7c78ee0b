import { randomBytes } from 'node:crypto';
import { startTestRedis, type TestRedis } from '@sallyport/testkit';
import { startLegacySuite } from '../../../../e2e/upstreams/suite/legacy-suite.ts';
import { startModernSuite } from '../../../../e2e/upstreams/suite/modern-suite.ts';
import type { SuiteServer } from '../../../../e2e/upstreams/suite/serve-loopback.ts';
import type { WorkerConfig } from '../worker.ts';
import { makeTenant, type TestServer, type TestTenant } from './test-tenant.ts';
import { modernRequest, send, startTestWorker, type TestWorker } from './test-worker.ts';

/** Two workers over one Redis, two tenants, and the upstreams of both eras. */
export interface Ground {
  readonly redis: TestRedis;
  readonly workers: readonly [TestWorker, TestWorker];
  readonly acme: TestTenant;
  readonly other: TestTenant;
  /** Every request goes to the other worker than the one before; streams too. */
  readonly alternating: typeof fetch;
  url(worker: number, tenant?: TestTenant, door?: string): string;
  /** A new configuration for a tenant, on both workers. */
  publish(tenant: TestTenant, change?: Parameters<TestTenant['publish']>[0]): void;
  startWorker(config?: Partial<WorkerConfig>): Promise<TestWorker>;
  close(): Promise<void>;
}

type Listed = readonly Readonly<Record<string, unknown>>[];

/** The list in a reply, as JSON or as the last event of a stream. */
function listIn(text: string, name: string): Listed | undefined {
  for (const line of text.split('\n')) {
    const json = line.startsWith('data:') ? line.slice(5).trim() : line;
    if (!json.startsWith('{')) continue;
    const list = (JSON.parse(json) as { result?: Record<string, Listed> }).result?.[name];
    if (list) return list;
  }
  return undefined;
}

type ListOf = (name: string) => Promise<Listed | undefined>;

function modernLists(url: string): ListOf {
  return async (name) => {
    const { headers, body } = modernRequest({ slug: 'x', key: 'x' }, `${name}/list`);
    return listIn((await send(url, { path: '/mcp', headers, body })).text, name);
  };
}

async function legacyLists(url: string): Promise<ListOf> {
  const base = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const post = (message: object, headers: Record<string, string> = base) =>
    send(url, { path: '/mcp', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
  const protocolVersion = '2025-11-25';
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'pin', version: '1' } };
  const open = await post({ id: 1, method: 'initialize', params });
  const session = {
    ...base,
    'mcp-session-id': String(open.headers['mcp-session-id']),
    'mcp-protocol-version': protocolVersion,
  };
  await post({ method: 'notifications/initialized' }, session);
  return async (name) =>
    listIn((await post({ id: 2, method: `${name}/list`, params: {} }, session)).text, name);
}

/** What a suite upstream lists, as vetting would have pinned it. */
async function listedBy({ url }: SuiteServer, slug: string, list: ListOf): Promise<TestServer> {
  const [tools, resources] = [await list('tools'), await list('resources')];
  const others = (resources ?? []).map((definition) => ({ kind: 'resource' as const, definition }));
  return { slug, url, tools: tools ?? [], others };
}

export async function startGround(): Promise<Ground> {
  const redis = await startTestRedis();
  const [modern, legacy] = await Promise.all([startModernSuite(), startLegacySuite()]);
  const servers = [
    await listedBy(modern, 'new', modernLists(modern.url)),
    await listedBy(legacy, 'old', await legacyLists(legacy.url)),
  ];
  const settings = {
    requestInspection: 'block',
    responseInspection: 'block',
    ratePerMinute: 100_000,
    rateBurst: 10_000,
  } as const;
  const acme = makeTenant({ slug: 'acme', servers, settings });
  const other = makeTenant({ slug: 'other', servers, settings });
  const sessionHandleKey = randomBytes(32).toString('base64');
  const startWorker = (config: Partial<WorkerConfig> = {}): Promise<TestWorker> =>
    startTestWorker({
      tenants: [acme, other],
      privateOrigins: [`127.0.0.1:${modern.port}`, `127.0.0.1:${legacy.port}`],
      config: { redisUrl: redis.url, sessionHandleKey, ...config },
    });
  const workers: [TestWorker, TestWorker] = [await startWorker(), await startWorker()];
  let turn = 0;
  return {
    redis,
    workers,
    acme,
    other,
    alternating: (target, init) => {
      turn += 1;
      const url = new URL(String(target));
      url.port = String(workers[turn % 2]?.port);
      return fetch(url, init);
    },
    url: (worker, tenant = acme, door = 'mcp') => `${workers[worker]?.url}/${tenant.slug}/main/key/${door}`,
    publish(tenant, change) {
      const envelope = tenant.publish(change);
      for (const { worker } of workers) {
        const offered = worker.config.offer(tenant.id, envelope);
        if (offered.kind !== 'applied') throw new Error(JSON.stringify(offered));
      }
    },
    startWorker,
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([modern.close(), legacy.close()]);
      await redis.close();
    },
  };
}
