import type { TextSealer } from '@sallyport/bus';
import { isRequestId, type RequestId } from '@sallyport/mcp';
import type { LegacySession } from './session-handles.ts';

/** Where a stream is held, as event ids say it: sealed for one session, so that no other can ask for it. */
export interface StreamRef {
  readonly mailbox: string;
  readonly streamId: string;
  /** The call that it answers; `null` for a session's own stream and for a batch. */
  readonly requestId: RequestId | null;
  readonly isCall: boolean;
}

/** Writes and reads the first part of event ids. */
export interface StreamRefs {
  seal(session: LegacySession, ref: StreamRef): string;
  /** What a `Last-Event-ID` names; `undefined` when it is none of this session's. */
  open(
    session: LegacySession,
    eventId: string,
  ): { readonly ref: StreamRef; readonly seq: number } | undefined;
}

const maxEventId = 1_024;

export function createStreamRefs(sealer: TextSealer): StreamRefs {
  return {
    seal: (session, { mailbox, streamId, requestId, isCall }) =>
      sealer.seal(JSON.stringify([mailbox, streamId, requestId, isCall]), aadOf(session)),
    open(session, eventId) {
      const dot = eventId.lastIndexOf('.');
      const seq = Number(eventId.slice(dot + 1));
      if (dot < 1 || eventId.length > maxEventId || !Number.isSafeInteger(seq) || seq < 0) return undefined;
      const plain = sealer.open(eventId.slice(0, dot), aadOf(session));
      if (!plain) return undefined;
      const [mailbox, streamId, requestId, isCall] = JSON.parse(
        Buffer.from(plain).toString(),
      ) as readonly unknown[];
      const id = isRequestId(requestId) ? requestId : null;
      return {
        ref: { mailbox: String(mailbox), streamId: String(streamId), requestId: id, isCall: isCall === true },
        seq,
      };
    },
  };
}

const aadOf = (session: LegacySession): string =>
  `stream|${session.tenantId}|${session.endpointId}|${session.keyId}|${session.nonce}`;
