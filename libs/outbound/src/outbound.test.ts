import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { at, listen, outboundTo, upstream } from './__fixtures__/local-upstream.ts';
import { selfSignedCertificate } from './__fixtures__/self-signed-certificate.ts';

describe('request', () => {
  it('sends a request over a kept connection and streams the answer', async () => {
    const sockets = new Set<unknown>();
    const port = await upstream(async (req, res) => {
      sockets.add(req.socket);
      let text = '';
      for await (const chunk of req) text += chunk;
      res.setHeader(
        'x-got',
        `${req.method} ${req.url} ${req.headers.host} ${req.headers['accept-encoding']}`,
      );
      res.write(`${text}:`);
      setTimeout(() => res.end('more'), 10);
    });
    const outbound = outboundTo([port]);
    for (let i = 0; i < 6; i += 1) {
      const response = await outbound.request({
        ...at(port),
        headers: { 'content-type': 'application/json' },
        body: `b${i}`,
        query: { name: 'api key', value: 's&t' },
      });
      expect(response.status).toBe(200);
      expect(response.headers['x-got']).toBe(`POST /mcp?api%20key=s%26t 127.0.0.1:${port} identity`);
      expect((await response.body.bytes()).toString()).toBe(`b${i}:more`);
    }
    // A connection is free again one turn of the event loop after its answer, so two take turns.
    expect(sockets.size).toBeLessThanOrEqual(2);
    expect(outbound.stats().pools).toBe(1);
  });

  it('reads a large body as a stream with back-pressure', async () => {
    const port = await upstream((_req, res) => res.end(Buffer.alloc(3_000_000, 'x')));
    const response = await outboundTo([port]).request({ ...at(port), method: 'GET' });
    let total = 0;
    for await (const chunk of response.body) {
      total += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(total).toBe(3_000_000);
  });

  it('follows no redirect', async () => {
    const seen: string[] = [];
    const port = await upstream((req, res) => {
      seen.push(req.url ?? '');
      res.writeHead(307, { location: '/elsewhere' }).end();
    });
    const answer = outboundTo([port]).request(at(port));
    await expect(answer).rejects.toMatchObject({
      code: 'upstream_protocol',
      details: { reason: 'redirect' },
    });
    expect(seen).toEqual(['/mcp']);
  });

  it.each([
    ['an own port', (port: number) => ({ ownPorts: [port] })],
    ['an origin that is not listed', () => ({ privateOrigins: () => ['127.0.0.1:1'] })],
    ['a listed name that resolves to 0.0.0.0', () => ({ lookup: async () => ['0.0.0.0'] })],
  ])('writes no byte to %s', async (_name, options) => {
    let connections = 0;
    const port = await listen(createTcpServer(() => (connections += 1)));
    const list = [`127.0.0.1:${port}`, `rebind.example:${port}`];
    const outbound = outboundTo([], { privateOrigins: () => list, ...options(port) });
    const host = 'lookup' in options(port) ? 'rebind.example' : '127.0.0.1';
    const answer = outbound.request({ url: `http://${host}:${port}/`, circuit: 'c' });
    await expect(answer).rejects.toMatchObject({ code: 'egress_denied', details: { sent: false } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(connections).toBe(0);
  });

  it('forgets an origin as soon as the operator takes it off the list', async () => {
    const port = await upstream((_req, res) => res.end('ok'));
    let list = [`127.0.0.1:${port}`];
    const outbound = outboundTo([], { privateOrigins: () => list });
    await (await outbound.request(at(port))).body.bytes();
    list = [];
    await expect(outbound.request(at(port))).rejects.toMatchObject({ code: 'egress_denied' });
    expect(outbound.stats().pools).toBe(0);
  });

  it('resolves a name once per connection and speaks TLS to the pinned address with its SNI', async () => {
    const { cert, key } = selfSignedCertificate('upstream.example');
    let hello: unknown;
    const server = createTlsServer({ cert, key }, (req, res) => {
      hello = [(req.socket as unknown as { servername: string }).servername, req.headers.host];
      res.end('secret');
    });
    const port = await listen(server);
    let lookups = 0;
    const lookup = async () => {
      lookups += 1;
      return ['127.0.0.1'];
    };
    const list = [`upstream.example:${port}`, `other.example:${port}`];
    const trusting = outboundTo([], { privateOrigins: () => list, lookup, ca: [cert] });
    const call = { url: `https://upstream.example:${port}/`, circuit: 'tls' };
    for (let i = 0; i < 6; i += 1) await (await trusting.request(call)).body.bytes();
    expect(lookups).toBeLessThanOrEqual(2);
    expect(hello).toEqual(['upstream.example', `upstream.example:${port}`]);
    const wrongName = trusting.request({ ...call, url: `https://other.example:${port}/` });
    await expect(wrongName).rejects.toMatchObject({ details: { reason: 'connect_failed', sent: false } });
    const doubting = outboundTo([], { privateOrigins: () => list, lookup });
    await expect(doubting.request(call)).rejects.toMatchObject({ code: 'upstream_unreachable' });
  });

  it.each([
    [{ 'x-a': 'b\r\nx-b: c' }],
    [{ 'x-a': 'b\0' }],
    [{ 'x-a': 'snow\u2603' }],
    [{ 'x a': 'b' }],
    [{ 'x\r\na': 'b' }],
    [{ Host: 'other' }],
    [{ 'Transfer-Encoding': 'chunked' }],
  ])('refuses headers %j before anything is sent', async (headers) => {
    let requests = 0;
    const port = await upstream((_req, res) => {
      requests += 1;
      res.end();
    });
    const answer = outboundTo([port]).request({ ...at(port), headers: headers as Record<string, string> });
    await expect(answer).rejects.toMatchObject({ code: 'malformed' });
    expect(requests).toBe(0);
  });
});

describe('caps', () => {
  const caps = { maxResponseBytes: 200_000, maxRequestBytes: 1_000 };
  const answerOf = async (port: number) =>
    (await outboundTo([port], { limits: caps }).request(at(port))).body.bytes();

  it('cuts a response at the cap, also when it never ends', async () => {
    const port = await upstream((_req, res) => {
      const timer = setInterval(() => res.write(Buffer.alloc(64_000)), 1);
      res.on('close', () => clearInterval(timer));
    });
    await expect(answerOf(port)).rejects.toMatchObject({
      code: 'upstream_protocol',
      details: { reason: 'response_too_large', limit: 200_000 },
    });
  });
  it('reads one gzip, and cuts a bomb, a nested or an unknown coding', async () => {
    const port = await upstream((req, res) => {
      const bodies: Record<string, [string, Buffer]> = {
        '/plain': ['gzip', gzipSync('hello')],
        '/bomb': ['gzip', gzipSync(Buffer.alloc(50_000_000))],
        '/nested': ['gzip, gzip', gzipSync(gzipSync('x'))],
        '/brotli': ['br', Buffer.from('x')],
        '/broken': ['gzip', Buffer.from('not gzip')],
      };
      const [coding, body] = bodies[req.url ?? ''] ?? ['identity', Buffer.alloc(0)];
      res.setHeader('content-encoding', coding).end(body);
    });
    const outbound = outboundTo([port]);
    const read = async (path: string) => (await outbound.request(at(port, path))).body.bytes();
    expect((await read('/plain')).toString()).toBe('hello');
    await expect(read('/bomb')).rejects.toMatchObject({ details: { reason: 'compression_ratio' } });
    for (const path of ['/nested', '/brotli', '/broken']) {
      await expect(read(path)).rejects.toMatchObject({ details: { reason: 'content_encoding' } });
    }
  });
  it('refuses a request that is too large', async () => {
    const answer = outboundTo([1], { limits: caps }).request({ ...at(1), body: 'é'.repeat(501) });
    await expect(answer).rejects.toMatchObject({ code: 'too_large' });
  });
  it('caps the calls in flight per origin and frees the place afterwards', async () => {
    const port = await upstream((_req, res) => setTimeout(() => res.end('x'), 30));
    const outbound = outboundTo([port], { limits: { maxInFlightPerOrigin: 2 } });
    const all = await Promise.allSettled(
      [1, 2, 3].map(async () => (await outbound.request(at(port))).body.bytes()),
    );
    expect(all.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await (await outbound.request(at(port))).body.bytes();
  });
  it('closes the least recently used pool beyond the limit', async () => {
    const ports = await Promise.all([1, 2, 3].map(() => upstream((_req, res) => res.end('x'))));
    const outbound = outboundTo(ports, { limits: { maxPools: 2 } });
    for (const port of [...ports, ...ports]) await (await outbound.request(at(port))).body.bytes();
    expect(outbound.stats().pools).toBe(2);
  });
});

describe('time and failure', () => {
  it('ends a call at its deadline, before or after the head', async () => {
    const port = await upstream((req, res) => {
      if (req.url === '/body') res.write('x');
    });
    const outbound = outboundTo([port]);
    await expect(outbound.request({ ...at(port), timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    const response = await outbound.request({ ...at(port, '/body'), timeoutMs: 80 });
    await expect(response.body.bytes()).rejects.toMatchObject({ details: { reason: 'deadline' } });
  });
  it('stops when the caller goes away, and the upstream sees it', async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const port = await upstream((_req, res) => res.on('close', closed).write('x'));
    const stop = new AbortController();
    const response = await outboundTo([port]).request({ ...at(port), signal: stop.signal });
    stop.abort();
    await expect(response.body.bytes()).rejects.toMatchObject({ details: { reason: 'cancelled' } });
    await gone;
    const early = outboundTo([port]).request({ ...at(port), signal: AbortSignal.abort() });
    await expect(early).rejects.toMatchObject({ details: { reason: 'cancelled' } });
  });
  it('names bytes that are no HTTP, a lost connection and a port nobody listens on', async () => {
    const garbage = await listen(
      createTcpServer((socket) => socket.on('data', () => socket.end('SSH-2.0-x\r\n\r\n'))),
    );
    const lost = await listen(createTcpServer((socket) => socket.on('data', () => socket.destroy())));
    const outbound = outboundTo([garbage, lost, 9]);
    await expect(outbound.request(at(garbage))).rejects.toMatchObject({ details: { reason: 'not_http' } });
    await expect(outbound.request(at(lost))).rejects.toMatchObject({
      details: { reason: 'connection_lost' },
    });
    await expect(outbound.request(at(9))).rejects.toMatchObject({
      code: 'upstream_unreachable',
      details: { reason: 'connect_failed', sent: false },
    });
  });
  it('gives up on a name server that never answers', async () => {
    const outbound = outboundTo([], {
      lookup: () => new Promise(() => {}),
      limits: { connectTimeoutMs: 50 },
    });
    const answer = outbound.request({ url: 'https://silent.example/', circuit: 'c' });
    await expect(answer).rejects.toMatchObject({ details: { reason: 'connect_timeout', sent: false } });
  });
  it('opens the circuit of one tenant and upstream after five failed connects', async () => {
    const outbound = outboundTo([9]);
    for (let i = 0; i < 5; i += 1) await expect(outbound.request(at(9))).rejects.toThrow();
    await expect(outbound.request(at(9))).rejects.toMatchObject({ details: { reason: 'circuit_open' } });
    expect(outbound.circuitState('t/s')).toBe('open');
    const other = outbound.request({ ...at(9), circuit: 'other/s' });
    await expect(other).rejects.toMatchObject({ details: { reason: 'connect_failed' } });
  });
});

describe('fetch', () => {
  it('speaks to an SDK client like fetch, guarded', async () => {
    const port = await upstream(async (req, res) => {
      if (req.url === '/empty') return res.writeHead(202).end();
      let text = '';
      for await (const chunk of req) text += chunk;
      res
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ text, auth: req.headers.authorization }));
    });
    const outbound = outboundTo([port]);
    const response = await outbound.fetch(new URL(`http://127.0.0.1:${port}/mcp`), {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
      body: 'hé',
    });
    expect(await response.json()).toEqual({ text: 'hé', auth: 'Bearer x' });
    const empty = await outbound.fetchFor('t/s')(`http://127.0.0.1:${port}/empty`, { method: 'POST' });
    expect([empty.status, await empty.text()]).toEqual([202, '']);
    await expect(outbound.fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'egress_denied' });
  });
});
