import type { Destination } from './clients/visit.ts';
import type { ConsoleSession } from './console-session.ts';
import { liveEverywhere } from './tenant-setup.ts';

interface Capabilities {
  readonly capabilities: readonly { readonly toolId: string; readonly serverId: string }[];
}

/** Makes an endpoint that shows everything of one server under the server's own names, and a key for it alone. */
export async function createPlainEndpoint(
  owner: ConsoleSession,
  slug: string,
  serverId: string,
): Promise<Destination> {
  const { capabilities } = await owner.run<Capabilities>('capabilities');
  const items = capabilities
    .filter((capability) => capability.serverId === serverId)
    .map(({ toolId }) => ({ toolId, hidden: false }));
  const { endpoint } = await owner.run<{ endpoint: { id: string; url: string } }>('createEndpoint', {
    slug,
    input: { name: slug, selection: 'CHOSEN', naming: 'PLAIN', toolSearch: false, items },
  });
  const agent = await owner.run<{ id: string }>('createAgent', {
    input: { name: `agent of ${slug}`, roles: ['agent'] },
  });
  const { secret } = await owner.run<{ secret: string }>('createApiKey', {
    input: { agentId: agent.id, name: 'key', endpointId: endpoint.id },
  });
  await liveEverywhere(owner);
  return { url: endpoint.url, key: secret };
}
