import { randomBytes } from 'node:crypto';
import { startTestRedis, type TestRedis } from '@sallyport/testkit';
import { startLegacySuite } from '../../../../e2e/upstreams/suite/legacy-suite.ts';
import { startModernSuite } from '../../../../e2e/upstreams/suite/modern-suite.ts';
import type { SuiteServer } from '../../../../e2e/upstreams/suite/serve-loopback.ts';
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
  startWorker(): Promise<TestWorker>;
  close(): Promise<void>;
}

function toolsIn(text: string): TestServer['tools'] | undefined {
  for (const line of text.split('\n')) {
    const json = line.startsWith('data:') ? line.slice(5).trim() : line;
    if (!json.startsWith('{')) continue;
    const tools = (JSON.parse(json) as { result?: { tools?: TestServer['tools'] } }).result?.tools;
    if (tools) return tools;
  }
  return undefined;
}

/** What a suite upstream lists, as vetting would have pinned it. */
async function listedBy(server: SuiteServer, slug: string): Promise<TestServer> {
  const { path: _path, headers, body } = modernRequest({ slug: 'x', key: 'x' }, 'tools/list');
  const modern = await send(server.url, { path: '/mcp', headers, body });
  const tools = toolsIn(modern.text);
  if (tools) return { slug, url: server.url, tools };
  const open = await send(server.url, {
    path: '/mcp',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'pin', version: '1' } },
    }),
  });
  const session = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-session-id': String(open.headers['mcp-session-id']),
    'mcp-protocol-version': '2025-11-25',
  };
  const note = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
  await send(server.url, { path: '/mcp', headers: session, body: note });
  const list = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} });
  const listed = await send(server.url, { path: '/mcp', headers: session, body: list });
  return { slug, url: server.url, tools: toolsIn(listed.text) ?? [] };
}

export async function startGround(): Promise<Ground> {
  const redis = await startTestRedis();
  const [modern, legacy] = await Promise.all([startModernSuite(), startLegacySuite()]);
  const servers = [await listedBy(modern, 'new'), await listedBy(legacy, 'old')];
  const settings = {
    requestInspection: 'block',
    responseInspection: 'block',
    ratePerMinute: 100_000,
    rateBurst: 10_000,
  } as const;
  const acme = makeTenant({ slug: 'acme', servers, settings });
  const other = makeTenant({ slug: 'other', servers, settings });
  const sessionHandleKey = randomBytes(32).toString('base64');
  const startWorker = (): Promise<TestWorker> =>
    startTestWorker({
      tenants: [acme, other],
      privateOrigins: [`127.0.0.1:${modern.port}`, `127.0.0.1:${legacy.port}`],
      config: { redisUrl: redis.url, sessionHandleKey },
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
