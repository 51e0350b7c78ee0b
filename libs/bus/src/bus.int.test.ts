import { snapshotLimits } from '@sallyport/snapshot';
import { startTestRedis, type TestRedis, waitUntil } from '@sallyport/testkit';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConfigWatch,
  connectRedis,
  type JobPayload,
  keys,
  openJobQueue,
  openJobWorker,
  publishEnvelope,
  publishLive,
  publishRevocations,
  readAcks,
  readEnvelope,
  readHeads,
  removeAck,
  restoreRevocations,
  subscribeLive,
  untilReady,
  watchConfig,
  writeAck,
} from './index.ts';

const tenantA = '00000000-0000-7000-8000-00000000000a';
const tenantB = '00000000-0000-7000-8000-00000000000b';

let server: TestRedis;
let redis: Redis;
const closing: (() => void | Promise<void>)[] = [];
const ignore = () => {};

beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server.close());
beforeEach(async () => {
  redis = connectRedis({ url: server.url, kind: 'command', name: 'test', onError: ignore });
  await untilReady(redis, 5_000);
  await redis.flushall();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  redis.disconnect();
});

function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  return waitUntil(what, 10_000, async () => {
    if (!(await check())) throw new Error('not yet');
  });
}

/** Collects what a watch hands on. */
function startWatch() {
  const heads: ReadonlyMap<string, number>[] = [];
  const marks: string[] = [];
  const watch: ConfigWatch = watchConfig({
    url: server.url,
    name: 'test-watch',
    intervalMs: 200,
    onHeads: (seen) => {
      heads.push(seen);
    },
    onRevocations: (texts) => {
      marks.push(...texts);
    },
    onError: ignore,
  });
  closing.push(() => watch.stop());
  return { watch, heads, marks };
}

describe('connectRedis', () => {
  it('fails a command at once while Redis is gone, and works again afterwards', async () => {
    await server.stop();
    const before = Date.now();
    await expect(redis.get('x')).rejects.toThrow();
    expect(Date.now() - before).toBeLessThan(2_000);
    await server.restart();
    await untilReady(redis, 10_000);
    expect(await redis.get('x')).toBeNull();
  });
});

describe('envelopes', () => {
  it('are published with head, log entry and text together', async () => {
    await publishEnvelope(redis, { tenantId: tenantA, version: 3, text: '{"version":3}' });
    expect(await readHeads(redis)).toEqual(new Map([[tenantA, 3]]));
    expect(await readEnvelope(redis, tenantA)).toEqual({ kind: 'found', text: '{"version":3}' });
    expect(await redis.xlen(keys.configLog)).toBe(1);
    expect(await readEnvelope(redis, tenantB)).toEqual({ kind: 'missing' });
  });

  it('larger than allowed are measured, not read', async () => {
    const bytes = snapshotLimits.maxEnvelopeBytes + 1;
    await redis.set(keys.envelope(tenantA), 'x'.repeat(bytes));
    const read = await readEnvelope(redis, tenantA);
    expect(read.kind === 'oversized' && read.bytes).toBe(bytes);
  });

  it('leaves out heads that are no version', async () => {
    await redis.hset(keys.heads, { [tenantA]: 'NaN', [tenantB]: '7' });
    expect(await readHeads(redis)).toEqual(new Map([[tenantB, 7]]));
  });
});

describe('watchConfig', () => {
  it('sees a publication, also one whose log entry and wake-up were lost', async () => {
    const { heads } = startWatch();
    await publishEnvelope(redis, { tenantId: tenantA, version: 1, text: '{}' });
    await eventually('version 1', () => heads.at(-1)?.get(tenantA) === 1);
    await redis.hset(keys.heads, tenantA, '2');
    await eventually('version 2', () => heads.at(-1)?.get(tenantA) === 2);
  });

  it('hands on marks from before its start, new ones, and restored lists', async () => {
    await publishRevocations(redis, { tenantId: tenantA, active: ['a1'], appended: ['a1'] });
    const { marks } = startWatch();
    await eventually('the old mark', () => marks.includes('a1'));
    await publishRevocations(redis, { tenantId: tenantA, active: ['a1', 'a2'], appended: ['a2'] });
    await eventually('the new mark', () => marks.includes('a2'));
    await redis.flushall();
    await restoreRevocations(redis, { tenantId: tenantB, active: ['b1', 'b2'] });
    await eventually('the restored list', () => marks.includes('b1') && marks.includes('b2'));
  });

  it('goes on after Redis was stopped and came back empty', async () => {
    const { heads, marks } = startWatch();
    await publishEnvelope(redis, { tenantId: tenantA, version: 1, text: '{}' });
    await eventually('version 1', () => heads.at(-1)?.get(tenantA) === 1);
    await server.stop();
    await server.restart();
    await untilReady(redis, 10_000);
    await publishEnvelope(redis, { tenantId: tenantA, version: 2, text: '{}' });
    await publishRevocations(redis, { tenantId: tenantA, active: ['m'], appended: ['m'] });
    await eventually('version 2 and the mark', () => heads.at(-1)?.get(tenantA) === 2 && marks.includes('m'));
  });

  it('survives rubbish in the revocation keys', async () => {
    await redis.hset(keys.revocations, tenantA, '{"not":"a list"}');
    await redis.xadd(keys.revocationLog, '*', 'z', 'rubbish');
    const { marks } = startWatch();
    await publishRevocations(redis, { tenantId: tenantB, active: ['ok'], appended: ['ok'] });
    await eventually('the good mark', () => marks.includes('ok'));
    expect(new Set(marks)).toEqual(new Set(['ok']));
  });
});

describe('acks', () => {
  const ack = {
    workerId: 'w0',
    bootId: 'b',
    port: 4421,
    isReady: true,
    atMs: 1_000_000,
    tenants: new Map([
      [tenantA, { state: 'live', v: 3, rev: 1 }],
      [tenantB, { state: 'refused', v: 2, rev: 0, reason: 'bad_signature', offered: 4, at: 999 }],
    ] as const),
  } as const;

  it('come back as written, until they are too old or taken away', async () => {
    await writeAck(redis, ack);
    expect(await readAcks(redis, { nowMs: 1_001_000, withinMs: 15_000 })).toEqual([ack]);
    expect(await readAcks(redis, { nowMs: 1_016_000, withinMs: 15_000 })).toEqual([]);
    await removeAck(redis, 'w0');
    expect(await redis.smembers(keys.workers)).toEqual([]);
  });

  it('forgets a worker whose ack has faded', async () => {
    await redis.sadd(keys.workers, 'gone');
    expect(await readAcks(redis, { nowMs: 0, withinMs: 15_000 })).toEqual([]);
    expect(await redis.smembers(keys.workers)).toEqual([]);
  });
});

describe('live events', () => {
  it('reach a subscriber, rubbish does not', async () => {
    const subscriber = connectRedis({ url: server.url, kind: 'subscriber', name: 'live', onError: ignore });
    closing.push(() => subscriber.disconnect());
    const seen: unknown[] = [];
    subscribeLive(subscriber, (event) => seen.push(event), ignore);
    await eventually('the subscription', async () => {
      const [, count] = (await redis.pubsub('NUMSUB', keys.live)) as [string, number];
      return count === 1;
    });
    await redis.publish(keys.live, '{"type":"rubbish"}');
    await publishLive(redis, { tenantId: tenantA, type: 'call', id: 'x' });
    await eventually('the event', () => seen.length === 1);
    expect(seen).toEqual([{ tenantId: tenantA, type: 'call', id: 'x' }]);
  });
});

describe('jobs', () => {
  const payload = { tenantId: tenantA, runId: tenantB };

  it('run once however often a run is enqueued, and the same run can be enqueued again afterwards', async () => {
    const queue = openJobQueue('vet', { url: server.url, onError: ignore });
    closing.push(() => queue.close());
    await queue.enqueue(payload);
    await queue.enqueue(payload);
    expect(await queue.holds(payload.runId)).toBe(true);
    const done: JobPayload<'vet'>[] = [];
    const worker = openJobWorker('vet', {
      url: server.url,
      concurrency: 2,
      onError: ignore,
      process: async (job) => {
        done.push(job);
      },
    });
    closing.push(() => worker.close());
    await eventually('the job', async () => done.length === 1 && !(await queue.holds(payload.runId)));
    await queue.enqueue(payload);
    await eventually('the second round', () => done.length === 2);
    expect(done).toEqual([payload, payload]);
  });

  it('refuses a payload that is none', async () => {
    const queue = openJobQueue('recheck', { url: server.url, onError: ignore });
    closing.push(() => queue.close());
    await expect(queue.enqueue({ tenantId: 'x', runId: 'y' })).rejects.toThrow();
  });

  it('does not wait for a Redis that is gone', async () => {
    const queue = openJobQueue('vet', { url: server.url, onError: ignore });
    closing.push(() => queue.close());
    await queue.holds('none');
    await server.stop();
    const before = Date.now();
    await expect(queue.enqueue(payload)).rejects.toThrow();
    expect(Date.now() - before).toBeLessThan(5_000);
    await server.restart();
  });
});
