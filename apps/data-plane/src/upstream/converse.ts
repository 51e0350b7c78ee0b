import type { RpcMessage, RpcRequest, RpcResponse } from '@sallyport/mcp';
import { mayAsk } from './client-capabilities.ts';
import { exchangeLimits } from './exchange-limits.ts';
import { ownReply } from './own-reply.ts';
import { park } from './park.ts';
import { passNotification } from './pass-notification.ts';
import { postAside } from './post-aside.ts';
import { forUs } from './post-rpc.ts';
import { protocolError } from './read-rpc.ts';
import { type AsksTurn, leave, type OpenAsk, type Talk } from './talk.ts';

/**
 * Reads until the answer is there, or the upstream asks for something only its client has.
 * @throws AppError from `outbound`, or `upstream_protocol`
 */
export async function readOn(talk: Talk): Promise<RpcResponse | AsksTurn> {
  try {
    for (;;) {
      const messages = await talk.inbox.next();
      if (!messages) throw protocolError('no_answer');
      const { answer, asks } = await sort(talk, messages);
      if (answer) {
        talk.inbox.finish();
        return answer;
      }
      if (asks.length > 0) return park(talk, asks, readOn);
    }
  } catch (error) {
    leave(talk);
    throw error;
  }
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
  talk.ownReplies += 1;
  if (talk.ownReplies > exchangeLimits.maxOwnReplies)
    throw protocolError('too_many_requests', { limit: exchangeLimits.maxOwnReplies });
  await postAside(input.upstream, session, input.credential, ownReply(request));
  return false;
}
