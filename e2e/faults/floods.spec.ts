import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool, refusalCode } from '../agent-call.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { eventually } from '../eventually.ts';
import { callReceipts, query, raiseRateLimit } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';
import {
  type AgentKey,
  createAgentKey,
  createTenant,
  liveEverywhere,
  publishServer,
} from '../tenant-setup.ts';
import { type ModernUpstream, startModernUpstream } from '../upstreams/modern-upstream.ts';

let stack: Stack;
let upstream: ModernUpstream;
let operator: ConsoleSession;
let other: ConsoleSession;
let agent: AgentKey;

beforeAll(async () => {
  // 4 MB of spool per worker: a tenant's share is an eighth of it.
  stack = await startStack({ env: { SPOOL_LIMIT_MB: '4', ANON_WINDOW_MS: '500' } });
  upstream = await startModernUpstream();
  operator = await signIn(stack.consoleUrl, await stack.loginLink());
  await operator.run('allowPrivateOrigin', { origin: `127.0.0.1:${upstream.port}` });
  other = await createTenant(stack, operator, 'other');
  await publishServer(other, 'Theirs', upstream.url);
  agent = await createAgentKey(other, 'Bystander');
  await raiseRateLimit(stack.adminUrl, 'demo');
  await raiseRateLimit(stack.adminUrl, 'other');
  await Promise.all([liveEverywhere(operator), liveEverywhere(other)]);
});
afterAll(async () => {
  await upstream?.close();
  await stack?.stop();
});

const path = (endpoint: string) => new URL(endpoint).pathname;
let bystanders = 0;

/** The other tenant calls every worker in turn, at a steady pace, until told to stop; every call must be served. */
function startBystander(): { stop(): Promise<{ calls: number; p50: number; p99: number }> } {
  const times: number[] = [];
  const refused: unknown[] = [];
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const base = stack.workerUrls[bystanders % stack.workerUrls.length] ?? '';
      bystanders += 1;
      const since = performance.now();
      const reply = await callTool(`${base}${path(agent.endpoint)}`, agent.key, 'theirs__echo', {
        text: `bystander ${bystanders}`,
      });
      times.push(performance.now() - since);
      if (refusalCode(reply) !== undefined || reply.status !== 200) refused.push([reply.status, reply.body]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await running;
      expect(refused).toEqual([]);
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
      return { calls: times.length, p50: at(0.5), p99: at(0.99) };
    },
  };
}

const shown = ({ calls, p50, p99 }: { calls: number; p50: number; p99: number }) =>
  `${calls} calls, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** From a process of its own, so that what the bystander waits for is the gateway and not this test. */
async function floodOfStrangers(lastingMs: number): Promise<Readonly<Record<string, number>>> {
  const script = fileURLToPath(new URL('stranger-flood.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    stack.endpoint,
    String(lastingMs),
    '32',
  ]);
  return JSON.parse(stdout);
}

async function anonymous(): Promise<{ total: number; rows: number }> {
  const [row] = await query<{ total: string; rows: string }>(
    stack.adminUrl,
    "SELECT coalesce(sum(count), 0) AS total, count(*) AS rows FROM anonymous_refusal WHERE code = 'unauthenticated'",
  );
  return { total: Number(row?.total), rows: Number(row?.rows) };
}

const outcomesOf = async (tenant: string, outcome: string) =>
  (await callReceipts(stack.adminUrl, tenant)).filter(
    (row) => row.phase === 'outcome' && row.outcome === outcome && row.tool_name !== null,
  ).length;

describe('floods', () => {
  it('of strangers cost a tenant nothing, and all of them are counted in a few rows', async () => {
    const calm = startBystander();
    await pause(1_500);
    const before = await calm.stop();
    const counted = await anonymous();
    const bystander = startBystander();
    const statuses = await floodOfStrangers(4_000);
    const sent = statuses['401'] ?? 0;
    const during = await bystander.stop();
    expect(Object.keys(statuses)).toEqual(['401']);
    console.info(`calm: ${shown(before)}; under ${sent} anonymous requests: ${shown(during)}`);
    await eventually('all are counted', async () => (await anonymous()).total >= counted.total + sent);
    const now = await anonymous();
    expect(now.total).toBe(counted.total + sent);
    const rows = now.rows - counted.rows;
    console.info(`${sent} refusals in ${rows} rows`);
    expect(rows).toBeLessThan(40);
  });

  it('of one tenant that fills its share of the spool stop that tenant alone, and nothing is lost', async () => {
    const okBefore = await outcomesOf('demo', 'ok');
    const theirsBefore = upstream.calls().length;
    const { 'control-plane': controlPlane = 0 } = stack.pids();
    let answered = 0;
    let refused = 0;
    let summary = '';
    process.kill(controlPlane, 'SIGSTOP');
    try {
      const bystander = startBystander();
      for (const base of stack.workerUrls) {
        let isFull = false;
        const fill = async () => {
          while (!isFull) {
            const reply = await callTool(`${base}${path(stack.endpoint)}`, stack.key, 'demo__add', {
              a: answered,
              b: 1,
            });
            const code = refusalCode(reply);
            if (code === undefined) answered += 1;
            else {
              expect({ code, status: reply.status }, JSON.stringify(reply.body)).toEqual({
                code: 'audit_unavailable',
                status: 503,
              });
              refused += 1;
              isFull = true;
            }
          }
        };
        await Promise.all(Array.from({ length: 16 }, fill));
      }
      summary = shown(await bystander.stop());
    } finally {
      process.kill(controlPlane, 'SIGCONT');
    }
    console.info(`the flooded tenant: ${answered} answered, then ${refused} refused; the other: ${summary}`);
    expect(answered).toBeGreaterThan(100);
    expect(refused).toBeGreaterThanOrEqual(stack.workerUrls.length);
    const theirs = upstream.calls().length - theirsBefore;
    await eventually(
      'every answered call has its receipt',
      async () => {
        const [ok, others] = [await outcomesOf('demo', 'ok'), await outcomesOf('other', 'ok')];
        return ok >= okBefore + answered && others >= theirs;
      },
      45_000,
    );
    expect(await outcomesOf('demo', 'ok')).toBe(okBefore + answered);
    expect(await outcomesOf('other', 'ok')).toBe(upstream.calls().length);
    await expectPaired();
  });

  it('end: the flooded tenant is served again', async () => {
    for (const base of stack.workerUrls) {
      await eventually('room again', async () => {
        const reply = await callTool(`${base}${path(stack.endpoint)}`, stack.key, 'demo__add', {
          a: 1,
          b: 1,
        });
        return refusalCode(reply) === undefined;
      });
    }
  });
});

/** Every intent has exactly one outcome. */
async function expectPaired(): Promise<void> {
  const odd = await query(
    stack.adminUrl,
    `SELECT call_id, count(*) FILTER (WHERE phase = 'intent') AS intents, count(*) FILTER (WHERE phase = 'outcome') AS outcomes
       FROM receipt WHERE kind = 'call' GROUP BY call_id
      HAVING count(*) FILTER (WHERE phase = 'outcome') <> 1 OR count(*) FILTER (WHERE phase = 'intent') > 1`,
  );
  expect(odd).toEqual([]);
}
