import {
  InMemoryTaskMessageQueue,
  InMemoryTaskStore,
} from '@modelcontextprotocol/sdk/experimental/tasks/stores/in-memory.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { instructions, suiteTool, suiteTools } from './catalogue.ts';
import { type LegacyExtra, type LegacySessionFacts, legacyTalk } from './legacy-talk.ts';
import { complete, getPrompt, promptDefinitions } from './prompts.ts';
import { readResource, resourceDefinitions, templateDefinitions } from './resources.ts';
import { type Change, type Json, ProtocolFault, runTool, type SuiteTool } from './talk.ts';

/** One session of the 1.x SDK. */
export interface LegacyServer {
  readonly server: Server;
  /** Tells this session's client; an updated resource only where it subscribed. */
  tell(change: Change): void;
}

/** A server of the 1.x SDK for one session; `announce` reaches every session of the fixture. */
export function createLegacyServer(announce: (change: Change) => void): LegacyServer {
  const server = new Server(
    { name: 'suite-legacy', title: 'Suite (1.x SDK)', version: '1.0.0' },
    {
      instructions,
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        completions: {},
        logging: {},
        tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
      },
      taskStore: new InMemoryTaskStore(),
      taskMessageQueue: new InMemoryTaskMessageQueue(),
      defaultTaskPollInterval: 100,
    },
  );
  const state = { logLevel: 'debug', uris: new Set<string>() };
  const facts: LegacySessionFacts = {
    get clientCapabilities() {
      return (server.getClientCapabilities() ?? {}) as Json;
    },
    get logLevel() {
      return state.logLevel;
    },
    announce,
  };
  serveTools(server, facts);
  servePrompts(server, facts);
  serveResources(server, state.uris);
  server.setRequestHandler(SetLevelRequestSchema, ({ params }) => {
    state.logLevel = params.level;
    return {};
  });
  return { server, tell: (change) => void told(server, state.uris, change).catch(() => {}) };
}

async function told(server: Server, uris: ReadonlySet<string>, change: Change): Promise<void> {
  if (change === 'tools') await server.sendToolListChanged();
  else if (change === 'prompts') await server.sendPromptListChanged();
  else if (change === 'resources') await server.sendResourceListChanged();
  else if (uris.has(change.updated)) await server.sendResourceUpdated({ uri: change.updated });
}

/** Faults of the catalogue as the SDK's errors. */
async function asMcpError<Result>(work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolFault) throw new McpError(error.code, error.message, error.data);
    throw error;
  }
}

function serveTools(server: Server, facts: LegacySessionFacts): void {
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: suiteTools.map(({ definition }) => definition) as never,
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    asMcpError(async () => {
      const tool = suiteTool(params.name);
      if (tool === undefined) throw new ProtocolFault(-32602, `Unknown tool: ${params.name}`);
      const args = params.arguments ?? {};
      if (params.task !== undefined) return startTask(tool, args, extra, facts, params.task);
      if (tool.task?.support === 'required')
        throw new ProtocolFault(-32601, `${params.name} runs as a task only`);
      return runTool(tool, args, legacyTalk(extra, facts));
    }),
  );
}

/** Starts the tool as a core task of 2025-11-25; the SDK serves `tasks/*` from the store. */
async function startTask(
  tool: SuiteTool,
  args: Json,
  extra: LegacyExtra,
  facts: LegacySessionFacts,
  asked: { readonly ttl?: number | undefined },
): Promise<Json> {
  const { taskStore: store } = extra;
  if (tool.task === undefined || store === undefined)
    throw new ProtocolFault(-32601, `${tool.definition.name} never runs as a task`);
  const prepared = (await tool.task.prepare?.(args, legacyTalk(extra, facts))) ?? {};
  const task = await store.createTask({ ttl: asked.ttl ?? 60_000, pollInterval: 100 });
  const talk = legacyTalk(extra, facts, task.taskId);
  const finish = async () => {
    try {
      await store.storeTaskResult(task.taskId, 'completed', await runTool(tool, args, talk, prepared));
    } catch (error) {
      await store.updateTaskStatus(task.taskId, 'failed', (error as Error).message);
    }
  };
  void finish().catch(() => {});
  return { task };
}

function servePrompts(server: Server, facts: LegacySessionFacts): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: promptDefinitions as never }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }, extra) =>
    asMcpError(() => getPrompt(params.name, params.arguments ?? {}, legacyTalk(extra, facts))),
  );
  server.setRequestHandler(CompleteRequestSchema, ({ params }) => complete(params.argument.value));
}

function serveResources(server: Server, uris: Set<string>): void {
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: resourceDefinitions as never }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: templateDefinitions,
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const contents = readResource(uri);
    if (contents === undefined) throw new McpError(-32002, 'Resource not found', { uri });
    return { contents: [contents as never] };
  });
  server.setRequestHandler(SubscribeRequestSchema, ({ params }) => {
    uris.add(params.uri);
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => {
    uris.delete(params.uri);
    return {};
  });
}
