import { randomBytes } from 'node:crypto';
import { writeSseEvent } from '@sallyport/mcp';
import { type Call, type CallState, grant, type Stop, stop } from '../call/call.ts';
import { noCapabilities } from '../wire/client-capabilities.ts';
import { createOutStream } from '../wire/out-stream.ts';
import { type ReplySink, sendWhole } from '../wire/reply-sink.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import { openSseResponse } from '../wire/sse-writer.ts';
import type { OpenStreamDeps } from './open-stream.ts';
import { factsOf, holdOpen, type StreamDeps } from './stream-deps.ts';

/** HTTP+SSE (2024-11-05): the stream first says where to post, then carries everything that is said to the client. */
export async function openSseDoor(
  call: Call<'subscribable'>,
  deps: OpenStreamDeps,
): Promise<Call<'answerable'> | Stop> {
  const { handles, table, nowMs } = deps;
  const owner = { tenantId: call.tenant.id, endpointId: call.endpoint.id, keyId: call.principal.key.id };
  const handle = handles.issue(
    {
      ...owner,
      version: '2024-11-05',
      client: { name: '', version: '' },
      capabilities: noCapabilities,
      mailbox: deps.address,
    },
    nowMs(),
  );
  const session = handles.open(handle, owner, nowMs());
  if (!session) return stop('session_unknown');
  const id = randomBytes(12).toString('base64url');
  const writer = openSseResponse(call.res, deps.keepAlive);
  let unhear: (() => void) | undefined;
  const stream = createOutStream({
    id,
    writer,
    ref: null,
    isPrimed: false,
    nowMs,
    onConnection: (isConnected) => table.connected(id, isConnected),
    onGone: () => {
      unhear?.();
      table.remove(id);
    },
  });
  table.add(stream, factsOf(call, 'sse', deps.idOf(session)));
  unhear = deps.listeners.add(call, session, stream);
  const path = `/${call.tenantSlug}/${call.endpointSlug}/key/messages?session=${handle}`;
  void writer.write(writeSseEvent({ event: 'endpoint', data: path }));
  await holdOpen(call, () => stream.end());
  // The stream is the session: without it nothing can be said to this client any more.
  await deps.endSession(session).catch(() => {});
  return grant<'answerable'>(call);
}

/** Takes the handle of a message for an HTTP+SSE session out of its address. */
export function sessionOfQuery(url: string | undefined): string | undefined {
  const at = url?.indexOf('?') ?? -1;
  return at < 0 ? undefined : (new URLSearchParams(url?.slice(at + 1)).get('session') ?? undefined);
}

/** Says everything of a posted message on the session's stream, wherever that is held; the POST itself is answered at once. */
export function createSseDoorSink(
  deps: Pick<StreamDeps, 'table' | 'post' | 'idOf'>,
  call: CallState,
  session: LegacySession,
): ReplySink | undefined {
  const { table, post } = deps;
  const id = deps.idOf(session);
  const mailbox = session.mailbox;
  const isHere = mailbox === post.address;
  if (mailbox === null || (isHere && !table.ofSession(id))) return undefined;
  let isSent = false;
  const push = (text: string): Promise<void> | undefined => {
    if (isHere) return table.ofSession(id)?.push(text);
    return post.request(mailbox, 'sse', { session: id, text }, { timeoutMs: 30_000 }).then(() => undefined);
  };
  sendWhole(call.res, { status: 202, body: '', headers: undefined, closes: false }, true);
  return {
    // The stream is open before any message.
    open: () => {},
    canPush: () => !isSent,
    notify: (text) => (isSent ? undefined : push(text)),
    send(answer) {
      if (isSent) return;
      isSent = true;
      if (answer.body !== '') void push(answer.body);
    },
  };
}

/** Takes messages for streams that are held here. */
export function receiveForSseDoor({ table, post }: Pick<StreamDeps, 'table' | 'post'>): void {
  post.on('sse', async ({ session, text }) => {
    await table.ofSession(session)?.push(text);
  });
}
