import {
  Client as NewClient,
  StreamableHTTPClientTransport as NewTransport,
} from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolResultSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { type Destination, errand, type RealClient, type SdkClient, visitWith } from './visit.ts';

const capabilities = { elicitation: { form: {} } };
const withKey = ({ key }: Destination) => ({
  requestInit: { headers: { Authorization: `Bearer ${key}` } },
});

/** `sdk` 1.x over any transport: the `initialize` era. */
export async function visitWithOldSdk(transport: unknown) {
  const client = new OldClient({ name: 'e2e-sdk-1', version: '1' }, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { ...errand.answer } }));
  // The package's own types do not survive exactOptionalPropertyTypes.
  await client.connect(transport as Transport);
  return visitWith(client as unknown as SdkClient, (onprogress) =>
    client.callTool({ ...errand.progress }, CallToolResultSchema, { onprogress }),
  );
}

type Negotiation = NonNullable<ConstructorParameters<typeof NewClient>[1]>['versionNegotiation'];

const newClient = (name: string, versionNegotiation: Negotiation): RealClient => ({
  name,
  async visit(destination) {
    const client = new NewClient(
      { name: 'e2e-client-2', version: '1' },
      { capabilities, ...(versionNegotiation && { versionNegotiation }) },
    );
    client.setRequestHandler('elicitation/create', () => ({
      action: 'accept',
      content: { ...errand.answer },
    }));
    await client.connect(new NewTransport(new URL(destination.url), withKey(destination)));
    return visitWith(client as unknown as SdkClient, (onprogress) =>
      client.callTool({ ...errand.progress }, { onprogress }),
    );
  },
});

/** The official TypeScript clients. */
export const sdkClients: readonly RealClient[] = [
  {
    name: 'sdk 1.32.2',
    visit: (destination) => visitWithOldSdk(new OldTransport(new URL(destination.url), withKey(destination))),
  },
  newClient('client 2.4.0, legacy', { mode: 'legacy' }),
  newClient('client 2.4.0, auto', { mode: 'auto' }),
  newClient('client 2.4.0, 2026-07-28', { mode: { pin: '2026-07-28' } }),
];

/** `sdk` 1.x over HTTP+SSE, the transport of 2024-11-05: its URL ends with `/sse`. */
export const oldSseClient: RealClient = {
  name: 'sdk 1.32.2 over HTTP+SSE',
  visit: (destination) =>
    visitWithOldSdk(
      new SSEClientTransport(new URL(destination.url), {
        ...withKey(destination),
        eventSourceInit: {
          fetch: (url, init) =>
            fetch(url, {
              ...init,
              headers: { ...init.headers, Authorization: `Bearer ${destination.key}` },
            } as RequestInit),
        },
      }),
    ),
};
