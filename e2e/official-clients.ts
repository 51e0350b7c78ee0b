import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernTransport,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { promptText, resourceText } from './clients/visit.ts';

/** The part of both official clients that the journeys use. */
export interface OfficialClient {
  readonly name: string;
  /** Names of all tools, sorted. */
  list(): Promise<readonly string[]>;
  /** The text of the first content block; a refusal throws with the server's words. */
  call(tool: string, args: Record<string, unknown>, onProgress?: () => void): Promise<string>;
  /** The text of a prompt's first message. */
  prompt(name: string, args: Record<string, string>): Promise<string>;
  /** URIs of all resources, sorted. */
  resources(): Promise<readonly string[]>;
  /** The text of a resource's first part. */
  read(uri: string): Promise<string>;
  close(): Promise<void>;
}

interface AnyResult {
  readonly isError?: boolean | undefined;
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
}

function textOf(result: AnyResult): string {
  const text = result.content?.find((block) => block.type === 'text')?.text ?? '';
  if (result.isError === true) throw new Error(text);
  return text;
}

interface AnyClient {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>;
  getPrompt(params: { name: string; arguments: Record<string, string> }): Promise<unknown>;
  listResources(): Promise<{ readonly resources: readonly { readonly uri: string }[] }>;
  readResource(params: { uri: string }): Promise<unknown>;
  close(): Promise<void>;
}

/** The part that both generations of the official client have alike. */
const common = (client: AnyClient) => ({
  list: async () => names((await client.listTools()).tools),
  prompt: async (name: string, args: Record<string, string>) =>
    promptText(await client.getPrompt({ name, arguments: args })),
  resources: async () => (await client.listResources()).resources.map(({ uri }) => uri).sort(),
  read: async (uri: string) => resourceText(await client.readResource({ uri })),
  close: () => client.close(),
});

const headers = (key: string) => ({ requestInit: { headers: { Authorization: `Bearer ${key}` } } });
const names = (tools: readonly { readonly name: string }[]) => tools.map((tool) => tool.name).sort();

/** `@modelcontextprotocol/client` 2.x, asking for the 2026-07-28 era. */
export async function modernClient(endpoint: string, key: string): Promise<OfficialClient> {
  const client = new ModernClient(
    { name: 'e2e-modern', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new ModernTransport(new URL(endpoint), headers(key)));
  return {
    name: 'client 2.x (2026-07-28)',
    ...common(client as unknown as AnyClient),
    call: async (tool, args, onprogress) =>
      textOf(
        (await client.callTool(
          { name: tool, arguments: args },
          onprogress ? { onprogress } : {},
        )) as AnyResult,
      ),
  };
}

/** `@modelcontextprotocol/sdk` 1.32.2: the `initialize` era. */
export async function legacyClient(endpoint: string, key: string): Promise<OfficialClient> {
  const client = new LegacyClient({ name: 'e2e-legacy', version: '1' });
  // The package's own types do not survive exactOptionalPropertyTypes: its transport declares `sessionId?: string`.
  await client.connect(
    new LegacyTransport(new URL(endpoint), headers(key)) as unknown as Parameters<typeof client.connect>[0],
  );
  return {
    name: 'sdk 1.32.2 (initialize)',
    ...common(client as unknown as AnyClient),
    call: async (tool, args, onprogress) =>
      textOf(
        (await client.callTool(
          { name: tool, arguments: args },
          CallToolResultSchema,
          onprogress ? { onprogress } : {},
        )) as AnyResult,
      ),
  };
}
