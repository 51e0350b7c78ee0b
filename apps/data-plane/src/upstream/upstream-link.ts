import { isAppError } from '@sallyport/kernel';
import {
  envelopeMeta,
  initializeParams,
  isLegacyVersion,
  latestLegacyVersion,
  latestModernVersion,
  mirroredHeaders,
  pickModernVersion,
  readDiscoverResult,
  readInitializeResult,
  type WireObject,
  writeNotification,
  writeRequest,
} from '@sallyport/mcp';
import type { Outbound, OutboundRequest } from '@sallyport/outbound';
import { serverInfo } from '../wire/server-info.ts';
import type { LentCredential } from './lent-credential.ts';
import { answerLimits, postRpc, protocolError, type RpcOutcome } from './post-rpc.ts';

/** How this upstream speaks, and the legacy session we hold there. */
export type UpstreamSession =
  | { readonly era: 'modern'; readonly version: string; readonly metaJson: string }
  | { readonly era: 'legacy'; readonly version: string; readonly headers: Readonly<Record<string, string>> };

export interface UpstreamLink {
  /** The open session, or the promise of one: one opening at a time, whoever asks. */
  session(): UpstreamSession | Promise<UpstreamSession>;
  /** Forgets a session that the upstream no longer knows, unless another took its place already. */
  lose(session: UpstreamSession): void;
}

export interface LinkInput {
  readonly outbound: Outbound;
  readonly url: string;
  readonly circuit: string;
  readonly credential: () => LentCredential | undefined;
}

const openTimeoutMs = 10_000;
/** An upstream that was legacy may have learned the modern era since. */
const legacyVerdictMs = 15 * 60_000;

export const acceptBoth = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
} as const;

/** Makes the link of one upstream: finds its era by asking, modern first. */
export function createLink(input: LinkInput): UpstreamLink {
  let open: UpstreamSession | undefined;
  let opening: Promise<UpstreamSession> | undefined;
  let openedAt = 0;
  const isDated = (): boolean => open?.era === 'legacy' && performance.now() - openedAt > legacyVerdictMs;
  return {
    session() {
      if (open && !isDated()) return open;
      opening ??= openSession(input)
        .then((session) => {
          open = session;
          openedAt = performance.now();
          return session;
        })
        .finally(() => {
          opening = undefined;
        });
      return opening;
    },
    lose(session) {
      if (open === session) open = undefined;
    },
  };
}

async function openSession(input: LinkInput): Promise<UpstreamSession> {
  const version = await askModern(input);
  if (version !== undefined) {
    return {
      era: 'modern',
      version,
      metaJson: JSON.stringify(envelopeMeta({ version, clientInfo: serverInfo })),
    };
  }
  return openLegacy(input);
}

/** The modern version the upstream speaks; `undefined` when it speaks none. */
async function askModern(input: LinkInput): Promise<string | undefined> {
  const version = latestModernVersion;
  const params = { _meta: envelopeMeta({ version, clientInfo: serverInfo }) };
  const headers = mirroredHeaders({ version, method: 'server/discover', params });
  let outcome: RpcOutcome;
  try {
    outcome = await post(input, 'server/discover', params, headers);
  } catch (error) {
    // A legacy server may answer nonsense to a word it does not know; one that cannot be reached says nothing of its era.
    if (isAppError(error) && error.code === 'upstream_protocol') return undefined;
    throw error;
  }
  refuseUnauthorized(outcome);
  const discovered = outcome.response?.ok ? readDiscoverResult(outcome.response.result) : undefined;
  return discovered && pickModernVersion(discovered.supportedVersions);
}

async function openLegacy(input: LinkInput): Promise<UpstreamSession> {
  const params = initializeParams(latestLegacyVersion, serverInfo);
  const outcome = await post(input, 'initialize', params, {});
  refuseUnauthorized(outcome);
  const answer = outcome.response?.ok ? readInitializeResult(outcome.response.result) : undefined;
  if (!answer) throw protocolError('initialize', { status: outcome.status });
  if (!isLegacyVersion(answer.version))
    throw protocolError('version', { version: answer.version.slice(0, 32) });
  const headers: Record<string, string> = { 'mcp-protocol-version': answer.version };
  if (outcome.sessionId !== undefined) headers['mcp-session-id'] = outcome.sessionId;
  await postRpc(input.outbound, {
    request: requestOf(input, writeNotification('notifications/initialized'), headers),
    id: null,
    limits: answerLimits,
  });
  return { era: 'legacy', version: answer.version, headers };
}

function post(
  input: LinkInput,
  method: string,
  params: WireObject,
  headers: Readonly<Record<string, string>>,
): Promise<RpcOutcome> {
  const request = requestOf(input, writeRequest('sallyport-open', method, params), headers);
  return postRpc(input.outbound, { request, id: 'sallyport-open', limits: answerLimits });
}

function requestOf(
  { url, circuit, credential }: LinkInput,
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
