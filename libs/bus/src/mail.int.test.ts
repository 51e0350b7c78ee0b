import { startTestRedis, type TestRedis, waitUntil } from '@sallyport/testkit';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { testSealer } from './__fixtures__/test-sealer.ts';
import { createMail, keys, type Mail, type TextSealer } from './index.ts';

let server: TestRedis;
const sealer = testSealer();
const open: Mail[] = [];

beforeAll(async () => {
  server = await startTestRedis();
});
afterEach(() => {
  for (const mail of open.splice(0)) mail.close();
});
afterAll(() => server.close());

async function openMail(onMessage: (message: unknown) => unknown, with_: TextSealer = sealer): Promise<Mail> {
  let isConnected = false;
  const mail = createMail({
    url: server.url,
    name: 'test',
    sealer: with_,
    nowMs: Date.now,
    onMessage,
    onConnected: () => {
      isConnected = true;
    },
    onError: () => {},
  });
  open.push(mail);
  await until('the mailbox', () => isConnected);
  return mail;
}

const until = (what: string, check: () => boolean) =>
  waitUntil(what, 10_000, async () => {
    if (!check()) throw new Error('not yet');
  });

it('carries messages, requests and their answers to the one they are for, and to oneself without Redis', async () => {
  const seen: unknown[] = [];
  const a = await openMail((message) => seen.push(['a', message]));
  const b = await openMail((message) => {
    seen.push(['b', message]);
    return { echo: message };
  });
  expect(await a.send(b.address, { n: 1 })).toBe('delivered');
  await until('the message', () => seen.length === 1);
  expect(seen).toEqual([['b', { n: 1 }]]);
  expect(await a.request(b.address, { n: 2 }, { timeoutMs: 5_000 })).toEqual({
    kind: 'answer',
    body: { echo: { n: 2 } },
  });
  await a.broadcast({ n: 3 });
  await until('the broadcast', () => seen.length === 3);
  expect(seen.at(-1)).toEqual(['b', { n: 3 }]);
  await server.stop();
  expect(await a.send(a.address, { n: 4 })).toBe('delivered');
  await until('mail to oneself', () => seen.length === 4);
  await server.restart();
});

it('says at once that a process is gone, and fails soon while Redis is gone or does not answer', async () => {
  const a = await openMail(() => {});
  const b = await openMail(() => {});
  b.close();
  await waitUntil('the end of the mailbox', 10_000, async () => {
    if ((await a.send(b.address, 'x')) !== 'nobody') throw new Error('still there');
  });
  expect(await a.request(b.address, 'x', { timeoutMs: 60_000 })).toEqual({ kind: 'nobody' });
  const control = server.connect();
  await control.call('CLIENT', 'PAUSE', '4000', 'ALL');
  expect(await a.request(b.address, 'x', { timeoutMs: 60_000 })).toEqual({ kind: 'failed' });
  control.disconnect();
  await server.stop();
  expect(await a.send(b.address, 'x')).toBe('failed');
  await server.restart();
});

it('a mailbox works again after Redis was away, and a request without an answer ends', async () => {
  const seen: unknown[] = [];
  const a = await openMail(() => {});
  const b = await openMail((message) => {
    seen.push(message);
    return message === 'hang' ? new Promise(() => {}) : Promise.reject(new Error('no'));
  });
  await server.stop();
  await server.restart();
  // Both mailboxes: an answer needs the one that asked as well.
  await waitUntil('mail both ways', 15_000, async () => {
    const answer = await a.request(b.address, 'throw', { timeoutMs: 1_000 });
    if (answer.kind !== 'failed' || !a.isConnected() || !b.isConnected()) throw new Error('not yet');
  });
  expect(await a.request(b.address, 'hang', { timeoutMs: 100 })).toEqual({ kind: 'timeout' });
  expect(await a.request(b.address, 'throw', { timeoutMs: 5_000 })).toEqual({ kind: 'failed' });
});

it('T34: nobody who can write into Redis can speak as a worker, nor read what workers say', async () => {
  const seen: unknown[] = [];
  const a = await openMail((message) => seen.push(message));
  const stranger = await openMail(() => {}, testSealer());
  const redis = server.connect();
  const heard: string[] = [];
  const tap = server.connect();
  tap.on('message', (_channel, text: string) => heard.push(text));
  await tap.subscribe(keys.mail(a.address));
  expect(await stranger.send(a.address, { forged: true })).toBe('delivered');
  for (const text of ['', '{}', '{"from":"x","at":1,"body":{}}', 'a'.repeat(100)]) {
    await redis.publish(keys.mail(a.address), text);
  }
  const b = await openMail(() => {});
  await b.send(a.address, { canary: 'secret-canary' });
  await until('the true message', () => seen.length > 0 && heard.length >= 6);
  expect(seen).toEqual([{ canary: 'secret-canary' }]);
  expect(heard.join()).not.toContain('secret-canary');
  // Sealed for its channel: copied to another one it opens no more.
  await redis.publish(keys.mail(b.address), heard.at(-1) ?? '');
  await b.send(a.address, 'after');
  await until('a further message', () => seen.length === 2);
  redis.disconnect();
  tap.disconnect();
});
