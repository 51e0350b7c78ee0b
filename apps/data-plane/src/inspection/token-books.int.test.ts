import { randomBytes } from 'node:crypto';
import { createTokenStore, type TokenStore, tokenLimits } from '@sallyport/bus';
import { startTestRedis, type TestRedis, waitUntil } from '@sallyport/testkit';
import { createHandleSealer } from '@sallyport/vault';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookLimits, createTokenBooks, type TokenBooks } from './token-books.ts';

let server: TestRedis;
const stores: TokenStore[] = [];
const sealer = createHandleSealer(randomBytes(32));
const owner = { tenantId: 'acme', endpointId: 'main', keyId: 'key', nonce: null };

beforeAll(async () => {
  server = await startTestRedis();
});
beforeEach(flush);
afterAll(async () => {
  for (const store of stores) store.close();
  await server.close();
});

async function flush(): Promise<void> {
  const redis = server.connect();
  await redis.flushall();
  redis.disconnect();
}

/** The books as one more worker has them. */
async function openBooks(nowMs: () => number = Date.now): Promise<TokenBooks> {
  const store = createTokenStore({ url: server.url, name: `w${stores.length}`, sealer, onError: () => {} });
  stores.push(store);
  await waitUntil('the store', 10_000, async () => {
    await store.load('x', undefined);
    return true;
  });
  return createTokenBooks({ store, nowMs });
}

async function give(books: TokenBooks, who: typeof owner | object, value: string, serverId = 'srv') {
  const draft = books.draft({ ...owner, ...who }, serverId, true);
  const token = draft.tokenFor('EMAIL', value);
  return { token, draft, written: await draft.commit() };
}

describe('tokens of a session', () => {
  it('are the same for the same value, and known to every worker', async () => {
    const [here, there] = [await openBooks(), await openBooks()];
    expect(await give(here, {}, 'ada@example.com')).toMatchObject({ token: '<EMAIL_1>', written: 'done' });
    expect(await give(here, {}, 'bob@example.com')).toMatchObject({ token: '<EMAIL_2>' });
    expect(await give(here, {}, 'ada@example.com')).toMatchObject({ token: '<EMAIL_1>', written: 'done' });
    expect(there.find(owner, '<EMAIL_1>', 'srv')).toBeUndefined();
    await there.refresh(owner);
    expect(there.find(owner, '<EMAIL_1>', 'srv')).toEqual({ value: 'ada@example.com', isOfServer: true });
    expect(there.find(owner, '<EMAIL_1>', 'other')).toEqual({ value: 'ada@example.com', isOfServer: false });
    await give(there, {}, 'ada@example.com', 'other');
    await here.refresh(owner);
    expect(here.find(owner, '<EMAIL_1>', 'other')).toMatchObject({ isOfServer: true });
  });

  it('are never given to two values, however many workers give them out at once', async () => {
    const books = await Promise.all([openBooks(), openBooks(), openBooks()]);
    const given = new Map<string, string>();
    await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        const value = `user${at}@example.com`;
        for (;;) {
          const one = books[at % 3];
          if (!one) throw new Error('no books');
          const { token, written } = await give(one, {}, value);
          if (written === 'conflict') continue;
          expect(given.has(token ?? '')).toBe(false);
          given.set(token ?? '', value);
          return;
        }
      }),
    );
    const [last] = books;
    await last?.refresh(owner);
    for (const [token, value] of given) expect(last?.find(owner, token, 'srv')?.value).toBe(value);
  });

  it('belong to one tenant, endpoint, key and session: nobody else sees what they stand for', async () => {
    const books = await openBooks();
    await give(books, {}, 'canary@example.com');
    for (const other of [
      { tenantId: 'other' },
      { endpointId: 'other' },
      { keyId: 'other' },
      { nonce: 'session' },
    ]) {
      const stranger = { ...owner, ...other };
      await books.refresh(stranger);
      expect(books.find(stranger, '<EMAIL_1>', 'srv')).toBeUndefined();
      // They begin with the same numbers, for values of their own.
      expect(await give(books, other, 'own@example.com')).toMatchObject({ token: '<EMAIL_1>' });
    }
    expect(books.find(owner, '<EMAIL_1>', 'srv')?.value).toBe('canary@example.com');
  });

  it('are forgotten where Redis lost them: another session may have begun with the same numbers', async () => {
    const [here, there] = [await openBooks(), await openBooks()];
    await give(here, {}, 'ada@example.com');
    await flush();
    await give(there, {}, 'bob@example.com');
    expect(await give(here, {}, 'ada@example.com')).toMatchObject({ written: 'conflict' });
    expect(await give(here, {}, 'ada@example.com')).toMatchObject({ token: '<EMAIL_2>', written: 'done' });
    expect(here.find(owner, '<EMAIL_1>', 'srv')?.value).toBe('bob@example.com');
  });

  it('end with a session that says nothing for half an hour', async () => {
    let now = Date.now();
    const books = await openBooks(() => now);
    await give(books, {}, 'ada@example.com');
    now += tokenLimits.idleMs + 1;
    expect(books.find(owner, '<EMAIL_1>', 'srv')).toBeUndefined();
  });
});

describe('limits', () => {
  it('a value that is too long, or one too many, gets no token', async () => {
    const books = await openBooks();
    const draft = books.draft(owner, null, true);
    expect(draft.tokenFor('EMAIL', 'x'.repeat(bookLimits.maxValueUnits + 1))).toBeUndefined();
    expect(draft.isFull).toBe(false);
    for (let at = 1; at < tokenLimits.maxEntries; at += 1) draft.tokenFor('EMAIL', `${at}@example.com`);
    expect(draft.tokenFor('EMAIL', 'more@example.com')).toBeUndefined();
    expect(draft.isFull).toBe(true);
    expect(draft.tokenFor('EMAIL', '1@example.com')).toBe('<EMAIL_1>');
    expect(await draft.commit()).toBe('done');
  });

  it('a number that a text has already is not given out', async () => {
    const draft = (await openBooks()).draft(owner, null, true);
    draft.reserve('EMAIL', 1);
    draft.reserve('EMAIL', 2);
    expect(draft.tokenFor('EMAIL', 'ada@example.com')).toBe('<EMAIL_3>');
  });

  it('without Redis nothing new is given out, and nobody waits', async () => {
    const books = createTokenBooks({ store: undefined, nowMs: Date.now });
    expect(await give(books, {}, 'ada@example.com')).toMatchObject({ written: 'unavailable' });
    const never = createTokenBooks({ store: hanging(), nowMs: Date.now });
    expect(await give(never, {}, 'ada@example.com')).toMatchObject({ written: 'unavailable' });
    // The second does not even ask.
    expect(await give(never, {}, 'ada@example.com')).toMatchObject({ written: 'unavailable' });
    expect(asked).toBe(1);
  });
});

let asked = 0;
function hanging(): TokenStore {
  const hang = (): Promise<never> => {
    asked += 1;
    return new Promise(() => {});
  };
  return { load: hang, add: hang, close: () => {} };
}
