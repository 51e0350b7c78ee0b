import type { ConsoleSession } from './console-session.ts';
import { liveEverywhere } from './tenant-setup.ts';

/** Makes an endpoint that shows everything of one server under the server's own names; gives its URL. */
export async function createPlainEndpoint(
  owner: ConsoleSession,
  slug: string,
  serverId: string,
): Promise<string> {
  const endpoint = await owner.run<{ url: string }>('createEndpoint', {
    input: { slug, name: slug, selection: 'CHOSEN', naming: 'PLAIN', toolSearch: false, serverId },
  });
  await liveEverywhere(owner);
  return endpoint.url;
}
