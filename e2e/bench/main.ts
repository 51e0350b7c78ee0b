import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { type Stack, startStack } from '../stack.ts';
import { runLoad } from './load.ts';
import { measureLists, measureShapes, measureStreams } from './parts.ts';
import { type BenchKey, type BenchPlan, seedBench } from './seed.ts';
import { forbiddenTool, governedShot, plainShot } from './shots.ts';
import { measureSmallHeap } from './small-heap.ts';
import { stageShares } from './stage-shares.ts';
import { type Cell, quantile, report } from './stats.ts';
import { type Target, type Usage, workerUsage } from './target.ts';

const plan: BenchPlan = {
  tenants: 20,
  serversPerTenant: 10,
  toolsPerServer: 20,
  policiesPerTenant: 50,
  conditionalPolicies: 10,
  keys: 64,
};
const levels = [1, 16, 64] as const;
const rounds = 3;
/** Calls per cell; enough for a p99 that is not one sample. `--quick` is for a smoke test only. */
const isQuick = process.argv.includes('--quick');
const callsAt = (inFlight: number) => (isQuick ? 300 : inFlight === 1 ? 2_000 : 8_000);
const print = (line: string) => process.stdout.write(`${line}\n`);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function ask<T>(child: ChildProcess): Promise<T> {
  const reply = once(child, 'message');
  child.send('report');
  return (await reply)[0] as T;
}

async function measure(
  target: Target,
  inFlight: number,
  count: number,
): Promise<{ cell: Cell; sent: number }> {
  const before = await target.usage();
  const load = await runLoad(target.port, inFlight, count, target.next);
  const after = await target.usage();
  if (load.wrong.length > 0)
    throw new Error(`${target.name}: ${load.wrong.length} wrong replies, first: ${load.wrong[0]}`);
  return {
    sent: load.sent,
    cell: {
      target: target.name,
      inFlight,
      p50: quantile(load.latenciesMs, 0.5),
      p95: quantile(load.latenciesMs, 0.95),
      p99: quantile(load.latenciesMs, 0.99),
      callsPerS: (load.sent / load.wallMs) * 1000,
      cpuUs: (after.cpuUs - before.cpuUs) / load.sent,
      rssMb: after.rssBytes / 1024 / 1024,
    },
  };
}

/** Every call that was sent has exactly one outcome in Postgres, the refused ones with their code. */
async function checkReceipts(stack: Stack, sent: number): Promise<void> {
  const db = new Client({ connectionString: stack.adminUrl });
  await db.connect();
  try {
    const deadline = Date.now() + 120_000;
    for (;;) {
      const { rows } = await db.query<{ total: number; denied: number; invalid: number; usage: number }>(
        `SELECT count(*)::int AS total,
                count(*) FILTER (WHERE r.code = 'denied')::int AS denied,
                count(*) FILTER (WHERE r.code = 'invalid_arguments')::int AS invalid,
                (SELECT coalesce(sum(u.calls), 0)::int FROM usage_hour u JOIN tenant t ON t.id = u.tenant_id WHERE t.slug LIKE 'bench-%') AS usage
           FROM receipt r JOIN tenant t ON t.id = r.tenant_id
          WHERE t.slug LIKE 'bench-%' AND r.phase = 'outcome'`,
      );
      const found = rows[0] ?? { total: 0, denied: 0, invalid: 0, usage: 0 };
      if (found.total === sent && found.usage === sent) {
        print(
          `receipts in Postgres: ${found.total} = calls sent; usage ${found.usage}; denied ${found.denied}, invalid ${found.invalid}`,
        );
        if (found.denied === 0 || found.invalid === 0)
          throw new Error('the forbidden or invalid calls left no receipt');
        return;
      }
      if (Date.now() > deadline)
        throw new Error(
          `receipts ${found.total} and usage ${found.usage} differ from the ${sent} calls sent`,
        );
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  } finally {
    await db.end();
  }
}

/** Calls once per key until the tenant's first snapshot is live; every probe that got through counts as sent. */
async function waitUntilServed(stack: Stack, keys: readonly BenchKey[]): Promise<number> {
  let sent = 0;
  const deadline = Date.now() + 60_000;
  for (const key of keys) {
    for (;;) {
      const shot = governedShot([key]);
      const reply = await fetch(`${stack.workerUrls[0]}${shot.path}`, {
        method: 'POST',
        headers: shot.headers,
        body: shot.body,
      });
      await reply.text();
      if (reply.status !== 401 && reply.status !== 503) {
        sent += 1;
        if (reply.status === 200) break;
      }
      if (Date.now() > deadline) throw new Error(`tenant ${key.tenant} is not served: HTTP ${reply.status}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return sent;
}

async function run(stack: Stack): Promise<Record<string, unknown>> {
  const upstream = fork(here('echo-upstream.ts'), [String(plan.toolsPerServer)]);
  const [{ port: upstreamPort }] = (await once(upstream, 'message')) as [{ port: number }];
  const proxy = fork(here('bare-proxy.ts'), [String(upstreamPort)]);
  const [{ port: proxyPort }] = (await once(proxy, 'message')) as [{ port: number }];
  try {
    const keys = await seedBench(stack.adminUrl, plan, upstreamPort, forbiddenTool);
    let sent = await waitUntilServed(stack, keys);
    const nothing: Usage = { cpuUs: 0, rssBytes: 0 };
    const targets: readonly Target[] = [
      { name: 'direct', port: upstreamPort, next: () => plainShot(), usage: async () => nothing },
      { name: 'bare', port: proxyPort, next: () => plainShot(), usage: () => ask<Usage>(proxy) },
      {
        name: 'sallyport',
        port: Number(new URL(stack.workerUrls[0] ?? '').port),
        next: () => governedShot(keys),
        usage: () => workerUsage(stack),
      },
    ];
    const cells: Cell[] = [];
    const once_ = async (target: Target, inFlight: number, count: number, isKept: boolean) => {
      const result = await measure(target, inFlight, count);
      if (target.name === 'sallyport') sent += result.sent;
      if (isKept) cells.push(result.cell);
    };
    for (const target of targets) await once_(target, 16, isQuick ? 200 : 6_000, false);
    for (let round = 0; round < rounds; round += 1)
      for (const inFlight of levels)
        for (const target of targets) await once_(target, inFlight, callsAt(inFlight), true);
    await checkReceipts(stack, sent);
    const [, bare, ours] = targets;
    if (!bare || !ours) throw new Error('a target is missing');
    const shapes = await measureShapes({
      bare,
      ours,
      keys,
      rounds,
      count: callsAt(16) / (isQuick ? 1 : 4),
      measure,
    });
    const shares = await stageShares(stack.adminUrl);
    for (const line of shares.lines) print(line);
    const ground = { stack, upstreamPort, isQuick, print, usage: ours.usage };
    const lists = await measureLists(ground);
    const streams = await measureStreams(ground);
    return { ...report(cells, levels, print), ...shapes(print), stages_us: shares.summary, lists, streams };
  } finally {
    upstream.kill();
    proxy.kill();
  }
}

const stack = await startStack({ workers: 1 });
let summary: Record<string, unknown> = {};
try {
  summary = await run(stack);
} catch (error) {
  print(`bench failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await stack.stop();
}
if (process.exitCode === undefined) {
  try {
    const count = isQuick ? 2_000 : 100_000;
    print(
      JSON.stringify({
        ...summary,
        small_heap: await measureSmallHeap({ calls: count, sessions: count, print }),
      }),
    );
  } catch (error) {
    print(`bench failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
