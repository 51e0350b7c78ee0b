import { isAppError } from '@sallyport/kernel';
import type { OutboundRequest, OutboundResponse } from '@sallyport/outbound';
import { readOn } from './converse.ts';
import { createMergedInbox } from './merged-inbox.ts';
import { tellCancelled } from './post-aside.ts';
import { type Delivered, type RpcOutcome, type RpcPost, sendRpc } from './post-rpc.ts';
import { answerLimits, protocolError } from './read-rpc.ts';
import { toTurn } from './read-turn.ts';
import { requestHeaders, requestText } from './request-text.ts';
import { resumeStream } from './resume-stream.ts';
import { hasSideStream, joinSideStream } from './side-stream.ts';
import type { AsksTurn } from './talk.ts';
import type { ExchangeInput, Turn } from './turn.ts';
import type { HeldSession, UpstreamSession } from './upstream-session.ts';

let lastId = 0;

/**
 * Sends one request to an upstream in the era it speaks; a legacy session that was lost is opened again once.
 * @throws AppError `upstream_unreachable`, `upstream_protocol`, `timeout`, `egress_denied`.
 */
export async function exchange(input: ExchangeInput): Promise<Turn> {
  const { health, link } = input.upstream;
  const startedAt = performance.now();
  try {
    const found = link.session(input.scope);
    const session = found instanceof Promise ? await found : found;
    const outcome = await send(input, session);
    const turn =
      'kind' in outcome
        ? outcome
        : isLost(session, outcome)
          ? await again(input, session)
          : toTurn(input, session, outcome);
    health.ok(performance.now() - startedAt);
    return turn;
  } catch (error) {
    health.failed(error);
    throw error;
  }
}

/** The upstream does not know the session, so it did not run the request: safe to send again, once. */
async function again(input: ExchangeInput, session: UpstreamSession): Promise<Turn> {
  const { link } = input.upstream;
  link.lose(session);
  const renewed = await link.session(input.scope);
  const outcome = await send(input, renewed);
  if ('kind' in outcome) return outcome;
  if (isLost(renewed, outcome)) {
    link.lose(renewed);
    throw protocolError('session_lost', { status: outcome.status });
  }
  return toTurn(input, renewed, outcome);
}

/** 404 is what the specification says; many servers say 400 and complain of the session in words. */
export function isLost(session: UpstreamSession, { status, response }: RpcOutcome): boolean {
  if (session.era !== 'legacy') return false;
  if (status === 404) return true;
  if (status !== 400 || session.sessionId === undefined || !response || response.ok) return false;
  return response.id === null && /session/i.test(response.error.message.slice(0, 256));
}

async function send(input: ExchangeInput, session: UpstreamSession): Promise<RpcOutcome | AsksTurn> {
  if (session.era === 'legacy' && input.input !== null) throw protocolError('era_changed');
  lastId += 1;
  const id = lastId;
  if (session.era === 'legacy' && session.channel) return overChannel(input, session, id);
  const { upstream, credential, timeoutMs } = input;
  const request: OutboundRequest = {
    url: upstream.server.url,
    circuit: upstream.circuit,
    headers: requestHeaders(input, session),
    body: requestText(input, session, id),
    timeoutMs,
    signal: input.signal,
    ...(credential.query ? { query: credential.query } : {}),
  };
  const onOddity = upstream.health.noteOddity;
  if (session.era === 'modern')
    return read(
      input,
      session,
      id,
      await sendRpc(upstream.outbound, { request, id, limits: answerLimits, onOddity }),
    );
  const resume = resumeOf(input, session);
  const post: RpcPost = { request, id, limits: answerLimits, timeoutMs, onOddity, resume };
  if (hasSideStream(session)) return sendAsked(input, session, id, post);
  let delivered: Delivered;
  try {
    delivered = await sendRpc(upstream.outbound, post);
  } catch (error) {
    tellUnlessUnsent(input, session, id, error);
    throw error;
  }
  return read(input, session, id, delivered);
}

/** It may run on although nobody waits; the modern era says so by closing, which has happened. */
function tellUnlessUnsent(input: ExchangeInput, session: HeldSession, id: number, error: unknown): void {
  if (!isAppError(error) || error.code !== 'timeout' || error.details.sent === false) return;
  tellCancelled(input.upstream, session, input.credential, id);
}

function read(
  input: ExchangeInput,
  session: UpstreamSession,
  id: number,
  delivered: Delivered,
): RpcOutcome | Promise<RpcOutcome | AsksTurn> {
  if (delivered.kind === 'answer') return delivered.outcome;
  return readOn({ input, session, id, inbox: delivered.inbox, rounds: 0, ownReplies: 0 }).then(fromStream);
}

/** Sends a request of a client that can be asked, and listens beside its answer too. */
async function sendAsked(
  input: ExchangeInput,
  session: HeldSession,
  id: number,
  post: RpcPost,
): Promise<RpcOutcome | AsksTurn> {
  let leave: () => void = () => {};
  const inbox = createMergedInbox(() => leave());
  leave = await joinSideStream(input, session, inbox);
  const sent = sendRpc(input.upstream.outbound, post);
  sent.catch((error: unknown) => tellUnlessUnsent(input, session, id, error));
  try {
    const came = await inbox.first(sent);
    if (came === 'beside' || came.kind === 'stream')
      return fromStream(await readOn({ input, session, id, inbox, rounds: 0, ownReplies: 0 }));
    inbox.finish();
    return came.outcome;
  } catch (error) {
    inbox.close();
    throw error;
  }
}

function resumeOf(input: ExchangeInput, session: HeldSession) {
  return (lastEventId: string, afterMs: number, leftMs: number): Promise<OutboundResponse> =>
    resumeStream({ input, session, lastEventId, afterMs, leftMs });
}

async function overChannel(
  input: ExchangeInput,
  session: HeldSession,
  id: number,
): Promise<RpcOutcome | AsksTurn> {
  const inbox = await session.channel?.send({
    id,
    body: requestText(input, session, id),
    timeoutMs: input.timeoutMs,
    signal: input.signal,
  });
  if (!inbox) throw protocolError('no_stream');
  return fromStream(await readOn({ input, session, inbox, id, rounds: 0, ownReplies: 0 }));
}

function fromStream(read: Awaited<ReturnType<typeof readOn>>): RpcOutcome | AsksTurn {
  return read.kind === 'asks' ? read : { status: 200, sessionId: undefined, response: read };
}
