import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { legacyClient, modernClient } from '../official-clients.ts';
import { type Stack, startStack } from '../stack.ts';
import { publishServer } from '../tenant-setup.ts';
import { type ServerEverything, startServerEverything } from '../upstreams/server-everything.ts';

/** Servers that nobody wrote for us, unmodified: the demo server and the reference server of the protocol. */
let stack: Stack;
let everything: ServerEverything;
let owner: ConsoleSession;

beforeAll(async () => {
  stack = await startStack();
  everything = await startServerEverything();
  owner = await signIn(stack.consoleUrl, await stack.loginLink());
  await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${everything.port}` });
  await publishServer(owner, 'Everything', everything.url);
});
afterAll(async () => {
  await everything?.close();
  await stack?.stop();
});

describe.each([
  ['modern', modernClient],
  ['legacy', legacyClient],
] as const)('the official client of the %s era', (_era, connect) => {
  it('lists and calls tools of both real servers, whatever era they speak', async () => {
    const client = await connect(stack.endpoint, stack.key);
    try {
      const names = await client.list();
      expect(names).toContain('demo__add');
      expect(names).toContain('everything__echo');
      expect(await client.call('everything__echo', { message: 'through the gate' })).toContain(
        'through the gate',
      );
      expect(await client.call('demo__add', { a: 19, b: 23 })).toContain('42');
    } finally {
      await client.close();
    }
  });

  it('gets prompts, reads resources and sees progress of the reference server', async () => {
    const client = await connect(stack.endpoint, stack.key);
    try {
      expect(await client.prompt('everything__args-prompt', { city: 'Bern' })).toContain('Bern');
      const uris = await client.resources();
      expect(uris).toContain('demo://resource/static/document/architecture.md');
      expect(await client.read('demo://resource/static/document/architecture.md')).toContain('#');
      expect(await client.read('demo://resource/dynamic/text/3')).toContain('3');
      let steps = 0;
      const done = client.call(
        'everything__trigger-long-running-operation',
        { duration: 1, steps: 4 },
        () => {
          steps += 1;
        },
      );
      expect(await done).toContain('completed');
      expect(steps).toBe(4);
    } finally {
      await client.close();
    }
  });
});
