import { randomBytes } from 'node:crypto';
import { createHandleSealer } from '@sallyport/vault';
import { expect, it } from 'vitest';
import type { LegacySession } from '../wire/session-handles.ts';
import { createClientAsks } from './client-asks.ts';
import { conversationLimits } from './conversation-limits.ts';
import { createParkingLot } from './parking-lot.ts';
import { createPostOffice } from './post-office.ts';

const sealer = createHandleSealer(randomBytes(32));
const lonely = () =>
  createPostOffice({ redisUrl: undefined, name: 'test', sealer, nowMs: Date.now, onError: () => {} });
const signal = new AbortController().signal;

it(`parks ${conversationLimits.maxParkedPerTenant} exchanges of one tenant, ends one more, and has room for another`, () => {
  const lot = createParkingLot({ post: lonely() });
  let aborted = 0;
  const park = (tenantId: string) =>
    lot.park({
      exchange: {
        answer: () => Promise.reject(new Error('not asked')),
        abort: () => {
          aborted += 1;
        },
      },
      requests: {},
      relay: { to: null, abort: new AbortController() },
      tenantId,
      owner: 'o',
      isAllowed: () => tenantId !== 'revoked',
    });
  for (let at = 0; at < conversationLimits.maxParkedPerTenant; at += 1)
    expect(park('a')).toBeTypeOf('string');
  expect([park('a'), aborted]).toEqual([undefined, 1]);
  expect(park('revoked')).toBeTypeOf('string');
  lot.recheck('revoked');
  expect([lot.size, aborted]).toEqual([conversationLimits.maxParkedPerTenant, 2]);
  lot.close();
  expect([lot.size, aborted]).toEqual([0, conversationLimits.maxParkedPerTenant + 2]);
});

it('goes on for its owner alone', async () => {
  const post = lonely();
  const lot = createParkingLot({ post });
  const park = lot.park({
    exchange: { answer: () => Promise.resolve({ kind: 'result', result: {} }), abort: () => {} },
    requests: {},
    relay: { to: null, abort: new AbortController() },
    tenantId: 't',
    owner: 'me',
    isAllowed: () => true,
  });
  const resume = (owner: string) =>
    lot.resume(
      { mailbox: post.address, park: park ?? '' },
      { owner, answers: {}, onNote: () => undefined, timeoutMs: 1_000, signal },
    );
  expect(await resume('other')).toEqual({ kind: 'gone', reason: 'used' });
  expect(await resume('me')).toEqual({ kind: 'result', result: {} });
  expect(await resume('me')).toEqual({ kind: 'gone', reason: 'used' });
  post.close();
});

it(`asks one session ${conversationLimits.maxPendingPerSession} things at a time, and says so beyond`, async () => {
  const asks = createClientAsks({ sealer, post: lonely(), idOf: ({ nonce }) => nonce, onForeign: () => {} });
  const session: LegacySession = {
    tenantId: 't',
    endpointId: 'e',
    keyId: 'k',
    version: '2025-11-25',
    client: { name: '', version: '' },
    capabilities: {},
    mailbox: null,
    nonce: 'n',
    expiresAtMs: Date.now() + 60_000,
  };
  const stop = new AbortController();
  const said: string[] = [];
  const ask = () =>
    asks.ask({
      session,
      method: 'roots/list',
      params: undefined,
      push: (text) => void said.push(text),
      signal: stop.signal,
      timeoutMs: 60_000,
    });
  const waiting = Array.from({ length: conversationLimits.maxPendingPerSession }, ask);
  expect(await ask()).toMatchObject({ ok: false, error: { message: expect.stringContaining('32') } });
  stop.abort();
  for (const answer of await Promise.all(waiting)) expect(answer.ok).toBe(false);
  expect(said.filter((text) => text.includes('notifications/cancelled'))).toHaveLength(waiting.length);
});
