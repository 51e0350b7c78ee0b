import {
  Client as NewClient,
  StreamableHTTPClientTransport as NewTransport,
} from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { type Destination, resourceText, textOf } from './visit.ts';

/** A client that can be asked for everything, in either generation of the official SDK. */
export interface AskedClient {
  readonly name: string;
  call(tool: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<unknown>;
  toolMeta(tool: string): Promise<unknown>;
  read(uri: string): Promise<string>;
  complete(templateUri: string, name: string, value: string): Promise<readonly string[]>;
  /** Settles with the URI when the server says that it was updated. */
  untilUpdated(uri: string): Promise<{ readonly updated: Promise<string> }>;
  /** Settles when the server says that its tools changed. */
  untilToolsChange(): Promise<{ readonly changed: Promise<void> }>;
  close(): Promise<void>;
}

/** What became of a core task of 2025-11-25. */
export interface TaskRun {
  readonly taskId: string;
  readonly statuses: readonly string[];
  readonly text: string;
  /** Asked for once more in the same session, after its end. */
  readonly statusAfter: string;
}

const capabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const form = {
  username: 'ada',
  email: 'ada@example.com',
  name: 'Ada',
  color: 'blue',
  ok: true,
  confirm: true,
};
const onElicit = (params: { readonly mode?: string | undefined }) =>
  params.mode === 'url' ? { action: 'accept' as const } : { action: 'accept' as const, content: form };
const sampled = {
  role: 'assistant' as const,
  model: 'test-model',
  content: { type: 'text' as const, text: 'Paris' },
};
const lent = { roots: [{ uri: 'file:///lent', name: 'lent' }] };
const headers = ({ key }: Destination) => ({ requestInit: { headers: { Authorization: `Bearer ${key}` } } });

/** What both generations call alike. */
interface Common {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string; readonly _meta?: unknown }[] }>;
  readResource(params: { uri: string }): Promise<unknown>;
  complete(params: unknown): Promise<{ readonly completion: { readonly values: readonly string[] } }>;
  close(): Promise<void>;
}

const common = (client: Common) => ({
  toolMeta: async (name: string) =>
    (await client.listTools()).tools.find((tool) => tool.name === name)?._meta,
  read: async (uri: string) => resourceText(await client.readResource({ uri })),
  complete: async (uri: string, name: string, value: string) =>
    (await client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } })).completion
      .values,
  close: () => client.close(),
});

async function connectOld(destination: Destination): Promise<OldClient> {
  const client = new OldClient({ name: 'e2e-asked-1', version: '1' }, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => onElicit(params));
  client.setRequestHandler(CreateMessageRequestSchema, () => sampled);
  client.setRequestHandler(ListRootsRequestSchema, () => lent);
  const transport = new OldTransport(new URL(destination.url), headers(destination));
  // The package's own types do not survive exactOptionalPropertyTypes.
  await client.connect(transport as unknown as Transport);
  return client;
}

/** Runs a tool as a core task and follows it to its end. */
export async function runTask(
  destination: Destination,
  name: string,
  args: Record<string, unknown>,
): Promise<TaskRun> {
  const client = await connectOld(destination);
  const statuses: string[] = [];
  let taskId = '';
  let text = '';
  let statusAfter = '';
  try {
    await client.listTools();
    const stream = client.experimental.tasks.callToolStream({ name, arguments: args }, CallToolResultSchema, {
      task: { ttl: 60_000 },
    });
    for await (const message of stream) {
      if (message.type === 'taskCreated') taskId = message.task.taskId;
      if (message.type === 'taskCreated' || message.type === 'taskStatus') statuses.push(message.task.status);
      if (message.type === 'result') text = textOf(message.result);
      if (message.type === 'error') throw message.error;
    }
    statusAfter = (await client.experimental.tasks.getTask(taskId)).status;
  } finally {
    await client.close();
  }
  return { taskId, statuses, text, statusAfter };
}

/** Asks for a core task by its id. */
export async function getTask(destination: Destination, taskId: string): Promise<string> {
  const client = await connectOld(destination);
  try {
    return (await client.experimental.tasks.getTask(taskId)).status;
  } finally {
    await client.close();
  }
}

/** `sdk` 1.x: it is asked by requests on its streams. */
export async function oldAsked(destination: Destination): Promise<AskedClient> {
  const client = await connectOld(destination);
  return {
    name: 'sdk 1.32.2',
    ...common(client as unknown as Common),
    call: (name, args = {}, signal) =>
      client.callTool({ name, arguments: args }, undefined, signal ? { signal } : {}),
    async untilUpdated(uri) {
      const updated = new Promise<string>((resolve) => {
        client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri));
      });
      await client.subscribeResource({ uri });
      return { updated };
    },
    async untilToolsChange() {
      const changed = new Promise<void>((resolve) => {
        client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
      });
      return { changed };
    },
  };
}

/** `client` 2.x at 2026-07-28: it is asked by results. */
export async function newAsked(destination: Destination): Promise<AskedClient> {
  const client = new NewClient(
    { name: 'e2e-asked-2', version: '1' },
    { capabilities, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  client.setRequestHandler('elicitation/create', ({ params }) => onElicit(params));
  client.setRequestHandler('sampling/createMessage', () => sampled);
  client.setRequestHandler('roots/list', () => lent);
  await client.connect(new NewTransport(new URL(destination.url), headers(destination)));
  return {
    name: 'client 2.4.0',
    ...common(client as unknown as Common),
    call: (name, args = {}, signal) => client.callTool({ name, arguments: args }, signal ? { signal } : {}),
    async untilUpdated(uri) {
      const updated = new Promise<string>((resolve) => {
        client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(params.uri));
      });
      await client.listen({ resourceSubscriptions: [uri] });
      return { updated };
    },
    async untilToolsChange() {
      const changed = new Promise<void>((resolve) => {
        client.setNotificationHandler('notifications/tools/list_changed', () => resolve());
      });
      await client.listen({ toolsListChanged: true });
      return { changed };
    },
  };
}

/** The text that a tool answers. */
export const calledText = async (client: AskedClient, tool: string, args?: Record<string, unknown>) =>
  textOf(await client.call(tool, args));
