import { envelopeMeta, mirroredHeaders, type WireObject, writeRequest } from '@sallyport/mcp';
import { serverInfo } from '../wire/server-info.ts';
import { isLost } from './exchange.ts';
import { postRpc, type RpcOutcome } from './post-rpc.ts';
import { protocolError } from './read-rpc.ts';
import { gatewayScope } from './scope.ts';
import type { Upstream } from './upstream.ts';
import { acceptBoth, type UpstreamSession } from './upstream-session.ts';

const askTimeoutMs = 10_000;
const maxPages = 50;
const maxListed = 5_000;
const maxCursor = 4_096;
const listLimits = { maxDepth: 64, maxKeys: 500_000 };
const askId = 'sallyport-list';

/**
 * Lists everything of one kind, page after page.
 * @throws AppError as `ask`, and `upstream_protocol` for a list without end
 */
export async function listAll(
  upstream: Upstream,
  method: string,
  member: string,
): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const result = await ask(upstream, method, cursor === undefined ? {} : { cursor });
    const listed = result[member];
    if (!Array.isArray(listed)) throw protocolError(`${member}_list`);
    entries.push(...(listed as unknown[]));
    if (entries.length > maxListed) throw protocolError(`too_many_${member}`, { limit: maxListed });
    const { nextCursor } = result;
    if (typeof nextCursor !== 'string' || nextCursor.length > maxCursor) return entries;
    cursor = nextCursor;
  }
  throw protocolError('too_many_pages', { limit: maxPages });
}

/**
 * Asks an upstream something for ourselves, in the session of the gateway.
 * @throws AppError from `outbound`, or `upstream_protocol` where it gives no result
 */
export async function ask(upstream: Upstream, method: string, params: WireObject): Promise<WireObject> {
  const session = await upstream.link.session(gatewayScope);
  let outcome = await send(upstream, session, method, params);
  if (!outcome.response?.ok && isStale(session, outcome)) {
    upstream.link.lose(session);
    outcome = await send(upstream, await upstream.link.session(gatewayScope), method, params);
  }
  const { response, status } = outcome;
  if (response?.ok) return response.result;
  throw protocolError(method.replaceAll('/', '_'), {
    status,
    ...(response ? { rpcCode: response.error.code } : {}),
  });
}

/** A modern upstream that refuses may have become another. */
function isStale(session: UpstreamSession, outcome: RpcOutcome): boolean {
  if (session.era === 'legacy') return isLost(session, outcome);
  return outcome.status >= 400 || outcome.response?.ok === false;
}

async function send(
  upstream: Upstream,
  session: UpstreamSession,
  method: string,
  given: WireObject,
): Promise<RpcOutcome> {
  const isModern = session.era === 'modern';
  const params = isModern
    ? { ...given, _meta: envelopeMeta({ version: session.version, clientInfo: serverInfo }) }
    : given;
  if (session.era === 'legacy' && session.channel) {
    channelIds += 1;
    const id = `${askId}-${channelIds}`;
    const body = writeRequest(id, method, params);
    const response = await session.channel.ask({ id, body, timeoutMs: askTimeoutMs });
    return { status: 200, sessionId: undefined, response };
  }
  const headers = isModern ? mirroredHeaders({ version: session.version, method, params }) : session.headers;
  const lent = upstream.credential();
  return postRpc(upstream.outbound, {
    request: {
      url: upstream.server.url,
      circuit: upstream.circuit,
      headers: { ...acceptBoth, ...headers, ...lent?.headers },
      body: writeRequest(askId, method, params),
      timeoutMs: askTimeoutMs,
      ...(lent?.query ? { query: lent.query } : {}),
    },
    id: askId,
    limits: listLimits,
  });
}

let channelIds = 0;
