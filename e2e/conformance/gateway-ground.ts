import { type ConsoleSession, signIn } from '../console-session.ts';
import { createPlainEndpoint } from '../endpoint-setup.ts';
import { type Stack, startStack } from '../stack.ts';
import { createAgentKey, createTenant, publishServer } from '../tenant-setup.ts';
import type { SuiteServer } from '../upstreams/suite/serve-loopback.ts';
import { type KeyProxy, startKeyProxy } from './key-proxy.ts';
import type { Revision } from './run-suite.ts';

/** An installation with one plain-named endpoint for each fixture, and a door with the key to each. */
export interface GatewayGround {
  readonly stack: Stack;
  readonly doors: Readonly<Record<Revision, KeyProxy>>;
  close(): Promise<void>;
}

/** Registers, vets and approves the fixtures as an owner does, through the API alone. */
export async function startGatewayGround(
  fixtures: Readonly<Record<Revision, SuiteServer>>,
): Promise<GatewayGround> {
  const stack = await startStack();
  const opened: KeyProxy[] = [];
  const close = async () => {
    for (const door of opened) await door.close();
    await stack.stop();
  };
  try {
    const operator = await signIn(stack.consoleUrl, await stack.loginLink());
    for (const { port } of Object.values(fixtures))
      await operator.run('allowPrivateOrigin', { origin: `127.0.0.1:${port}` });
    const owner = await createTenant(stack, operator, 'conformance');
    const doors: Partial<Record<Revision, KeyProxy>> = {};
    for (const [revision, fixture] of Object.entries(fixtures) as [Revision, SuiteServer][]) {
      const door = await openDoor(owner, revision, fixture);
      opened.push(door);
      doors[revision] = door;
    }
    return { stack, doors: doors as Record<Revision, KeyProxy>, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDoor(owner: ConsoleSession, revision: Revision, fixture: SuiteServer): Promise<KeyProxy> {
  const slug = `suite-${revision}`;
  const serverId = await publishServer(owner, slug, fixture.url);
  const endpoint = await createPlainEndpoint(owner, slug, serverId);
  const { key } = await createAgentKey(owner, slug);
  return startKeyProxy(endpoint, key);
}
