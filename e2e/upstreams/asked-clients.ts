import {
  Client as NewClient,
  StreamableHTTPClientTransport as NewTransport,
} from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

/** What a test wants of an official client that servers may ask. */
export interface AskedInput {
  readonly url: string;
  readonly key: string;
  /** What the client declares; everything where it is left out. */
  readonly capabilities?: Readonly<Record<string, unknown>>;
  readonly fetch?: typeof fetch;
  /** Sees every question. */
  readonly onAsk?: (method: string, params: unknown) => void;
  readonly answerAfterMs?: number;
}

export interface AskedClient {
  /** The text of the first block of a tool's result. */
  call(name: string, args?: Record<string, unknown>): Promise<string>;
  sessionId(): string | undefined;
  close(): Promise<void>;
}

const everything = { elicitation: { form: {}, url: {} }, sampling: {}, roots: { listChanged: true } };
const answers = {
  elicit: { action: 'accept', content: { username: 'ada', email: 'ada@example.com', ok: true, name: 'ada' } },
  sample: { role: 'assistant', content: { type: 'text', text: 'model says hello' }, model: 'test-model' },
  roots: { roots: [{ uri: 'file:///home/ada', name: 'home' }] },
} as const;

type Registrar = {
  setRequestHandler(schema: unknown, handler: (request: { params?: unknown }) => unknown): void;
};

function answerAll(client: Registrar, names: readonly unknown[], input: AskedInput): void {
  const declared = input.capabilities ?? everything;
  const methods = ['elicitation/create', 'sampling/createMessage', 'roots/list'] as const;
  const results = [answers.elicit, answers.sample, answers.roots];
  const needs = ['elicitation', 'sampling', 'roots'];
  names.forEach((name, at) => {
    if (!Object.hasOwn(declared, needs[at] ?? '')) return;
    client.setRequestHandler(name, async ({ params }) => {
      input.onAsk?.(methods[at] ?? '', params);
      if (input.answerAfterMs) await new Promise((resolve) => setTimeout(resolve, input.answerAfterMs));
      const mode = (params as { mode?: string } | undefined)?.mode;
      return mode === 'url' ? { action: 'accept' } : structuredClone(results[at]);
    });
  });
}

const optionsOf = ({ key, fetch: send }: AskedInput) => ({
  requestInit: { headers: { Authorization: `Bearer ${key}` } },
  ...(send && { fetch: send }),
});

type Called = { readonly content?: readonly { readonly text?: string }[]; readonly isError?: boolean };

async function textOf(result: Promise<unknown>): Promise<string> {
  const { content, isError } = (await result) as Called;
  const text = content?.[0]?.text ?? '';
  if (isError) throw new Error(text);
  return text;
}

/** `sdk` 1.32.2 on streamable HTTP or, where the address ends so, on HTTP+SSE. */
export async function oldAskedClient(input: AskedInput): Promise<AskedClient> {
  const capabilities = (input.capabilities ?? everything) as Record<string, object>;
  const client = new OldClient({ name: 'asked-old', version: '1' }, { capabilities });
  const schemas = [ElicitRequestSchema, CreateMessageRequestSchema, ListRootsRequestSchema];
  answerAll(client as unknown as Registrar, schemas, input);
  const url = new URL(input.url);
  const options = optionsOf(input);
  const withKey = (target: string | URL, init?: RequestInit): Promise<Response> =>
    (input.fetch ?? fetch)(target, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), Authorization: `Bearer ${input.key}` },
    });
  const transport = url.pathname.endsWith('/sse')
    ? new SSEClientTransport(url, { ...options, eventSourceInit: { fetch: withKey as never } })
    : new OldTransport(url, options);
  // The package's own types do not survive exactOptionalPropertyTypes.
  await client.connect(transport as unknown as Transport);
  return {
    call: (name, args = {}) => textOf(client.callTool({ name, arguments: args })),
    sessionId: () => (transport as { sessionId?: string }).sessionId,
    close: () => client.close(),
  };
}

/** `client` 2.4.0 in the modern era. */
export async function newAskedClient(input: AskedInput): Promise<AskedClient> {
  const capabilities = (input.capabilities ?? everything) as Record<string, object>;
  const client = new NewClient(
    { name: 'asked-new', version: '1' },
    { capabilities, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  answerAll(
    client as unknown as Registrar,
    ['elicitation/create', 'sampling/createMessage', 'roots/list'],
    input,
  );
  await client.connect(new NewTransport(new URL(input.url), optionsOf(input)));
  return {
    call: (name, args = {}) => textOf(client.callTool({ name, arguments: args })),
    sessionId: () => undefined,
    close: () => client.close(),
  };
}
