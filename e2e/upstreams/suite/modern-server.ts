import {
  type CallToolResult,
  fromJsonSchema,
  type GetPromptResult,
  McpServer,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  type RequestStateCodec,
  ResourceNotFoundError,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { instructions, suiteTool, suiteTools } from './catalogue.ts';
import { declaredBy, modernTalk, orAsk, type RoundState } from './modern-talk.ts';
import { complete, getPrompt, promptDefinitions } from './prompts.ts';
import { readResource, resourceDefinitions, templateDefinitions } from './resources.ts';
import { type Change, type Json, ProtocolFault, runTool, type Talk, text } from './talk.ts';
import type { TaskBoard } from './task-board.ts';

const tasksExtension = 'io.modelcontextprotocol/tasks';

/** What all servers of one fixture share. */
export interface ModernGround {
  readonly codec: RequestStateCodec<RoundState>;
  readonly board: TaskBoard;
  announce(change: Change): void;
}

/** A server of the 2.x SDK for one request of 2026-07-28 or one session of an earlier revision. */
export function createModernServer(ground: ModernGround, era: 'modern' | 'legacy'): McpServer {
  const server = new McpServer(
    { name: 'suite-modern', title: 'Suite (2.x SDK)', version: '1.0.0' },
    {
      instructions,
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        completions: {},
        logging: {},
        ...(era === 'modern' && { extensions: { [tasksExtension]: {} } }),
      },
      cacheHints: { 'tools/list': { ttlMs: 60_000, cacheScope: 'public' } },
      requestState: { verify: ground.codec.verify },
    },
  );
  listTools(server);
  serveTools(server, ground);
  servePrompts(server, ground);
  serveResources(server);
  if (era === 'modern') serveTasks(server, ground);
  return server;
}

const talkOf = (server: McpServer, ground: ModernGround, ctx: ServerContext) =>
  modernTalk(ctx, server.server.getClientCapabilities() as Json | undefined, ground.announce);

/** Registered for their list and for the SDK's own check of mirrored headers; calls are served below. */
function listTools(server: McpServer): void {
  for (const { definition } of suiteTools) {
    const { name, inputSchema, outputSchema, ...rest } = definition as Json & { name: string };
    server.registerTool(
      name,
      {
        ...rest,
        inputSchema: fromJsonSchema(inputSchema as Parameters<typeof fromJsonSchema>[0]),
        ...(outputSchema !== undefined && {
          outputSchema: fromJsonSchema(outputSchema as Parameters<typeof fromJsonSchema>[0]),
        }),
      },
      () => text('never reached') as CallToolResult,
    );
  }
}

const hasTasks = (capabilities: Json): boolean =>
  (capabilities.extensions as Json | undefined)?.[tasksExtension] !== undefined;

const needTasks = () =>
  new MissingRequiredClientCapabilityError({
    requiredCapabilities: { extensions: { [tasksExtension]: {} } },
  });

/** Faults of the catalogue as the SDK's errors. */
async function asProtocolError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolFault) throw new ProtocolError(error.code, error.message, error.data);
    throw error;
  }
}

function serveTools(server: McpServer, ground: ModernGround): void {
  server.server.setRequestHandler('tools/call', ({ params }, ctx) =>
    asProtocolError(() =>
      orAsk(ground.codec, async () => {
        const result = await call(ground, params.name, params.arguments ?? {}, talkOf(server, ground, ctx));
        return result as CallToolResult;
      }),
    ),
  );
}

async function call(ground: ModernGround, name: string, args: Json, talk: Talk): Promise<Json> {
  const tool = suiteTool(name);
  if (tool === undefined) throw new ProtocolFault(-32602, `Unknown tool: ${name}`);
  const isTask = tool.task !== undefined && hasTasks(talk.clientCapabilities);
  if (!isTask && tool.task?.support === 'required') throw needTasks();
  if (!isTask) return runTool(tool, args, talk);
  const prepared = (await tool.task?.prepare?.(args, talk)) ?? {};
  return ground.board.start(tool, args, talk, prepared);
}

function servePrompts(server: McpServer, ground: ModernGround): void {
  server.server.setRequestHandler('prompts/list', () => ({ prompts: promptDefinitions }));
  server.server.setRequestHandler('prompts/get', ({ params }, ctx) =>
    asProtocolError(() =>
      orAsk(
        ground.codec,
        async () =>
          (await getPrompt(
            params.name,
            params.arguments ?? {},
            talkOf(server, ground, ctx),
          )) as GetPromptResult,
      ),
    ),
  );
  server.server.setRequestHandler(
    'completion/complete',
    ({ params }) => complete(params.argument.value) as { completion: { values: string[] } },
  );
}

function serveResources(server: McpServer): void {
  const inner = server.server;
  inner.setRequestHandler('resources/list', () => ({ resources: resourceDefinitions as never }));
  inner.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: templateDefinitions }));
  inner.setRequestHandler('resources/read', ({ params }) => {
    const contents = readResource(params.uri);
    if (contents === undefined) throw new ResourceNotFoundError(params.uri);
    return { contents: [contents as never] };
  });
  inner.setRequestHandler('resources/subscribe', () => ({}));
  inner.setRequestHandler('resources/unsubscribe', () => ({}));
}

const taskParams = z.looseObject({ taskId: z.string() });

function serveTasks(server: McpServer, { board }: ModernGround): void {
  const methods = {
    'tasks/get': (id: string) => board.get(id),
    'tasks/update': (id: string, params: Json) => board.update(id, (params.inputResponses ?? {}) as Json),
    'tasks/cancel': (id: string) => board.cancel(id),
  };
  for (const [method, serve] of Object.entries(methods)) {
    server.server.setRequestHandler(method, { params: taskParams }, (params, ctx) =>
      asProtocolError(async () => {
        if (!hasTasks(declaredBy(ctx) ?? {})) throw needTasks();
        return serve(params.taskId, {
          ...params,
          inputResponses: ctx.mcpReq.inputResponses ?? params.inputResponses,
        });
      }),
    );
  }
}
