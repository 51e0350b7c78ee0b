import { startTestRedis, type TestRedis } from '@sallyport/testkit';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  keys,
  publishWorkerReport,
  readWorkerReports,
  removeWorkerReport,
  reportLimits,
  type StreamReport,
  type TenantReport,
} from './index.ts';

const a = '01920000-0000-7000-8000-00000000000a';
const b = '01920000-0000-7000-8000-00000000000b';
const stream = (openedAt: number): StreamReport => ({
  id: `s${openedAt}`,
  kind: 'listen',
  endpointId: 'e',
  keyId: 'k',
  client: 'probe/1',
  version: '2026-07-28',
  openedAt,
});
const reportOf = (streams: readonly StreamReport[]): TenantReport => ({
  upstreams: [],
  streams: [...streams],
  streamCount: streams.length,
  sessions: [],
  sessionCount: 0,
});

describe('worker reports', () => {
  let server: TestRedis;
  let redis: Redis;
  beforeAll(async () => {
    server = await startTestRedis();
    redis = server.connect();
    await redis.sadd(keys.workers, 'w0', 'w1');
  });
  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });

  it('give one tenant what the workers say of it, and nothing of another', async () => {
    const tenants = new Map([
      [a, reportOf([stream(1)])],
      [b, reportOf([stream(2), stream(3)])],
    ]);
    await publishWorkerReport(redis, { workerId: 'w0', atMs: 1_000, tenants });
    await publishWorkerReport(redis, { workerId: 'w1', atMs: 1_000, tenants: new Map() });
    const found = await readWorkerReports(redis, { tenantId: a, nowMs: 2_000 });
    expect(found.map(({ workerId, report }) => [workerId, report.streams.map(({ id }) => id)])).toEqual([
      ['w0', ['s1']],
    ]);
  });

  it('are bounded: the newest stay, long texts are cut, the count is whole', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) => ({ ...stream(i), client: 'x'.repeat(5_000) }));
    const tenants = new Map([[a, reportOf(many)]]);
    await publishWorkerReport(redis, { workerId: 'w0', atMs: 1_000, tenants });
    const [found] = await readWorkerReports(redis, { tenantId: a, nowMs: 2_000 });
    expect(found?.report.streams).toHaveLength(reportLimits.streams);
    expect(found?.report.streamCount).toBe(1_000);
    expect(found?.report.streams[0]).toMatchObject({ id: 's999', client: 'x'.repeat(300) });
  });

  it('fade, also where the clock of Redis says otherwise, and go with their worker', async () => {
    await publishWorkerReport(redis, { workerId: 'w0', atMs: 1_000, tenants: new Map([[a, reportOf([])]]) });
    expect(await redis.pttl(keys.report('w0'))).toBeGreaterThan(0);
    expect(await readWorkerReports(redis, { tenantId: a, nowMs: 20_000 })).toEqual([]);
    await removeWorkerReport(redis, 'w0');
    expect(await redis.exists(keys.report('w0'))).toBe(0);
  });

  it('that are rubbish are left out', async () => {
    await redis.hset(keys.report('w0'), { at: '1000', [`t:${a}`]: '{"streams":1}' });
    expect(await readWorkerReports(redis, { tenantId: a, nowMs: 1_000 })).toEqual([]);
  });
});
