import { describe, expect, it } from 'vitest';
import { call, one, raw, until } from './__fixtures__/exchange-ground.ts';
import { stream } from './__fixtures__/raw-upstream.ts';

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
