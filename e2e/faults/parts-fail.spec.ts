import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool, refusalCode } from '../agent-call.ts';
import { eventually } from '../eventually.ts';
import { callReceipts } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';

let stack: Stack;
let redis: Redis;
beforeAll(async () => {
  stack = await startStack();
  redis = new Redis(stack.redisUrl, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
});
afterAll(async () => {
  redis?.disconnect();
  await stack?.stop();
});

let marker = 1_000;

/** Calls every worker once and expects each to be served; returns the digests' numbers used. */
async function everyWorkerServes(): Promise<void> {
  for (const url of stack.workerUrls) {
    marker += 1;
    const reply = await callTool(`${url}/demo/main/key/mcp`, stack.key, 'demo__add', { a: marker, b: 1 });
    expect(refusalCode(reply), JSON.stringify(reply.body)).toBeUndefined();
    expect(reply.status).toBe(200);
  }
}

const okReceipts = async () =>
  (await callReceipts(stack.adminUrl, 'demo')).filter(
    (row) => row.phase === 'outcome' && row.outcome === 'ok',
  ).length;

describe('when a part fails', () => {
  it('serves calls while the control plane stands still, and the receipts arrive afterwards', async () => {
    await everyWorkerServes();
    const before = await eventually('the first receipts', async () => (await okReceipts()) || undefined);
    const { 'control-plane': pid = 0 } = stack.pids();
    process.kill(pid, 'SIGSTOP');
    try {
      for (let round = 0; round < 5; round += 1) await everyWorkerServes();
      expect(await okReceipts()).toBeLessThan(before + 10);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually('all receipts', async () => (await okReceipts()) >= before + 10);
  });

  it('serves calls while Postgres restarts, and the receipts arrive afterwards', async () => {
    const before = await okReceipts();
    const { postgres: pid = 0 } = stack.pids();
    process.kill(pid, 'SIGINT');
    for (let round = 0; round < 5; round += 1) await everyWorkerServes();
    await eventually('all receipts', async () => (await okReceipts()) >= before + 10, 45_000);
  });

  it('keeps its configuration when Redis is emptied, and the publisher brings it back', async () => {
    const heads = await redis.hgetall('sp:{cfg}:heads');
    expect(Object.keys(heads).length).toBeGreaterThan(0);
    await redis.flushall();
    await everyWorkerServes();
    await eventually('the heads are back', async () => {
      const now = await redis.hgetall('sp:{cfg}:heads');
      return Object.entries(heads).every(([tenant, version]) => Number(now[tenant] ?? 0) >= Number(version));
    });
    await everyWorkerServes();
  });

  it('serves calls without Redis', async () => {
    const { redis: pid = 0 } = stack.pids();
    process.kill(pid, 'SIGSTOP');
    try {
      for (let round = 0; round < 3; round += 1) await everyWorkerServes();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });
});
