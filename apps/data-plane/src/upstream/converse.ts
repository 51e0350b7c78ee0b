import type { RpcMessage, RpcRequest, RpcResponse } from '@sallyport/mcp';
import { isClientFeature, mayAsk } from './client-capabilities.ts';
import { exchangeLimits } from './exchange-limits.ts';
import { ownReply } from './own-reply.ts';
import { park } from './park.ts';
import { passNotification } from './pass-notification.ts';
import { postAside } from './post-aside.ts';
import { forUs } from './post-rpc.ts';
import { protocolError } from './read-rpc.ts';
import { type AsksTurn, leave, type OpenAsk, type Talk } from './talk.ts';

/** How long to wait for what a server asks in the same breath: a modern client answers all of one round together. */
const breathMs = 20;

/**
 * Reads until the answer is there, or the upstream asks for something only its client has.
 * @throws AppError from `outbound`, or `upstream_protocol`
 */
export async function readOn(talk: Talk): Promise<RpcResponse | AsksTurn> {
  const isRound = talk.input.scope.kind === 'principal';
  const asks: OpenAsk[] = [];
  try {
    for (;;) {
      const messages = await (asks.length === 0 ? next(talk) : nextWithin(talk, breathMs));
      if (messages === 'later') return park(talk, asks, readOn);
      if (!messages) throw protocolError('no_answer');
      const sorted = await sort(talk, messages);
      if (sorted.answer) {
        talk.inbox.finish();
        return sorted.answer;
      }
      asks.push(...sorted.asks);
      if (asks.length > 0 && (!isRound || asks.length >= exchangeLimits.maxAsks))
        return park(talk, asks, readOn);
    }
  } catch (error) {
    leave(talk);
    throw error;
  }
}

type Messages = readonly RpcMessage[] | undefined;

/** What was already waited for, else what comes next. */
function next(talk: Talk): Promise<Messages> {
  const waited = talk.ahead ?? talk.inbox.next();
  talk.ahead = undefined;
  return waited;
}

async function nextWithin(talk: Talk, ms: number): Promise<Messages | 'later'> {
  const waited = next(talk);
  // Whoever leaves the talk now must not leave an unhandled rejection behind.
  waited.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<'later'>((resolve) => {
    timer = setTimeout(() => resolve('later'), ms);
  });
  const first = await Promise.race([waited, later]).finally(() => clearTimeout(timer));
  if (first === 'later') talk.ahead = waited;
  return first;
}

/** What came together: passed on, answered here, or for the reader. */
async function sort(
  talk: Talk,
  messages: readonly RpcMessage[],
): Promise<{ readonly answer: RpcResponse | undefined; readonly asks: readonly OpenAsk[] }> {
  let answer: RpcResponse | undefined;
  const asks: OpenAsk[] = [];
  for (const message of messages) {
    if (message.kind === 'response') answer = takeAnswer(talk, message, answer);
    else if (message.kind === 'request') {
      if (await isForClient(talk, message)) asks.push(message);
    } else {
      const held = passNotification(talk.input, talk.id, message);
      if (held) await held;
    }
  }
  return { answer, asks };
}

function takeAnswer(talk: Talk, message: RpcResponse, before: RpcResponse | undefined): RpcResponse {
  if (!before) return forUs(message, talk.id);
  // A second answer is nobody's.
  talk.input.upstream.health.noteOddity();
  return before;
}

/** Whether the client is to be asked; whatever else a server may request is answered here. */
async function isForClient(talk: Talk, request: RpcRequest): Promise<boolean> {
  const { session, input } = talk;
  if (session.era === 'modern') {
    // Its era has no requests on streams.
    input.upstream.health.noteOddity();
    return false;
  }
  if (mayAsk(session.declared, request.method, request.params)) return true;
  // A modern client is to hear what it would have to declare; the conversation refuses the call for it.
  if (input.scope.kind === 'principal' && isClientFeature(request.method)) return true;
  talk.ownReplies += 1;
  if (talk.ownReplies > exchangeLimits.maxOwnReplies)
    throw protocolError('too_many_requests', { limit: exchangeLimits.maxOwnReplies });
  await postAside(input.upstream, session, input.credential, ownReply(request));
  return false;
}
