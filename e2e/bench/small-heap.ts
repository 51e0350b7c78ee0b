import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startStack } from '../stack.ts';
import { runLoad, type Shot } from './load.ts';
import { type BenchKey, seedBench } from './seed.ts';
import { forbiddenTool, goodShot } from './shots.ts';
import { workerUsage } from './target.ts';

const heapMb = 200;
const plan = {
  tenants: 20,
  serversPerTenant: 10,
  toolsPerServer: 20,
  policiesPerTenant: 50,
  conditionalPolicies: 10,
  keys: 64,
};

const opening = (key: BenchKey): Shot => ({
  path: `/${key.tenant}/main/key/mcp`,
  headers: {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${key.secret}`,
  },
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'gone', version: '1' } },
  }),
  expect: 'ok',
});

/** Calls, and sessions that are opened and never used again, in a worker whose heap may not grow beyond 200 MB. */
export async function measureSmallHeap(input: {
  readonly calls: number;
  readonly sessions: number;
  readonly print: (line: string) => void;
}): Promise<Record<string, number>> {
  const upstream = fork(fileURLToPath(new URL('echo-upstream.ts', import.meta.url)), [
    String(plan.toolsPerServer),
  ]);
  const [{ port: upstreamPort }] = (await once(upstream, 'message')) as [{ port: number }];
  const stack = await startStack({ workers: 1, env: { WORKER_HEAP_MB: String(heapMb) } });
  try {
    const keys = await seedBench(stack.adminUrl, plan, upstreamPort, forbiddenTool);
    const port = Number(new URL(stack.workerUrls[0] ?? '').port);
    await untilServed(port, keys);
    const pidOf = async () =>
      ((await (await fetch(`${stack.workerUrls[0]}/healthz`)).json()) as { pid: number }).pid;
    const pid = await pidOf();
    const calls = await runLoad(port, 16, input.calls, () => goodShot(keys));
    const afterCalls = await workerUsage(stack);
    let at = 0;
    const sessions = await runLoad(port, 16, input.sessions, () => {
      at += 1;
      return opening(keys[at % keys.length] as BenchKey);
    });
    const afterSessions = await workerUsage(stack);
    const again = await runLoad(port, 16, Math.min(2_000, input.calls), () => goodShot(keys));
    const figures = {
      heap_limit_mb: heapMb,
      calls: calls.sent,
      sessions: sessions.sent,
      errors: calls.wrong.length + sessions.wrong.length + again.wrong.length,
      worker_died: (await pidOf()) === pid ? 0 : 1,
      rss_after_calls_mb: Math.round(afterCalls.rssBytes / 1024 / 1024),
      rss_after_sessions_mb: Math.round(afterSessions.rssBytes / 1024 / 1024),
    };
    for (const wrong of [...calls.wrong, ...sessions.wrong].slice(0, 2)) input.print(wrong);
    input.print(`calls and abandoned sessions under a small heap: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    upstream.kill();
    await stack.stop();
  }
}

async function untilServed(port: number, keys: readonly BenchKey[]): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const statusOf = (shot: Shot) =>
    new Promise<number>((resolve) => {
      const { path, headers, body } = shot;
      const outgoing = send({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode ?? 0));
      });
      outgoing.on('error', () => resolve(0));
      outgoing.end(body);
    });
  const deadline = Date.now() + 60_000;
  for (const key of keys)
    while ((await statusOf(goodShot([key]))) !== 200) {
      if (Date.now() > deadline) throw new Error(`tenant ${key.tenant} is not served`);
      await sleep(100);
    }
  agent.destroy();
}
