import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, startTestRedis, type TestDatabase, type TestRedis } from './index.ts';

describe('createTestDatabase', () => {
  let first: TestDatabase;
  let second: TestDatabase;
  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });
  afterAll(() => Promise.all([first.close(), second.close()]));

  it('gives each caller an empty migrated database of its own', async () => {
    await first.db.withSystem('operator', (tx) => tx.tenant.create({ data: { slug: 'a', name: 'A' } }));
    expect(await first.db.withSystem('operator', (tx) => tx.tenant.count())).toBe(1);
    expect(await second.db.withSystem('operator', (tx) => tx.tenant.count())).toBe(0);
  });
});

describe('startTestRedis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.close());

  it('stops, and starts again empty on the same port', async () => {
    const client = redis.connect();
    client.on('error', () => {});
    await client.set('k', 'v');
    await redis.stop();
    await redis.restart();
    expect(await client.get('k')).toBeNull();
    client.disconnect();
  });
});
