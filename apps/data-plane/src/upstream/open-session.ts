import { isAppError } from '@sallyport/kernel';
import {
  envelopeMeta,
  type Implementation,
  initializeParams,
  isLegacyVersion,
  type LegacyVersion,
  latestLegacyVersion,
  latestModernVersion,
  metaKeys,
  mirroredHeaders,
  pickModernVersion,
  type RpcResponse,
  readDiscoverResult,
  readInitializeResult,
  type WireObject,
  writeNotification,
  writeRequest,
} from '@sallyport/mcp';
import type { Outbound, OutboundRequest } from '@sallyport/outbound';
import { serverInfo } from '../wire/server-info.ts';
import { declaredFor } from './client-capabilities.ts';
import type { LentCredential } from './lent-credential.ts';
import { postRpc, type RpcOutcome } from './post-rpc.ts';
import { answerLimits, protocolError } from './read-rpc.ts';
import { scopeKeyOf, type UpstreamScope } from './scope.ts';
import { openChannel, type SseChannel } from './sse-channel.ts';
import { acceptBoth, type HeldSession, type ModernSession, type UpstreamFacts } from './upstream-session.ts';

/** How an upstream is reached. */
export interface Door {
  readonly outbound: Outbound;
  readonly url: string;
  readonly circuit: string;
  readonly credential: () => LentCredential | undefined;
  /** Something came that nobody waits for. */
  readonly onOddity?: () => void;
}

export interface OpenedModern {
  readonly session: ModernSession;
  readonly facts: UpstreamFacts;
}

export interface OpenedHeld {
  readonly session: HeldSession;
  readonly facts: UpstreamFacts;
}

const openTimeoutMs = 10_000;
const openId = 'sallyport-open';

/**
 * Asks whether an upstream speaks the modern era; `undefined`: it does not.
 * @throws AppError when it cannot be reached or wants another credential: that says nothing of its era
 */
export async function askModern(door: Door): Promise<OpenedModern | undefined> {
  const version = latestModernVersion;
  const params = { _meta: envelopeMeta({ version, clientInfo: serverInfo }) };
  const headers = mirroredHeaders({ version, method: 'server/discover', params });
  let outcome: RpcOutcome;
  try {
    outcome = await post(door, 'server/discover', params, headers);
  } catch (error) {
    // A legacy server may answer nonsense to a word it does not know.
    if (isAppError(error) && error.code === 'upstream_protocol') return undefined;
    throw error;
  }
  refuseUnauthorized(outcome);
  const result = outcome.response?.ok ? outcome.response.result : undefined;
  const discovered = result && readDiscoverResult(result);
  const picked = discovered && pickModernVersion(discovered.supportedVersions);
  if (!picked || !result) return undefined;
  const { capabilities } = discovered;
  const instructions = typeof result.instructions === 'string' ? result.instructions : undefined;
  return {
    session: { era: 'modern', version: picked, metaHead: metaHeadOf(picked) },
    facts: { era: 'modern', version: picked, transport: 'http', capabilities, instructions },
  };
}

function metaHeadOf(version: string): string {
  const head = { [metaKeys.protocolVersion]: version, [metaKeys.clientInfo]: serverInfo };
  return `${JSON.stringify(head).slice(1, -1)},"${metaKeys.clientCapabilities}":`;
}

/**
 * Opens a session of a scope at a legacy upstream, over HTTP or, where that is not served, over HTTP+SSE.
 * @throws AppError `upstream_protocol` when it answers nothing that opens one
 */
export async function openHeld(
  door: Door,
  scope: UpstreamScope,
  transport: 'http' | 'sse',
): Promise<OpenedHeld> {
  if (transport === 'sse') return openOverSse(door, scope);
  const declared = declaredFor(scope);
  const outcome = await post(door, 'initialize', helloOf(scope, declared), {});
  refuseUnauthorized(outcome);
  if (isOldTransport(outcome)) return openOverSse(door, scope, outcome.status);
  const answer = readHello(outcome.response, outcome.status);
  const headers: Record<string, string> = { 'mcp-protocol-version': answer.version };
  if (outcome.sessionId !== undefined) headers['mcp-session-id'] = outcome.sessionId;
  await postRpc(door.outbound, {
    request: requestOf(door, writeNotification('notifications/initialized'), headers),
    id: null,
    limits: answerLimits,
  });
  return opened({ scope, declared, answer, headers, sessionId: outcome.sessionId, channel: undefined });
}

/** A session that this or another worker opened before. */
export function heldBefore(scope: UpstreamScope, version: string, sessionId: string): HeldSession {
  const headers = { 'mcp-protocol-version': version, 'mcp-session-id': sessionId };
  const declared = declaredFor(scope);
  return {
    era: 'legacy',
    version,
    scopeKey: scopeKeyOf(scope),
    declared,
    headers,
    sessionId,
    channel: undefined,
  };
}

/** What servers of 2024-11-05 say to a POST at the address of their stream. */
function isOldTransport({ status, response }: RpcOutcome): boolean {
  return (status === 400 || status === 404 || status === 405) && !response?.ok;
}

async function openOverSse(door: Door, scope: UpstreamScope, postStatus?: number): Promise<OpenedHeld> {
  const channel = await openChannel(door).catch((error: unknown) => {
    // It never was such a server: what it said to `initialize` says more.
    if (postStatus !== undefined && isAppError(error) && error.code === 'upstream_protocol')
      throw protocolError('initialize', { status: postStatus });
    throw error;
  });
  try {
    const declared = declaredFor(scope);
    const response = await channel.ask({
      id: openId,
      body: writeRequest(openId, 'initialize', helloOf(scope, declared)),
      timeoutMs: openTimeoutMs,
    });
    const answer = readHello(response, 200);
    const status = await channel.post(writeNotification('notifications/initialized'));
    if (status >= 400) throw protocolError('initialize', { status });
    return opened({ scope, declared, answer, headers: {}, sessionId: undefined, channel });
  } catch (error) {
    channel.close();
    throw error;
  }
}

interface Hello {
  readonly version: LegacyVersion;
  readonly capabilities: WireObject;
  readonly instructions: string | undefined;
}

function readHello(response: RpcResponse | undefined, status: number): Hello {
  const answer = response?.ok ? readInitializeResult(response.result) : undefined;
  if (!answer) throw protocolError('initialize', { status });
  const { version } = answer;
  if (!isLegacyVersion(version)) throw protocolError('version', { version: version.slice(0, 32) });
  return { ...answer, version };
}

function opened(given: {
  readonly scope: UpstreamScope;
  readonly declared: WireObject;
  readonly answer: Hello;
  readonly headers: Readonly<Record<string, string>>;
  readonly sessionId: string | undefined;
  readonly channel: SseChannel | undefined;
}): OpenedHeld {
  const { scope, declared, answer, headers, sessionId, channel } = given;
  const { version, capabilities, instructions } = answer;
  const transport = channel ? 'sse' : 'http';
  return {
    session: { era: 'legacy', version, scopeKey: scopeKeyOf(scope), declared, headers, sessionId, channel },
    facts: { era: 'legacy', version, transport, capabilities, instructions },
  };
}

const maxName = 128;

/** Params of `initialize`: a client's session is opened in the client's revision and under its name. */
function helloOf(scope: UpstreamScope, declared: WireObject): WireObject {
  const asked = scope.kind === 'session' ? scope.version : latestLegacyVersion;
  const version = isLegacyVersion(asked) ? asked : latestLegacyVersion;
  return { ...initializeParams(version, nameOf(scope)), capabilities: declared };
}

function nameOf(scope: UpstreamScope): Implementation {
  if (scope.kind !== 'session') return serverInfo;
  const { name, version } = scope.client;
  if (name === '') return serverInfo;
  return { name: name.slice(0, maxName), version: version.slice(0, maxName) };
}

function post(
  door: Door,
  method: string,
  params: WireObject,
  headers: Readonly<Record<string, string>>,
): Promise<RpcOutcome> {
  const request = requestOf(door, writeRequest(openId, method, params), headers);
  return postRpc(door.outbound, { request, id: openId, limits: answerLimits });
}

function requestOf(
  { url, circuit, credential }: Door,
  body: string,
  headers: Readonly<Record<string, string>>,
): OutboundRequest {
  const lent = credential();
  return {
    url,
    circuit,
    body,
    headers: { ...acceptBoth, ...headers, ...lent?.headers },
    timeoutMs: openTimeoutMs,
    ...(lent?.query ? { query: lent.query } : {}),
  };
}

function refuseUnauthorized({ status }: RpcOutcome): void {
  if (status === 401 || status === 403) throw protocolError('unauthorized', { status });
}
