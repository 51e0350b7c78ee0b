import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callTool, refusalCode } from '../agent-call.ts';
import { eventually } from '../eventually.ts';
import { callReceipts, raiseRateLimit } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';

const kills = 50;
const callsPerSecond = 200;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  await raiseRateLimit(stack.adminUrl, 'demo');
});
afterAll(() => stack?.stop());

/** Park–Miller: a printed seed gives the same kills again. */
function randomFrom(start: number): () => number {
  let state = (start % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

async function workerPid(url: string): Promise<number | undefined> {
  const reply = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  if (!reply?.ok) return undefined;
  return ((await reply.json()) as { pid: number }).pid;
}

interface LoadCounts {
  sent: number;
  answered: number;
  cut: number;
  /** Codes of what a living worker refused. */
  readonly refused: string[];
}

/** Open loop: a call every 5 ms whatever becomes of the earlier ones. Returns how each ended. */
function startLoad(): { stop: () => Promise<LoadCounts> } {
  const running = new Set<Promise<void>>();
  const counts: LoadCounts = { sent: 0, answered: 0, cut: 0, refused: [] };
  const timer = setInterval(() => {
    counts.sent += 1;
    const call = callTool(stack.endpoint, stack.key, 'demo__add', { a: counts.sent, b: 1 })
      .then((reply) => {
        const code = refusalCode(reply);
        if (code === undefined) counts.answered += 1;
        else counts.refused.push(code);
      })
      .catch(() => {
        counts.cut += 1;
      })
      .finally(() => running.delete(call));
    running.add(call);
  }, 1000 / callsPerSecond);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
      return counts;
    },
  };
}

it(`loses nothing over ${kills} kills -9 of workers under ${callsPerSecond} calls/s`, async () => {
  console.info(`seed ${seed} (SEED=${seed} repeats it)`);
  const random = randomFrom(seed);
  await eventually('the raised limit is live', async () => {
    const replies = await Promise.all(
      Array.from({ length: 5 }, (_, a) =>
        callTool(stack.endpoint, stack.key, 'demo__add', { a: -a - 1, b: 1 }),
      ),
    );
    return replies.every((reply) => refusalCode(reply) === undefined);
  });
  const since = performance.now();
  const load = startLoad();
  for (let kill = 0; kill < kills; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100 + random() * 500));
    const url = stack.workerUrls[Math.floor(random() * stack.workerUrls.length)] ?? '';
    const pid = await eventually(`a live worker at ${url}`, () => workerPid(url));
    process.kill(pid, 'SIGKILL');
  }
  const counts = await load.stop();
  const seconds = Math.round((performance.now() - since) / 1000);
  console.info(
    `sent ${counts.sent} in ${seconds} s, answered ${counts.answered}, cut ${counts.cut}, refused ${counts.refused.length} (${[...new Set(counts.refused)].join(', ')})`,
  );
  await Promise.all(stack.workerUrls.map((url) => eventually('every worker is back', () => workerPid(url))));

  const history = (await (await fetch(`${stack.demoUrl}/history`)).json()) as
    | { calls?: { tool: string; arguments: unknown }[] }
    | { tool: string; arguments: unknown }[];
  const calls = Array.isArray(history) ? history : (history.calls ?? []);
  const reached = calls
    .filter((call) => call.tool === 'add')
    .map((call) => createHash('sha256').update(JSON.stringify(call.arguments)).digest('hex'));
  const receipts = await eventually(
    'every intent has its outcome in Postgres',
    async () => {
      const rows = (await callReceipts(stack.adminUrl, 'demo')).filter(
        (row) => row.tool_name === 'demo__add',
      );
      const intents = rows.filter((row) => row.phase === 'intent');
      const outcomes = new Set(rows.filter((row) => row.phase === 'outcome').map((row) => row.call_id));
      const open = intents.filter((row) => !outcomes.has(row.call_id)).length;
      if (intents.length < reached.length || open > 0)
        throw new Error(
          `${reached.length} reached the upstream, ${intents.length} intents, ${open} without outcome`,
        );
      return rows;
    },
    60_000,
  );
  const intents = receipts.filter((row) => row.phase === 'intent');
  const outcomes = receipts.filter((row) => row.phase === 'outcome');
  const intended = new Set(intents.map((row) => row.args_digest));
  console.info(
    `upstream saw ${reached.length}, intents ${intents.length}, outcomes ${outcomes.length}, unknown ${outcomes.filter((row) => row.outcome === 'unknown').length}`,
  );
  expect(counts.answered).toBeGreaterThan(kills);
  expect(reached.filter((digest) => !intended.has(digest))).toEqual([]);
  expect(new Set(intents.map((row) => row.call_id)).size).toBe(intents.length);
  expect(new Set(outcomes.map((row) => row.call_id)).size).toBe(outcomes.length);
  expect(outcomes.filter((row) => row.outcome === 'ok').length).toBeGreaterThanOrEqual(counts.answered);
});
