import { startTestRedis, type TestRedis, waitUntil } from '@sallyport/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testSealer } from './__fixtures__/test-sealer.ts';
import { createTokenStore, keys, type TokenStore, tokenLimits } from './index.ts';

let server: TestRedis;
let here: TokenStore;
let there: TokenStore;

beforeAll(async () => {
  server = await startTestRedis();
  const sealer = testSealer();
  const open = (name: string) => createTokenStore({ url: server.url, name, sealer, onError: () => {} });
  [here, there] = [open('here'), open('there')];
  await waitUntil('the store', 10_000, async () => {
    await here.load('x', undefined);
    await there.load('x', undefined);
    return true;
  });
});
beforeEach(async () => {
  const redis = server.connect();
  await redis.flushall();
  redis.disconnect();
});
afterAll(async () => {
  here.close();
  there.close();
  await server.close();
});

const entries = (...pairs: readonly (readonly [string, string])[]) => new Map(pairs);
async function added(
  ...given: Parameters<TokenStore['add']>
): Promise<Exclude<Awaited<ReturnType<TokenStore['add']>>, 'conflict'>> {
  const mark = await here.add(...given);
  if (mark === 'conflict') throw new Error('conflict');
  return mark;
}

it('one worker writes what another reads; nothing of it can be read in Redis', async () => {
  expect(await there.load('book', undefined)).toBeUndefined();
  const mark = await added('book', undefined, entries(['EMAIL_1', 'canary@example.com']));
  expect(mark.size).toBe(1);
  expect(await here.load('book', mark)).toBe('same');
  const seen = await there.load('book', undefined);
  expect(seen).toEqual({ mark, entries: entries(['EMAIL_1', 'canary@example.com']) });
  const redis = server.connect();
  const raw = await redis.hgetall(keys.tokens('book'));
  expect(JSON.stringify(raw)).not.toContain('canary');
  expect(await redis.pttl(keys.tokens('book'))).toBeGreaterThan(tokenLimits.idleMs - 10_000);
  // An entry copied to another book or another token opens nowhere.
  await redis.hset(keys.tokens('other'), { ...raw, EMAIL_2: raw.EMAIL_1 ?? '' });
  expect(await there.load('other', undefined)).toEqual({ mark, entries: new Map() });
  redis.disconnect();
});

it('two workers never give the same token to different values', async () => {
  const mark = await added('book', undefined, entries(['EMAIL_1', 'a']));
  expect(await there.add('book', undefined, entries(['EMAIL_1', 'b']))).toBe('conflict');
  expect(await there.add('book', mark, entries(['EMAIL_2', 'b']))).toEqual({ ...mark, size: 2 });
  expect(await here.add('book', mark, entries(['EMAIL_2', 'c']))).toBe('conflict');
  const seen = await here.load('book', mark);
  expect(seen).toMatchObject({ entries: entries(['EMAIL_1', 'a'], ['EMAIL_2', 'b']) });
});

it('a book that was lost is another book', async () => {
  const mark = await added('book', undefined, entries(['EMAIL_1', 'a']));
  const redis = server.connect();
  await redis.flushall();
  redis.disconnect();
  expect(await here.load('book', mark)).toBeUndefined();
  expect(await here.add('book', mark, new Map())).toBe('conflict');
  await added('book', undefined, entries(['EMAIL_1', 'b']));
  expect(await here.load('book', mark)).toMatchObject({ entries: entries(['EMAIL_1', 'b']) });
});

it('is kept for another idle time by whoever uses it', async () => {
  const mark = await added('book', undefined, entries(['EMAIL_1', 'a']));
  const redis = server.connect();
  await redis.pexpire(keys.tokens('book'), 1_000);
  expect(await here.add('book', mark, new Map())).toEqual(mark);
  expect(await redis.pttl(keys.tokens('book'))).toBeGreaterThan(tokenLimits.idleMs - 10_000);
  redis.disconnect();
});

it('bounds a book and what stands in it', async () => {
  const many = new Map(Array.from({ length: tokenLimits.maxEntries }, (_, at) => [`EMAIL_${at}`, 'x']));
  const mark = await added('book', undefined, many);
  await expect(here.add('book', mark, entries(['EMAIL_x', 'y']))).rejects.toThrow(RangeError);
  const long = 'x'.repeat(tokenLimits.maxEntryCharacters + 1);
  await expect(here.add('other', undefined, entries(['EMAIL_1', long]))).rejects.toThrow(RangeError);
});
