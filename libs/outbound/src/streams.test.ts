import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { at, outboundTo, upstream } from './__fixtures__/local-upstream.ts';

/** An upstream that begins a stream and leaves the rest to the test. */
async function streaming() {
  const open: ServerResponse[] = [];
  const port = await upstream((req, res) => {
    if (req.url === '/plain') return void res.end('ok');
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(': hello\n\n');
    open.push(res);
  });
  return { port, open };
}

describe('a stream that stays open', () => {
  it('stops its clocks while it is held, and has them back afterwards', async () => {
    const { port, open } = await streaming();
    const outbound = outboundTo([port], { limits: { bodyIdleTimeoutMs: 100 } });
    const response = await outbound.request({ ...at(port), timeoutMs: 200 });
    response.hold(5_000);
    const chunks = response.body[Symbol.asyncIterator]();
    await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 400));
    open[0]?.write('late');
    expect(Buffer.from((await chunks.next()).value ?? []).toString()).toBe('late');
    response.release(100);
    await expect(chunks.next()).rejects.toMatchObject({ code: 'timeout' });
  });

  it('that is held too long ends, without a word against the upstream', async () => {
    const { port } = await streaming();
    const outbound = outboundTo([port]);
    const response = await outbound.request(at(port));
    response.hold(50);
    await expect(response.body.bytes()).rejects.toMatchObject({
      code: 'timeout',
      details: { reason: 'held' },
    });
    expect(outbound.circuitState(at(port).circuit)).toBe('closed');
  });

  it('that says nothing for too long ends before its deadline', async () => {
    const { port } = await streaming();
    const outbound = outboundTo([port]);
    const response = await outbound.request({ ...at(port), timeoutMs: 60_000, idleTimeoutMs: 50 });
    await expect(response.body.bytes()).rejects.toMatchObject({
      details: { reason: 'body_idle', limitMs: 50 },
    });
  });

  it('never takes the place of a call: streams have connections of their own', async () => {
    const { port } = await streaming();
    const limits = { maxConnectionsPerOrigin: 1, maxInFlightPerOrigin: 1, maxStreamsPerOrigin: 2 };
    const outbound = outboundTo([port], { limits });
    const stream = () =>
      outbound.request({ ...at(port), method: 'GET', lane: 'streams', circuit: 't/s/stream' });
    await stream();
    await stream();
    await expect(stream()).rejects.toMatchObject({ details: { reason: 'too_many_in_flight', sent: false } });
    expect((await (await outbound.request(at(port, '/plain'))).body.bytes()).toString()).toBe('ok');
  });

  it('may carry more than one answer may, where it is told so', async () => {
    const { port, open } = await streaming();
    const outbound = outboundTo([port], { limits: { maxResponseBytes: 1_000 } });
    const response = await outbound.request({ ...at(port), maxResponseBytes: 10_000 });
    open[0]?.end('x'.repeat(5_000));
    expect((await response.body.bytes()).length).toBe(5_009);
    expect(response.body.isWhole()).toBe(true);
  });
});
