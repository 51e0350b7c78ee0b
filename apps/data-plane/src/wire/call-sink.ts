import { randomBytes } from 'node:crypto';
import type { CallState } from '../call/call.ts';
import type { KeepAlive } from './keep-alive.ts';
import { createOutStream, type OutStream } from './out-stream.ts';
import { type ReplySink, sendWhole } from './reply-sink.ts';
import { openSseResponse } from './sse-writer.ts';
import type { StreamRefs } from './stream-refs.ts';
import type { StreamTable } from './stream-table.ts';

/** What streams of calls stand on. */
export interface CallSinkDeps {
  readonly keepAlive: KeepAlive;
  readonly table: StreamTable;
  readonly refs: StreamRefs;
  /** Mail address of this worker. */
  readonly address: string;
  readonly idOf: (session: { readonly nonce: string }) => string;
  readonly nowMs: () => number;
}

const firstResumable = '2025-03-26';
const firstPrimed = '2025-11-25';

/**
 * Answers a call on its response: as JSON, or as a stream once something came before the answer or JSON is not
 * accepted. A legacy client can come back for a stream that broke.
 */
export function createCallSink(deps: CallSinkDeps, callOf: () => CallState): ReplySink {
  let stream: OutStream | undefined;
  let isSent = false;
  const canPush = (): boolean => {
    const { res, acceptsSse } = callOf();
    return !isSent && acceptsSse && (stream ? !stream.isGone(deps.nowMs()) : !res.destroyed);
  };
  return {
    canPush,
    open() {
      if (canPush()) stream ??= openStream(deps, callOf());
    },
    notify(text) {
      if (!canPush()) return undefined;
      stream ??= openStream(deps, callOf());
      return stream.push(text);
    },
    send(answer) {
      if (isSent) return;
      isSent = true;
      const { res, acceptsJson } = callOf();
      if (stream) stream.end(answer.body === '' ? undefined : answer.body);
      else if (!res.destroyed && !res.headersSent) sendWhole(res, answer, acceptsJson);
    },
  };
}

function openStream(deps: CallSinkDeps, call: CallState): OutStream {
  const { session, tenant, endpoint, principal } = call;
  const { keepAlive, table, refs, nowMs } = deps;
  const id = randomBytes(12).toString('base64url');
  const isResumable = session !== null && session.version >= firstResumable;
  const requestId = call.members === null ? call.id : null;
  const ref = isResumable
    ? refs.seal(session, { mailbox: deps.address, streamId: id, requestId, isCall: true })
    : null;
  const stream = createOutStream({
    id,
    writer: openSseResponse(call.res, keepAlive),
    ref,
    isPrimed: isResumable && session.version >= firstPrimed,
    nowMs,
    onConnection: (isConnected) => table.connected(id, isConnected),
    onGone: () => table.remove(id),
  });
  table.add(stream, {
    kind: call.subscription?.kind === 'listen' ? 'listen' : 'call',
    tenantId: tenant?.id ?? '',
    endpointId: endpoint?.id ?? '',
    keyId: principal?.key.id ?? '',
    client: call.client,
    version: call.version,
    sessionId: session === null ? null : deps.idOf(session),
  });
  return stream;
}
