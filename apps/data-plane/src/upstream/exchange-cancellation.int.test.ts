import { afterEach, describe, expect, it } from 'vitest';
import { able, ableSession, type OneUpstream, oneUpstream } from './__fixtures__/one-upstream.ts';
import { type RawScript, type RawUpstream, startRaw, stream } from './__fixtures__/raw-upstream.ts';
import { exchange } from './exchange.ts';
import type { ExchangeInput, Turn } from './turn.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const keep = <T extends { close(): Promise<unknown> }>(thing: T): T => {
  cleanups.push(() => thing.close());
  return thing;
};
const one = (url: string, options?: Parameters<typeof oneUpstream>[1]): OneUpstream =>
  keep(oneUpstream(url, options));
const raw = async (script: RawScript): Promise<RawUpstream> => keep(await startRaw(script));
const call = (to: OneUpstream, name: string, change: Partial<ExchangeInput> = {}, args = {}): Promise<Turn> =>
  exchange(
    to.input(
      'tools/call',
      { name, arguments: args },
      { scope: ableSession('a'), clientCapabilities: able, ...change },
    ),
  );
const until = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !isTrue(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('cancellation', () => {
  it('tells a legacy upstream the id of our request', async () => {
    const server = await raw({ call: () => {} });
    const abort = new AbortController();
    const result = call(one(server.url), 't', { signal: abort.signal });
    await until(() => server.posted('tools/call').length > 0);
    abort.abort();
    await expect(result).rejects.toMatchObject({ code: 'timeout', details: { reason: 'cancelled' } });
    await until(() => server.posted('notifications/cancelled').length > 0);
    const [sent] = server.posted('tools/call');
    expect(server.posted('notifications/cancelled')).toMatchObject([{ params: { requestId: sent.id } }]);
  });

  it('leaves an upstream that waits for its client', async () => {
    const server = await raw({
      call: (_message, res) => stream(res).send({ id: 'q', method: 'roots/list' }),
    });
    const to = one(server.url);
    const asked = await call(to, 't');
    if (asked.kind !== 'asks') throw new Error('nothing asked');
    asked.parked?.abort();
    expect(to.upstream.parked).toBe(0);
    await until(() => server.posted('notifications/cancelled').length > 0);
    await expect(asked.parked?.answer({})).rejects.toMatchObject({ code: 'timeout' });
  });
});
