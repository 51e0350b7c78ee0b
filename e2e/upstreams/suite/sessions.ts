import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './serve-loopback.ts';

/** One session of 2025-11-25 and its way out. */
export interface SuiteSession {
  handle(req: IncomingMessage, res: ServerResponse, body: unknown): Promise<void>;
  close(): Promise<void>;
}

/** The sessions of a fixture by id; a request without one opens a new session, where it is an `initialize`. */
export function createSessions<Session extends SuiteSession>(
  open: (kept: { add(id: string, session: Session): void; remove(id: string): void }) => Promise<Session>,
) {
  const sessions = new Map<string, Session>();
  const kept = {
    add: (id: string, session: Session) => void sessions.set(id, session),
    remove: (id: string) => void sessions.delete(id),
  };
  return {
    all: () => [...sessions.values()],
    async handle(req: IncomingMessage, res: ServerResponse, body: unknown): Promise<void> {
      const id = req.headers['mcp-session-id'];
      if (typeof id === 'string') {
        const session = sessions.get(id);
        return session ? session.handle(req, res, body) : refuse(res, 404, -32001, 'Session not found');
      }
      if (req.method !== 'POST') return refuse(res, 400, -32000, 'Session id required');
      // The transport refuses whatever is not an `initialize` on a session that has not begun.
      await (await open(kept)).handle(req, res, body);
    },
    async close(): Promise<void> {
      await Promise.all([...sessions.values()].map((session) => session.close()));
      sessions.clear();
    },
  };
}
