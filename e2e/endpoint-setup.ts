import type { Destination } from './clients/visit.ts';
import type { ConsoleSession } from './console-session.ts';
import { liveEverywhere } from './tenant-setup.ts';

interface Capabilities {
  readonly capabilities: readonly { readonly toolId: string; readonly serverId: string }[];
}

/** An endpoint with a key that is good there alone. */
export interface OwnEndpoint extends Destination {
  readonly endpointId: string;
}

/** Makes an endpoint that shows everything of one server under the server's own names, and a key for it alone. */
export async function createPlainEndpoint(
  owner: ConsoleSession,
  slug: string,
  serverId: string,
): Promise<OwnEndpoint> {
  const { capabilities } = await owner.run<Capabilities>('capabilities');
  const items = capabilities
    .filter((capability) => capability.serverId === serverId)
    .map(({ toolId }) => ({ toolId, hidden: false }));
  const { endpoint } = await owner.run<{ endpoint: { id: string; url: string } }>('createEndpoint', {
    slug,
    input: { name: slug, selection: 'CHOSEN', naming: 'PLAIN', toolSearch: false, items },
  });
  const key = await createEndpointKey(owner, endpoint.id, `agent of ${slug}`);
  return { url: endpoint.url, key, endpointId: endpoint.id };
}

/** Makes an agent with a key for one endpoint, live on every worker. */
export async function createEndpointKey(
  owner: ConsoleSession,
  endpointId: string,
  name: string,
): Promise<string> {
  const agent = await owner.run<{ id: string }>('createAgent', { input: { name, roles: ['agent'] } });
  const { secret } = await owner.run<{ secret: string }>('createApiKey', {
    input: { agentId: agent.id, name: 'key', endpointId },
  });
  await liveEverywhere(owner);
  return secret;
}
