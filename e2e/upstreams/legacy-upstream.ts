import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { initializeResult, isLegacyVersion, readInitialize, rpcCodes } from '@sallyport/mcp';
import { type Incoming, type Listening, listen, type Outgoing } from './upstream-http.ts';
import {
  answerCall,
  controlsOf,
  createState,
  type FixtureTool,
  plainTools,
  type UpstreamControls,
  type UpstreamState,
} from './upstream-state.ts';

export type LegacyUpstream = Listening &
  UpstreamControls & {
    /** Forgets every session, as a restart would: the next request of each gets 404. */
    expireSessions(): void;
    openSessions(): number;
  };

/** Starts a recording server of the legacy era, with sessions unless told otherwise. */
export async function startLegacyUpstream(
  options: {
    readonly tools?: readonly FixtureTool[];
    readonly port?: number;
    readonly isSessionless?: boolean;
  } = {},
): Promise<LegacyUpstream> {
  const state = createState(options.tools ?? plainTools);
  const sessions = new Set<string>();
  const place = { state, sessions: options.isSessionless ? undefined : sessions };
  const listening = await listen(state, (incoming, req) => route(place, incoming, req.headers), options.port);
  return {
    ...listening,
    ...controlsOf(state),
    expireSessions: () => sessions.clear(),
    openSessions: () => sessions.size,
  };
}

interface Place {
  readonly state: UpstreamState;
  /** `undefined`: this fixture knows no sessions. */
  readonly sessions: Set<string> | undefined;
}

function route({ state, sessions }: Place, incoming: Incoming, headers: IncomingHttpHeaders): Outgoing {
  const version = headers['mcp-protocol-version'];
  if (version !== undefined && !isLegacyVersion(version)) return failure(incoming, 400, 'Bad version');
  if (incoming.method === 'initialize') return initialize(incoming, sessions);
  if (!sessions) return handle(state, incoming);
  const session = headers['mcp-session-id'];
  if (typeof session !== 'string') return failure(incoming, 400, 'Session id required');
  if (!sessions.has(session)) return failure(incoming, 404, 'Session not found');
  if (incoming.method === 'DELETE') sessions.delete(session);
  return handle(state, incoming);
}

function initialize(incoming: Incoming, sessions: Set<string> | undefined): Outgoing {
  const asked = readInitialize(incoming.params);
  if (!asked) return failure(incoming, 400, 'Bad initialize');
  const serverInfo = { name: 'legacy-fixture', version: '1.0.0' };
  const result = initializeResult({
    version: asked.version,
    capabilities: { tools: { listChanged: false } },
    serverInfo,
  });
  const message = { jsonrpc: '2.0', id: incoming.id, result };
  if (!sessions) return { status: 200, message };
  const session = randomUUID();
  sessions.add(session);
  return { status: 200, headers: { 'mcp-session-id': session }, message };
}

function handle(state: UpstreamState, { id, method, params }: Incoming): Outgoing {
  if (method === 'DELETE') return { status: 200 };
  if (id === undefined) return { status: 202 };
  const ok = (result: unknown): Outgoing => ({ status: 200, message: { jsonrpc: '2.0', id, result } });
  const fail = (code: number, text: string): Outgoing => ({
    status: 200,
    message: { jsonrpc: '2.0', id, error: { code, message: text } },
  });
  if (method === 'ping') return ok({});
  if (method === 'tools/list') return ok({ tools: state.tools });
  const other = Object.hasOwn(state.others, method) ? state.others[method] : undefined;
  if (other) {
    const result = other(params);
    return result ? ok(result) : fail(rpcCodes.invalidParams, 'Unknown');
  }
  if (method !== 'tools/call') return fail(rpcCodes.methodNotFound, 'Method not found');
  const result = answerCall(state, params.name, params.arguments);
  return result === undefined ? fail(rpcCodes.invalidParams, 'Unknown tool') : ok(result);
}

function failure(incoming: Incoming, status: number, text: string): Outgoing {
  const error = { code: rpcCodes.invalidRequest, message: text };
  return { status, message: { jsonrpc: '2.0', id: incoming.id ?? null, error } };
}
