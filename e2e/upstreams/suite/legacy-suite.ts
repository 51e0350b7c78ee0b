import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { createEventStore } from './event-store.ts';
import { createLegacyServer, type LegacyServer } from './legacy-server.ts';
import { type SuiteServer, serveLoopback } from './serve-loopback.ts';
import { createSessions, type SuiteSession } from './sessions.ts';
import type { Change } from './talk.ts';

interface Session extends SuiteSession {
  readonly tell: LegacyServer['tell'];
}

/** Starts the fixture on the 1.x SDK: revisions up to 2025-11-25, with sessions, and nothing newer. */
export async function startLegacySuite(options: { readonly port?: number } = {}): Promise<SuiteServer> {
  const announce = (change: Change) => {
    for (const session of sessions.all()) session.tell(change);
  };
  const sessions = createSessions<Session>(async ({ add, remove }) => {
    const { server, tell } = createLegacyServer(announce);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => add(id, session),
      onsessionclosed: remove,
      eventStore: createEventStore<JSONRPCMessage>(),
      retryInterval: 50,
    });
    const session: Session = {
      tell,
      handle: (req, res, body) => transport.handleRequest(req, res, body),
      close: () => server.close(),
    };
    // The package's own types do not survive exactOptionalPropertyTypes.
    await server.connect(transport as unknown as Transport);
    return session;
  });
  return serveLoopback(sessions.handle, { port: options.port, close: sessions.close });
}
