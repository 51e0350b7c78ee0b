import { randomBytes, randomUUID } from 'node:crypto';
import { NodeStreamableHTTPServerTransport, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  createRequestStateCodec,
  isLegacyRequest,
  type JSONRPCMessage,
  type McpServer,
  type ServerNotifier,
} from '@modelcontextprotocol/server';
import { createEventStore } from './event-store.ts';
import { createModernServer, type ModernGround } from './modern-server.ts';
import type { RoundState } from './modern-talk.ts';
import { type SuiteServer, serveLoopback } from './serve-loopback.ts';
import { createSessions, type SuiteSession } from './sessions.ts';
import type { Change } from './talk.ts';
import { createTaskBoard } from './task-board.ts';

interface Session extends SuiteSession {
  readonly server: McpServer;
}

/**
 * Starts the fixture on the 2.x SDK: 2026-07-28 without state, and every earlier revision with sessions, on one
 * endpoint.
 */
export async function startModernSuite(options: { readonly port?: number } = {}): Promise<SuiteServer> {
  const board = createTaskBoard();
  const ground: ModernGround = {
    codec: createRequestStateCodec<RoundState>({ key: randomBytes(32) }),
    board,
    announce(change) {
      notify(handler.notify, change);
      for (const { server } of sessions.all()) tellSession(server, change);
    },
  };
  const handler = createMcpHandler(() => createModernServer(ground, 'modern'), { legacy: 'reject' });
  const modern = toNodeHandler(handler);
  const sessions = createSessions<Session>(async ({ add, remove }) => {
    const server = createModernServer(ground, 'legacy');
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => add(id, session),
      onsessionclosed: remove,
      eventStore: createEventStore<JSONRPCMessage>(),
      retryInterval: 50,
    });
    await server.connect(transport);
    const session: Session = {
      server,
      handle: (req, res, body) => transport.handleRequest(req, res, body),
      close: () => server.close(),
    };
    return session;
  });
  return serveLoopback(
    async (req, res, body) => {
      // The SDK's own shape of a request does not survive exactOptionalPropertyTypes.
      const incoming = req as Parameters<typeof modern>[0];
      const isLegacy =
        body === undefined || (await isLegacyRequest(await toWebRequest(incoming, body), body));
      return isLegacy ? sessions.handle(req, res, body) : modern(incoming, res, body);
    },
    {
      port: options.port,
      async close() {
        board.close();
        await handler.close();
        await sessions.close();
      },
    },
  );
}

function notify(notifier: ServerNotifier, change: Change): void {
  if (change === 'tools') notifier.toolsChanged();
  else if (change === 'prompts') notifier.promptsChanged();
  else if (change === 'resources') notifier.resourcesChanged();
  else notifier.resourceUpdated(change.updated);
}

function tellSession(server: McpServer, change: Change): void {
  if (change === 'tools') server.sendToolListChanged();
  else if (change === 'prompts') server.sendPromptListChanged();
  else if (change === 'resources') server.sendResourceListChanged();
  else server.server.sendResourceUpdated({ uri: change.updated }).catch(() => {});
}
