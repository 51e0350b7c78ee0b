import { randomBytes } from 'node:crypto';
import { writeError, writeSseEvent } from '@sallyport/mcp';
import { type CallState, stop } from '../call/call.ts';
import { rpcErrorOf } from '../wire/error-table.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import type { SseWriter } from '../wire/sse-writer.ts';
import type { StreamRef } from '../wire/stream-refs.ts';
import { createRemoteStreams } from './remote-writer.ts';
import { tellEverything } from './session-listener.ts';
import type { StreamDeps } from './stream-deps.ts';

/** `attached`: events go on there. `ended`: the call is lost, and the client was told. `fresh`: begin a new stream. */
export type Resumed = 'attached' | 'ended' | 'fresh';

export type ResumeStream = (
  call: CallState,
  session: LegacySession,
  named: { readonly ref: StreamRef; readonly seq: number; readonly writer: SseWriter },
) => Promise<Resumed>;

const attachTimeoutMs = 3_000;

/**
 * Goes on with a stream that broke, from any worker. Invariant: T35, a stream is found only under the session it
 * belongs to; what cannot be found is said, never replaced by another.
 */
export function createResumeStream(
  deps: Pick<StreamDeps, 'table' | 'post' | 'idOf' | 'address'>,
): ResumeStream {
  const { table, post } = deps;
  const remote = createRemoteStreams(post);
  const attach = (streamId: string, session: string, after: number, writer: SseWriter): boolean => {
    const entry = table.find(streamId);
    if (entry?.facts.sessionId !== session) return false;
    const isWhole = entry.stream.attach(writer, after);
    if (!isWhole && entry.facts.kind === 'get') tellEverything(entry.stream);
    return true;
  };
  post.on('resume', ({ stream, session, after, attach: name }, from) =>
    attach(stream, session, after, remote.writerTo(from, name)),
  );
  const attachRemote = async (
    call: CallState,
    ref: StreamRef,
    session: string,
    after: number,
    writer: SseWriter,
  ): Promise<boolean> => {
    const name = randomBytes(12).toString('base64url');
    remote.receive(name, writer);
    writer.onClose(() => {
      remote.forget(name);
      void post.send(ref.mailbox, 'detach', { attach: name });
    });
    const answer = await post.request(
      ref.mailbox,
      'resume',
      { stream: ref.streamId, session, after, attach: name },
      { timeoutMs: attachTimeoutMs },
    );
    if (answer.kind === 'answer' && answer.body === true) return true;
    remote.forget(name);
    // Redis does not answer: the client tries again by itself.
    if (answer.kind === 'failed' || answer.kind === 'timeout') call.res.destroy();
    return false;
  };
  return async (call, session, { ref, seq, writer }) => {
    const id = deps.idOf(session);
    const isFound =
      ref.mailbox === deps.address
        ? attach(ref.streamId, id, seq, writer)
        : await attachRemote(call, ref, id, seq, writer);
    if (isFound) return 'attached';
    if (!ref.isCall) return 'fresh';
    writer.end(ref.requestId === null ? undefined : lostAnswer(ref.requestId));
    return 'ended';
  };
}

/** The answer to a call whose worker is gone: better than a client that waits for ever. */
function lostAnswer(requestId: string | number): string {
  const error = rpcErrorOf(stop('draining', { details: { reason: 'stream_lost' } }));
  return writeSseEvent({ event: 'message', data: writeError(requestId, error) });
}
