import {
  assumedLegacyVersion,
  claimsModernEra,
  findHeaderMismatch,
  headerNames,
  headerValue,
  type Implementation,
  isJsonObject,
  isLegacyVersion,
  isModernVersion,
  isRequestId,
  metaKeys,
  parseRpcMessage,
  type RequestId,
  type RpcNotification,
  type RpcRequest,
  readEnvelope,
  readInitialize,
  rpcCodes,
  splitBatch,
  supportedVersions,
  type WireObject,
} from '@sallyport/mcp';
import { type CallState, type Stop, stop } from '../call/call.ts';
import { cleanText } from '../call/call-frames.ts';
import { sessionOfQuery } from '../conversation/open-sse-door.ts';
import type { ClientAnswer } from '../upstream/turn.ts';
import { cleanCapabilities } from './client-capabilities.ts';
import type { ReplySink } from './reply-sink.ts';
import type { LegacySession, SessionHandles } from './session-handles.ts';

export interface ReadMessageDeps {
  readonly sessions: SessionHandles;
  readonly nowMs: () => number;
  /** A legacy client answers something that an upstream asked. */
  readonly takeAnswer: (session: LegacySession, id: RequestId | null, answer: ClientAnswer) => void;
  /** Answers a message of HTTP+SSE on its session's stream; `undefined` when that stream is gone. */
  readonly sseDoorSink: (call: CallState, session: LegacySession) => ReplySink | undefined;
  /** A session spoke. */
  readonly noteSession: (call: CallState, session: LegacySession) => void;
}

const maxClientLength = 64;
const maxLevelLength = 16;
const maxPassedKeys = 32;

/** Reads one parsed message into its call: era, version, session, method, id. */
export function readMessage(call: CallState, value: unknown, deps: ReadMessageDeps): Stop | undefined {
  const message = parseRpcMessage(value);
  if (message.kind === 'invalid') {
    call.id = message.id;
    return stop('malformed', { details: { reason: message.reason }, rpc: message.code });
  }
  if (message.kind === 'response') {
    call.isNotification = true;
    call.method = 'response';
    // Only the legacy era answers with messages of its own; the modern one retries.
    const halted = readSession(call, deps);
    if (halted || !call.session) return halted;
    const answer = message.ok
      ? ({ ok: true, result: message.result } as const)
      : ({ ok: false, error: message.error } as const);
    deps.takeAnswer(call.session, message.id, answer);
    return undefined;
  }
  call.method = message.method;
  call.params = message.params;
  if (message.kind === 'request') call.id = message.id;
  else call.isNotification = true;
  const version = headerValue(call.req.headers, headerNames.version);
  return claimsModernEra(message.params) || isModernVersion(version)
    ? readModern(call, message)
    : readLegacy(call, version, deps);
}

/** Reads a batch: only in a session that spoke 2025-03-26, each member a whole call. */
export function readBatch(
  call: CallState,
  body: readonly unknown[],
  deps: ReadMessageDeps,
): Stop | undefined {
  if (headerValue(call.req.headers, headerNames.session) === undefined) {
    return stop('malformed', { details: { reason: 'batch_not_in_this_version' } });
  }
  const halted = readSession(call, deps);
  if (halted) return halted;
  const split = splitBatch(body, call.version ?? '');
  if (split.kind !== 'batch') {
    return stop('malformed', {
      details: { reason: split.kind === 'refused' ? `batch_${split.reason}` : 'batch' },
    });
  }
  call.members = split.members;
  call.method = 'batch';
  return undefined;
}

function readModern(call: CallState, message: RpcRequest | RpcNotification): Stop | undefined {
  call.era = 'modern';
  const envelope = readEnvelope(message.params);
  if (envelope.kind !== 'envelope') {
    return stop('malformed', {
      details: { reason: `${envelope.kind}_meta`, key: envelope.key },
      rpc: rpcCodes.invalidParams,
    });
  }
  call.version = cleanText(envelope.version, maxClientLength);
  readClient(call, envelope.clientInfo, envelope.clientCapabilities);
  call.logLevel = envelope.logLevel === undefined ? null : cleanText(envelope.logLevel, maxLevelLength);
  call.passMeta = readPassMeta(message.params);
  readRetry(call, message.params);
  // Only what may stand in a notification's params is passed on.
  call.progressToken = isRequestId(envelope.progressToken) ? envelope.progressToken : null;
  const mismatch = findHeaderMismatch(call.req.headers, message);
  if (mismatch) {
    return stop('header_mismatch', { details: { header: mismatch.header, problem: mismatch.problem } });
  }
  return isModernVersion(envelope.version) ? undefined : unsupported(envelope.version);
}

function readLegacy(call: CallState, version: string | undefined, deps: ReadMessageDeps): Stop | undefined {
  call.era = 'legacy';
  if (version !== undefined && !isLegacyVersion(version)) return unsupported(version);
  call.version = version ?? assumedLegacyVersion;
  const isOpening = call.method === 'initialize' && !call.isNotification;
  const halted =
    (isOpening && call.door === 'mcp' ? undefined : readSession(call, deps)) ??
    (isOpening ? readOpening(call) : undefined);
  if (halted) return halted;
  const meta = call.params?._meta;
  const token =
    typeof meta === 'object' && meta !== null ? (meta as { progressToken?: unknown }).progressToken : null;
  call.progressToken = isRequestId(token) ? token : null;
  call.passMeta = readPassMeta(call.params);
  return undefined;
}

function readClient(call: CallState, info: Implementation | undefined, capabilities: unknown): void {
  const version = cleanText(info?.version ?? '', maxClientLength);
  call.client = cleanText(info?.name ?? '', maxClientLength);
  call.clientInfo = { name: call.client, version };
  call.clientCapabilities = cleanCapabilities(capabilities);
}

/** A modern retry carries answers and our sealed state; what is neither an object nor text is none. */
function readRetry(call: CallState, params: WireObject | undefined): void {
  // `tasks/update` carries answers too, to a task and not to a call.
  if (call.method === 'tasks/update') return;
  const responses = params?.inputResponses;
  const state = params?.requestState;
  call.inputResponses = isJsonObject(responses) ? responses : null;
  call.requestState = typeof state === 'string' ? state : null;
}

const ownMetaKeys: ReadonlySet<string> = new Set(Object.values(metaKeys));

/** The caller's own `_meta`, for the upstream; what we or the protocol say there ourselves is left out. */
function readPassMeta(params: WireObject | undefined): WireObject | null {
  const meta = params?._meta;
  if (!isJsonObject(meta)) return null;
  const kept = Object.entries(meta).filter(([key]) => !ownMetaKeys.has(key) && !key.startsWith('sallyport/'));
  return kept.length === 0 ? null : Object.fromEntries(kept.slice(0, maxPassedKeys));
}

function readOpening(call: CallState): Stop | undefined {
  const opening = readInitialize(call.params);
  if (!opening) {
    return stop('malformed', { details: { reason: 'initialize' }, rpc: rpcCodes.invalidParams });
  }
  call.version = opening.version;
  readClient(call, opening.clientInfo, opening.capabilities);
  return undefined;
}

function readSession(call: CallState, deps: ReadMessageDeps): Stop | undefined {
  const handle =
    call.door === 'messages'
      ? sessionOfQuery(call.req.url)
      : headerValue(call.req.headers, headerNames.session);
  if (handle === undefined) {
    return stop('session_unknown', { details: { reason: 'Mcp-Session-Id is missing' }, http: 400 });
  }
  const session = openSession(call, handle, deps);
  // Invariant: unknown, expired and foreign session ids look alike, and 404 makes a client initialize again.
  if (!session) return stop('session_unknown');
  call.session = session;
  call.version = session.version;
  call.client = session.client.name;
  call.clientInfo = session.client;
  call.clientCapabilities = session.capabilities;
  deps.noteSession(call, session);
  if (call.door !== 'messages') return undefined;
  const sink = deps.sseDoorSink(call, session);
  // The stream is the session: without it there is nowhere to answer.
  if (!sink) return stop('session_unknown');
  call.sink = sink;
  return undefined;
}

function openSession(call: CallState, handle: string, deps: ReadMessageDeps): LegacySession | undefined {
  const { tenant, endpoint, principal } = call;
  if (!tenant || !endpoint || !principal) return undefined;
  const owner = { tenantId: tenant.id, endpointId: endpoint.id, keyId: principal.key.id };
  return deps.sessions.open(handle, owner, deps.nowMs());
}

/** A GET or DELETE: no body, but a session and what is to become of it. */
export function readBodiless(call: CallState, deps: ReadMessageDeps): Stop | undefined {
  call.bodyIsWhole = true;
  call.era = 'legacy';
  call.method = call.req.method ?? '';
  call.isNotification = call.method === 'DELETE';
  if (call.door === 'sse') {
    call.version = '2024-11-05';
    return undefined;
  }
  const version = headerValue(call.req.headers, headerNames.version);
  if (version !== undefined && !isLegacyVersion(version)) return unsupported(version);
  return readSession(call, deps);
}

function unsupported(requested: string): Stop {
  return stop('unsupported_version', {
    details: { supported: supportedVersions, requested: requested.slice(0, maxClientLength) },
  });
}
