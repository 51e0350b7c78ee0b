import { type ConsoleSession, signIn } from '../console-session.ts';
import { createPlainEndpoint, type OwnEndpoint } from '../endpoint-setup.ts';
import { type Stack, startStack } from '../stack.ts';
import { createTenant, publishServer } from '../tenant-setup.ts';
import { startLegacySuite } from '../upstreams/suite/legacy-suite.ts';
import { startModernSuite } from '../upstreams/suite/modern-suite.ts';
import type { SuiteServer } from '../upstreams/suite/serve-loopback.ts';
import type { Revision } from './run-suite.ts';

/** Both fixtures, by the newest revision that they speak. */
export interface Fixtures extends Readonly<Record<Revision, SuiteServer>> {
  close(): Promise<void>;
}

/** Starts both fixtures. */
export async function startFixtures(): Promise<Fixtures> {
  const legacy = await startLegacySuite();
  const modern = await startModernSuite();
  return {
    '2025-11-25': legacy,
    '2026-07-28': modern,
    async close() {
      await legacy.close();
      await modern.close();
    },
  };
}

/** An installation with one plain-named endpoint for each fixture. */
export interface GatewayGround {
  readonly stack: Stack;
  readonly owner: ConsoleSession;
  readonly endpoints: Readonly<Record<Revision, OwnEndpoint>>;
  close(): Promise<void>;
}

/** Registers, vets and approves the fixtures as an owner does, through the API alone. */
export async function startGatewayGround(fixtures: Fixtures): Promise<GatewayGround> {
  const stack = await startStack();
  try {
    const operator = await signIn(stack.consoleUrl, await stack.loginLink());
    const owner = await createTenant(stack, operator, 'conformance');
    const publish = async (revision: Revision): Promise<OwnEndpoint> => {
      const { url, port } = fixtures[revision];
      await operator.run('allowPrivateOrigin', { origin: `127.0.0.1:${port}` });
      const slug = `suite-${revision}`;
      const serverId = await publishServer(owner, slug, url);
      return createPlainEndpoint(owner, slug, serverId);
    };
    const endpoints = {
      '2025-11-25': await publish('2025-11-25'),
      '2026-07-28': await publish('2026-07-28'),
    };
    return { stack, owner, endpoints, close: () => stack.stop() };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
