import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { pouring, type RawReply, rawExchange, rawHead } from '../../raw-http.ts';
import {
  anonymousCounts,
  expectReceipted,
  expectUnharmed,
  expectWire,
  type Ground,
  type Refusal,
} from './ground.ts';
import { callBody, callHeaders, type Headers, post } from './modern-message.ts';

const hundredMb = 100 * 1024 * 1024;
/** Far less than what was offered: the gateway stopped listening, not the network. */
const takenAtMost = 24 * 1024 * 1024;

const forbidden: Refusal = { status: 403, code: 'forbidden_origin', rpc: -31_004 };
const notAcceptable = (status: number): Refusal => ({ status, code: 'not_acceptable', rpc: -31_003 });
const notAllowed: Refusal = { status: 405, code: 'method_not_allowed', rpc: -31_002 };
const notHttp: Refusal = { status: 400, code: 'malformed', rpc: -32_600 };
const tooLarge: Refusal = { status: 413, code: 'too_large', rpc: -31_001 };

type Send = (ground: Ground) => Promise<RawReply>;

const withHeaders =
  (changed: Readonly<Record<string, string | undefined>>): Send =>
  ({ agent }) =>
    post(agent.endpoint, callHeaders(agent, changed), callBody());

const withMethod =
  (method: string): Send =>
  ({ agent }) => {
    const line = `${method} ${new URL(agent.endpoint).pathname} HTTP/1.1`;
    return rawExchange(agent.endpoint, rawHead(agent.endpoint, callHeaders(agent), line));
  };

/** Head lines written as they are, between good ones. */
const withLines =
  (...lines: Headers): Send =>
  ({ agent }) =>
    rawExchange(
      agent.endpoint,
      Buffer.from(rawHead(agent.endpoint, [...callHeaders(agent), ...lines]) + callBody(), 'latin1'),
    );

const length = ['Content-Length', String(Buffer.byteLength(callBody()))] as const;

/** Refused before anybody is looked up, so the key on them does not matter: all are counted. */
const heads: Readonly<Record<string, readonly [Refusal, Send]>> = {
  'a Host that is not ours': [forbidden, withHeaders({ Host: 'evil.example' })],
  'our Host with another port': [forbidden, withHeaders({ Host: '127.0.0.1:1' })],
  'no Host': [notHttp, withHeaders({ Host: undefined })],
  'an Origin that is not ours': [forbidden, withHeaders({ Origin: 'https://evil.example' })],
  'Origin null': [forbidden, withHeaders({ Origin: 'null' })],
  'a body that is said to be text': [notAcceptable(415), withHeaders({ 'Content-Type': 'text/plain' })],
  'a body without a type': [notAcceptable(415), withHeaders({ 'Content-Type': undefined })],
  'a packed body': [notAcceptable(415), withHeaders({ 'Content-Encoding': 'gzip' })],
  'a caller that reads HTML only': [notAcceptable(406), withHeaders({ Accept: 'text/html' })],
  GET: [notAllowed, withMethod('GET')],
  DELETE: [notAllowed, withMethod('DELETE')],
  PUT: [notAllowed, withMethod('PUT')],
  OPTIONS: [notAllowed, withMethod('OPTIONS')],
  'a line feed alone in a header': [notHttp, withLines(['X-A', 'b\nX-Evil: 1'], ['X-B', 'c\rd'], length)],
  'a carriage return alone in a header': [notHttp, withLines(['X-A', 'b\rX-Evil: 1'], length)],
  'a NUL in a header': [notHttp, withLines(['X-A', 'b\0c'], length)],
  'a space in a header name': [notHttp, withLines(['X A', 'b'], length)],
  'a length that is no number': [notHttp, withLines(['Content-Length', '1e3'])],
  'two lengths': [notHttp, withLines(length, ['Content-Length', '5'])],
  'a length and chunks': [notHttp, withLines(length, ['Transfer-Encoding', 'chunked'])],
  'a header of 20 kB': [
    { status: 431, code: 'too_large', rpc: -32_600 },
    withLines(['X-A', 'b'.repeat(20_000)], length),
  ],
  'no HTTP at all': [notHttp, ({ agent }) => rawExchange(agent.endpoint, 'SSH-2.0-OpenSSH_9.9\r\n\r\n')],
};

const elsewhere: Readonly<Record<string, string>> = {
  'the OAuth door, which does not exist yet': '/demo/main/mcp',
  'protected resource metadata': '/.well-known/oauth-protected-resource',
  'protected resource metadata of the endpoint': '/.well-known/oauth-protected-resource/demo/main/key/mcp',
  'authorization server metadata': '/.well-known/oauth-authorization-server',
  'OpenID configuration below the endpoint': '/demo/main/key/mcp/.well-known/openid-configuration',
  'a slash too many': '/demo/main/key/mcp/',
  'an empty slug': '/demo//key/mcp',
  'the way up': '/demo/../demo/main/key/mcp',
  'an encoded way up': '/other/%2e%2e/demo/main/key/mcp',
  'an encoded slash in a slug': '/demo%2fmain/key/mcp',
  'a slug with a backslash': '/demo\\main/key/mcp',
  'another place in the request line': 'http://evil.example/demo/main/key/mcp',
  "a worker's own metrics": '/metrics',
};

/** What is wrong with the HTTP around a message. */
export function describeRequests(ground: () => Ground): void {
  describe('heads', () => {
    const counted = new Map<string, number>();
    let before: ReadonlyMap<string, number>;

    it('starts from what was counted so far', async () => {
      before = await anonymousCounts(ground().db);
    });

    it.each(Object.entries(heads))('%s', async (_name, [want, send]) => {
      const reply = await expectUnharmed(ground(), () => send(ground()));
      expectWire(reply, want);
      if (want.status === 405) expect(reply.headers.allow).toContain('POST');
      counted.set(want.code, (counted.get(want.code) ?? 0) + 1);
    });

    it('100 MB announced: refused by the announcement', async () => {
      const { agent } = ground();
      const head = rawHead(agent.endpoint, [...callHeaders(agent), ['Content-Length', String(hundredMb)]]);
      const reply = await expectUnharmed(ground(), () =>
        rawExchange(agent.endpoint, pouring(head, hundredMb, false)),
      );
      expectWire(reply, tooLarge);
      expect(reply.sentBytes).toBeLessThan(takenAtMost);
      counted.set('too_large', (counted.get('too_large') ?? 0) + 1);
    });

    it('each of them was counted, and nothing else', async () => {
      const want = new Map([...counted].map(([code, n]) => [code, n + (before.get(code) ?? 0)]));
      await eventually('all are counted', async () => {
        const now = await anonymousCounts(ground().db);
        return [...want].every(([code, n]) => (now.get(code) ?? 0) >= n);
      });
      const now = await anonymousCounts(ground().db);
      expect(Object.fromEntries([...want.keys()].map((code) => [code, now.get(code)]))).toEqual(
        Object.fromEntries(want),
      );
    });
  });

  describe('bodies', () => {
    it('100 MB in chunks: cut at the cap, with a receipt, since the caller is known', async () => {
      const { agent } = ground();
      const head = rawHead(agent.endpoint, [...callHeaders(agent), ['Transfer-Encoding', 'chunked']]);
      const rss = await residentBytes(ground());
      const reply = await expectReceipted(ground(), tooLarge, () =>
        rawExchange(agent.endpoint, pouring(head, hundredMb, true)),
      );
      expect(reply.sentBytes).toBeLessThan(takenAtMost);
      const grown = (await residentBytes(ground())) - rss;
      console.info(`100 MB in chunks: took ${mb(reply.sentBytes)} MB, resident memory +${mb(grown)} MB`);
    });

    it('chunks of no length', async () => {
      const { agent } = ground();
      const head = rawHead(agent.endpoint, [...callHeaders(agent), ['Transfer-Encoding', 'chunked']]);
      const reply = await expectUnharmed(ground(), () => rawExchange(agent.endpoint, `${head}zz\r\n{}\r\n`));
      expect(reply.status).toBe(400);
    });

    it('a caller that hangs up in the middle of its body', async () => {
      const { agent } = ground();
      const head = rawHead(agent.endpoint, [...callHeaders(agent), ['Content-Length', '5000']]);
      await expectUnharmed(ground(), () =>
        rawExchange(agent.endpoint, async (socket) => {
          socket.end(head + callBody());
        }),
      );
    });
  });

  describe('places that are not there', () => {
    it.each(Object.entries(elsewhere))('%s: 404', async (_name, target) => {
      const { agent } = ground();
      for (const method of ['GET', 'POST']) {
        const head = rawHead(
          agent.endpoint,
          [...callHeaders(agent), ...(method === 'POST' ? [length] : [])],
          `${method} ${target} HTTP/1.1`,
        );
        const body = method === 'POST' ? callBody() : '';
        const reply = await expectUnharmed(ground(), () => rawExchange(agent.endpoint, head + body));
        expect({ status: reply.status, body: JSON.parse(reply.text) }).toEqual({
          status: 404,
          body: { error: 'not_found' },
        });
        expect(reply.headers['www-authenticate']).toBeUndefined();
      }
    });
  });
}

const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/** Resident memory of all workers together, as they say it themselves. */
async function residentBytes({ stack }: Ground): Promise<number> {
  const texts = await Promise.all(
    stack.workerUrls.map(async (url) => (await fetch(`${url}/metrics`)).text()),
  );
  return texts.reduce(
    (sum, text) => sum + Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]),
    0,
  );
}
