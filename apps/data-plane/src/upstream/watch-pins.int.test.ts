import { createHash } from 'node:crypto';
import { uiDefinition } from '@sallyport/mcp';
import { afterEach, describe, expect, it } from 'vitest';
import { oneUpstream, pinOf } from './__fixtures__/one-upstream.ts';
import { type Message, startRaw } from './__fixtures__/raw-upstream.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const page = { contents: [{ uri: 'ui://panel', mimeType: 'text/html', text: '<p>hi</p>' }] };
const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const lists: Record<string, Message> = {
  'tools/list': { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] },
  'prompts/list': { prompts: [{ name: 'hello', description: 'Says hello.' }] },
  'resources/list': { resources: [{ uri: 'file:///a', name: 'a' }] },
  'resources/templates/list': { resourceTemplates: [{ uriTemplate: 'file:///{x}', name: 'x' }] },
  'resources/read': page,
};
const pins = {
  tool: pinOf('tool', 'echo', lists['tools/list'].tools[0]),
  prompt: pinOf('prompt', 'hello', lists['prompts/list'].prompts[0]),
  resource: pinOf('resource', 'file:///a', lists['resources/list'].resources[0]),
  template: pinOf('template', 'file:///{x}', lists['resources/templates/list'].resourceTemplates[0]),
  page: pinOf(
    'resource',
    'ui://panel',
    uiDefinition({ uri: 'ui://panel', listed: undefined, read: page, sha256 }) ?? {},
  ),
  instructions: pinOf('instructions', 'instructions', { instructions: 'Be kind.' }),
};

async function serve(answers: Record<string, Message>, instructions: string, isModern: boolean) {
  const server = await startRaw({
    isModern,
    instructions,
    call(message, res) {
      const result = answers[message.method];
      const body = result ? { result } : { error: { code: -32601, message: 'no' } };
      res
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...body }));
    },
  });
  const to = oneUpstream(server.url, { pinned: Object.values(pins) });
  cleanups.push(
    () => server.close(),
    () => to.close(),
  );
  return { server, to };
}

describe.each([
  ['legacy', false],
  ['modern', true],
] as const)('pins at a %s upstream', (_era, isModern) => {
  it('hold for every kind, apps and instructions included', async () => {
    const { server, to } = await serve(lists, 'Be kind.', isModern);
    const verdicts = await Promise.all(
      Object.values(pins).map((pin) => to.upstream.pins.check(pin, 30_000, Date.now())),
    );
    expect(verdicts).toEqual(Object.values(pins).map(() => ({ kind: 'same' })));
    expect(to.observed).toEqual([]);
    // Pages are looked at on their own: nobody who reads a plain resource waits for them.
    expect(server.posted('resources/list').length).toBe(2);
    expect(server.posted('resources/read').length).toBe(1);
  });

  it.each([
    ['prompt', { 'prompts/list': { prompts: [{ name: 'hello', description: 'Says more.' }] } }],
    ['resource', { 'resources/list': { resources: [] } }],
    [
      'template',
      { 'resources/templates/list': { resourceTemplates: [{ uriTemplate: 'file:///{x}', name: 'y' }] } },
    ],
    [
      'page',
      { 'resources/read': { contents: [{ uri: 'ui://panel', mimeType: 'text/html', text: '<script>' }] } },
    ],
    ['instructions', {}],
  ] as const)('break when a %s changes, and say so once', async (kind, change) => {
    const instructions = kind === 'instructions' ? 'Be evil.' : 'Be kind.';
    const { to } = await serve({ ...lists, ...change }, instructions, isModern);
    for (let look = 0; look < 2; look += 1)
      expect(await to.upstream.pins.check(pins[kind], 0, Date.now())).toMatchObject({ kind: 'changed' });
    expect(to.observed.map(({ tool }) => tool.name)).toEqual([pins[kind].name]);
    expect(await to.upstream.pins.check(pins.tool, 30_000, Date.now())).toEqual({ kind: 'same' });
  });

  it('are unverified where the list cannot be had, and other kinds do not wait', async () => {
    const { 'prompts/list': _none, ...rest } = lists;
    const { to } = await serve(rest, 'Be kind.', isModern);
    expect(await to.upstream.pins.check(pins.prompt, 30_000, Date.now())).toMatchObject({
      kind: 'unverified',
    });
    expect(await to.upstream.pins.check(pins.tool, 30_000, Date.now())).toEqual({ kind: 'same' });
    expect(to.upstream.isDown()).toBe(true);
  });
});
