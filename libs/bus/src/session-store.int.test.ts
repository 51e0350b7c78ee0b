import { startTestRedis, type TestRedis, waitUntil } from '@sallyport/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testSealer } from './__fixtures__/test-sealer.ts';
import { createSessionStore, keys, type SessionStore, sessionLimits } from './index.ts';

let server: TestRedis;
let store: SessionStore;
const session = { nonce: 'nonce-a', expiresAtMs: Date.now() + 60_000 };
const other = { nonce: 'nonce-b', expiresAtMs: Date.now() + 60_000 };

const openStore = () =>
  createSessionStore({
    url: server.url,
    name: 'test',
    sealer: testSealer(),
    nowMs: Date.now,
    onError: () => {},
  });

beforeAll(async () => {
  server = await startTestRedis();
  store = openStore();
  await waitUntil('the store', 10_000, () => store.ended());
});
beforeEach(async () => {
  const redis = server.connect();
  await redis.flushall();
  redis.disconnect();
});
afterAll(async () => {
  store.close();
  await server.close();
});

it('keeps what workers share of a session, sealed, and never shows it to another', async () => {
  await store.setLevel(session, 'warning');
  await store.setProfile(session, { client: 'x' });
  await store.putUpstream(session, 'srv', 'upstream-session-canary');
  expect(await store.subscribe(session, 'file:///canary')).toBe('done');
  expect(await store.getLevel(session)).toBe('warning');
  expect(await store.getProfile(session)).toEqual({ client: 'x' });
  expect(await store.getUpstream(session, 'srv')).toBe('upstream-session-canary');
  expect(await store.subscriptions(session)).toEqual(['file:///canary']);
  expect(await store.getLevel(other)).toBeUndefined();
  expect(await store.subscriptions(other)).toEqual([]);
  const redis = server.connect();
  const key = keys.session(store.idOf(session.nonce));
  const raw = JSON.stringify(await redis.hgetall(key)) + JSON.stringify(await redis.keys('*'));
  expect(raw).not.toMatch(/canary|nonce-a/u);
  expect(await redis.pttl(key)).toBeGreaterThan(0);
  // A value copied to another session does not open there.
  await redis.hset(keys.session(store.idOf(other.nonce)), 'log', (await redis.hget(key, 'log')) ?? '');
  expect(await store.getLevel(other)).toBeUndefined();
  redis.disconnect();
  await store.unsubscribe(session, 'file:///canary');
  expect(await store.subscriptions(session)).toEqual([]);
});

it('bounds what one session may put there', async () => {
  for (let at = 0; at < sessionLimits.maxSubscriptions; at += 1)
    await store.subscribe(session, `file:///${at}`);
  expect(await store.subscribe(session, 'file:///one-more')).toBe('full');
  expect(await store.subscribe(session, 'file:///0')).toBe('done');
  await expect(store.setLevel(session, 'x'.repeat(10_000))).rejects.toThrow('too long');
});

it('remembers that a session ended until its handle would have, and gives back what it held', async () => {
  await store.putUpstream(session, 'srv', 'held');
  expect(await store.end(session)).toEqual(new Map([['srv', 'held']]));
  expect(await store.getUpstream(session, 'srv')).toBeUndefined();
  expect(await store.ended()).toEqual([store.idOf(session.nonce)]);
  await store.end({ nonce: 'old', expiresAtMs: Date.now() - 1 });
  expect(await store.ended()).toEqual([store.idOf(session.nonce)]);
});

it('fails soon while Redis is gone or slow, and starts empty after it was emptied', async () => {
  await store.setLevel(session, 'info');
  const control = server.connect();
  await control.call('CLIENT', 'PAUSE', '4000', 'ALL');
  await expect(store.getLevel(session)).rejects.toThrow();
  control.disconnect();
  await server.stop();
  await expect(store.getLevel(session)).rejects.toThrow();
  await expect(store.subscribe(session, 'file:///x')).rejects.toThrow();
  await server.restart();
  await waitUntil('the store', 15_000, () => store.ended());
  expect(await store.getLevel(session)).toBeUndefined();
});
