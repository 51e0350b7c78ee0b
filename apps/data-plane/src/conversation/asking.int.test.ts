import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AskedClient,
  type AskedInput,
  newAskedClient,
  oldAskedClient,
} from '../../../../e2e/upstreams/asked-clients.ts';
import { type Ground, startGround } from '../__fixtures__/two-workers.ts';

let ground: Ground;

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground?.close());

const clients: Readonly<Record<string, (input: AskedInput) => Promise<AskedClient>>> = {
  'client 2.4.0 (2026-07-28)': newAskedClient,
  'sdk 1.32.2 (2025-11-25)': oldAskedClient,
};

describe.each(Object.keys(clients))('%s, each request on another worker', (name) => {
  it.each(['new', 'old'])('answers what the upstream of the %s era asks', async (server) => {
    const asked: string[] = [];
    const client = await clients[name]?.({
      url: ground.url(0),
      key: ground.acme.key,
      fetch: ground.alternating,
      onAsk: (method) => asked.push(method),
    });
    if (!client) throw new Error('no client');
    expect(await client.call(`${server}__test_elicitation`, { message: 'who?' })).toContain('ada');
    expect(await client.call(`${server}__test_sampling`, { prompt: 'hi' })).toContain('model says hello');
    expect(await client.call(`${server}__test_list_roots`)).toContain('file:///home/ada');
    expect(await client.call(`${server}__test_url_elicitation`)).toContain('action=accept');
    expect(await client.call(`${server}__test_streaming_elicitation`)).toContain('went on');
    expect(asked).toEqual([
      'elicitation/create',
      'sampling/createMessage',
      'roots/list',
      'elicitation/create',
      'elicitation/create',
    ]);
    await client.close();
  });

  it.each(['new', 'old'])('is never asked for what it did not declare by the %s era', async (server) => {
    const asked: string[] = [];
    const client = await clients[name]?.({
      url: ground.url(1),
      key: ground.acme.key,
      capabilities: { elicitation: { form: {} } },
      onAsk: (method) => asked.push(method),
    });
    await expect(client?.call(`${server}__test_missing_capability`)).rejects.toThrow();
    expect(asked).toEqual([]);
    await client?.close();
  });
});

it('a client of HTTP+SSE is asked over its stream, whichever worker takes its messages', async () => {
  const asked: string[] = [];
  const client = await oldAskedClient({
    url: ground.url(0, ground.acme, 'sse'),
    key: ground.acme.key,
    fetch: (target, init) =>
      init?.method === 'POST' ? ground.alternating(target, init) : fetch(target, init),
    onAsk: (method) => asked.push(method),
  });
  expect(await client.call('old__test_elicitation', { message: 'who?' })).toContain('ada');
  expect(await client.call('new__test_sampling', { prompt: 'hi' })).toContain('model says hello');
  expect(asked).toEqual(['elicitation/create', 'sampling/createMessage']);
  await client.close();
});
