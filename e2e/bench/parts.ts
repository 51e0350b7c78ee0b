import { once } from 'node:events';
import { Agent, type IncomingMessage, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../stack.ts';
import { runLoad } from './load.ts';
import { type BenchKey, seedBench } from './seed.ts';
import { forbiddenTool, goodShot, meta, modern, plainShot, type ReplyShape } from './shots.ts';
import { type Cell, median, quantile } from './stats.ts';
import type { Measure, Target, Usage } from './target.ts';

/** What every part needs. */
export interface Ground {
  readonly stack: Stack;
  readonly upstreamPort: number;
  readonly isQuick: boolean;
  readonly print: (line: string) => void;
  readonly usage: () => Promise<Usage>;
}

const fixed = (value: number, digits = 3) => Number(value.toFixed(digits));
const inFlight = 16;

/** Replies of 64 KiB and replies as streams: the gateway against the bare proxy, interleaved. */
export async function measureShapes(input: {
  readonly bare: Target;
  readonly ours: Target;
  readonly keys: readonly BenchKey[];
  readonly rounds: number;
  readonly count: number;
  readonly measure: Measure;
}): Promise<(print: (line: string) => void) => Record<string, Record<string, number>>> {
  const { bare, ours, keys, rounds, count, measure } = input;
  const pairs = new Map<ReplyShape, (readonly [Cell, Cell])[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const shape of ['big', 'sse'] as const) {
      const theirs = await measure({ ...bare, next: () => plainShot(shape) }, inFlight, count);
      const own = await measure({ ...ours, next: () => goodShot(keys, shape) }, inFlight, count);
      pairs.set(shape, [...(pairs.get(shape) ?? []), [theirs.cell, own.cell]]);
    }
  return (print) => {
    const summary: Record<string, Record<string, number>> = {};
    for (const [shape, cells] of pairs) {
      const of = (get: (theirs: Cell, own: Cell) => number) => median(cells.map(([a, b]) => get(a, b)));
      const figures = {
        added_p50_ms: fixed(of((a, b) => b.p50 - a.p50)),
        added_p99_ms: fixed(of((a, b) => b.p99 - a.p99)),
        cpu_us: fixed(
          of((_, b) => b.cpuUs),
          1,
        ),
        cpu_ratio: fixed(
          of((a, b) => b.cpuUs / (a.cpuUs || 1)),
          2,
        ),
      };
      summary[`${shape}_${inFlight}`] = figures;
      print(`${shape === 'big' ? 'replies of 64 KiB' : 'replies as streams'}: ${JSON.stringify(figures)}`);
    }
    return summary;
  };
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
  readonly headers: IncomingMessage['headers'];
}

const keptAlive = new Agent({ keepAlive: true, maxSockets: 64 });

function post(url: string, headers: Record<string, string>, body: string): Promise<Reply> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { agent: keptAlive, method: 'POST', headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          tookMs: performance.now() - begun,
          headers: reply.headers,
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const endpointOf = (ground: Ground, key: BenchKey) =>
  `${ground.stack.workerUrls[0]}/${key.tenant}/main/key/mcp`;

function list(ground: Ground, key: BenchKey): Promise<Reply> {
  const headers = { ...modern, 'mcp-method': 'tools/list', authorization: `Bearer ${key.secret}` };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } });
  return post(endpointOf(ground, key), headers, body);
}

async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await isDone().catch(() => false)); await sleep(100))
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
}

/** `tools/list` over 30 servers: again and again, and first thing after the worker began anew. */
export async function measureLists(ground: Ground): Promise<Record<string, number>> {
  const plan = {
    prefix: 'lists',
    tenants: 1,
    serversPerTenant: 30,
    toolsPerServer: 20,
    policiesPerTenant: 50,
    conditionalPolicies: 10,
    keys: 4,
  };
  const [key] = await seedBench(ground.stack.adminUrl, plan, ground.upstreamPort, forbiddenTool);
  if (!key) throw new Error('no keys were seeded');
  await until('the lists', async () => (await list(ground, key)).status === 200);
  const warm = [];
  for (let n = 0; n < (ground.isQuick ? 50 : 500); n += 1) warm.push(await list(ground, key));
  const cold: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { pid } = (await (await fetch(`${ground.stack.workerUrls[0]}/healthz`)).json()) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const isReady = async () => (await fetch(`${ground.stack.workerUrls[0]}/readyz`)).ok;
    await sleep(300);
    await until('a new worker', isReady);
    cold.push((await list(ground, key)).tookMs);
  }
  const tools =
    (JSON.parse(warm[0]?.text ?? '{}') as { result?: { tools?: unknown[] } }).result?.tools?.length ?? 0;
  const sorted = Float64Array.from(warm, (reply) => reply.tookMs).sort();
  const figures = {
    servers: 30,
    tools,
    bytes: warm[0]?.text.length ?? 0,
    warm_p50_ms: fixed(quantile(sorted, 0.5)),
    warm_p99_ms: fixed(quantile(sorted, 0.99)),
    cold_ms: fixed(median(cold)),
  };
  ground.print(`tools/list over 30 servers: ${JSON.stringify(figures)}`);
  return figures;
}

/** A stream that stays open; resolves with its request once its head has come. */
async function openStream(
  agent: Agent,
  url: string,
  method: 'GET' | 'POST',
  headers: Record<string, string>,
  body?: string,
): Promise<{ readonly status: number; end(): void }> {
  const outgoing = send(url, { agent, method, headers });
  outgoing.end(body);
  const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
  reply.on('error', () => {});
  reply.resume();
  return { status: reply.statusCode ?? 0, end: () => outgoing.destroy() };
}

const legacyOpening = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
});
const listenBody = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'subscriptions/listen',
  params: { notifications: { toolsListChanged: true }, _meta: meta },
});
const legacyHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** Opens a session and its stream, or a modern stream, at turns; gives how to close it. */
async function openOne(ground: Ground, agent: Agent, key: BenchKey, at: number) {
  const authorization = `Bearer ${key.secret}`;
  const url = endpointOf(ground, key);
  const opened = await post(url, { ...legacyHeaders, authorization }, legacyOpening);
  if (opened.status !== 200) throw new Error(`initialize: ${opened.status} ${opened.text}`);
  if (at % 2 === 0) {
    const session = {
      authorization,
      accept: 'text/event-stream',
      'mcp-session-id': String(opened.headers['mcp-session-id']),
      'mcp-protocol-version': '2025-11-25',
    };
    return openStream(agent, url, 'GET', session);
  }
  const headers = { ...modern, 'mcp-method': 'subscriptions/listen', authorization };
  return openStream(agent, url, 'POST', headers, listenBody);
}

/** 5,000 sessions, and as many streams open at once on one worker, with calls beside them. */
export async function measureStreams(ground: Ground): Promise<Record<string, number>> {
  const wanted = ground.isQuick ? 300 : 5_000;
  const plan = {
    prefix: 'open',
    tenants: 10,
    serversPerTenant: 10,
    toolsPerServer: 20,
    policiesPerTenant: 2,
    conditionalPolicies: 0,
    keys: Math.ceil(wanted / 25),
  };
  const keys = await seedBench(ground.stack.adminUrl, plan, ground.upstreamPort, forbiddenTool);
  for (const key of keys) await until('the tenants', async () => (await list(ground, key)).status === 200);
  const before = (await ground.usage()).rssBytes;
  const port = Number(new URL(ground.stack.workerUrls[0] ?? '').port);
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const open: { status: number; end(): void }[] = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < wanted; at = next++)
      open.push(await openOne(ground, agent, keys[at % keys.length] as BenchKey, at));
  };
  await Promise.all(Array.from({ length: 32 }, lane));
  const errors = open.filter(({ status }) => status !== 200).length;
  const during = (await ground.usage()).rssBytes;
  const calls = await runLoad(port, inFlight, ground.isQuick ? 200 : 4_000, () => goodShot(keys));
  const after = (await ground.usage()).rssBytes;
  for (const stream of open) stream.end();
  const mb = (bytes: number) => fixed(bytes / 1024 / 1024, 0);
  const figures = {
    sessions: wanted,
    streams: open.length,
    errors: errors + calls.wrong.length,
    rss_before_mb: mb(before),
    rss_open_mb: mb(during),
    rss_after_calls_mb: mb(after),
    calls_p50_ms: fixed(quantile(calls.latenciesMs, 0.5)),
  };
  ground.print(`sessions and streams open at once: ${JSON.stringify(figures)}`);
  return figures;
}
