import { randomBytes } from 'node:crypto';
import type { TextSealer } from '@sallyport/bus';
import { type RequestId, rpcCodes, writeNotification, writeRequest } from '@sallyport/mcp';
import type { Ask, ClientAnswer } from '../upstream/turn.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import { conversationLimits } from './conversation-limits.ts';
import type { PostOffice } from './post-office.ts';

/** Requests to legacy clients that wait for their answer, whichever worker it comes to. */
export interface ClientAsks {
  ask(input: AskInput): Promise<ClientAnswer>;
  /** Takes what a client answered; what answers nothing of this session is counted and forgotten. */
  take(session: LegacySession, id: RequestId | null, answer: ClientAnswer): void;
}

export interface AskInput extends Ask {
  readonly session: LegacySession;
  /** The stream of the call that asks. */
  readonly push: (text: string) => Promise<void> | undefined;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

interface Pending {
  readonly session: string;
  readonly settle: (answer: ClientAnswer) => void;
}

const failed = (message: string): ClientAnswer => ({
  ok: false,
  error: { code: rpcCodes.internalError, message },
});

/** Makes the table of what is asked here. */
export function createClientAsks(input: {
  readonly sealer: TextSealer;
  readonly post: PostOffice;
  readonly idOf: (session: LegacySession) => string;
  /** An answer that belongs to no question of its session. */
  readonly onForeign: () => void;
}): ClientAsks {
  const { sealer, post, idOf } = input;
  const pending = new Map<string, Pending>();
  const perSession = new Map<string, number>();
  const settle = (ask: string, session: string, answer: ClientAnswer): void => {
    const waiting = pending.get(ask);
    // Invariant: T35, an answer reaches only a question of the very session that it came in.
    if (waiting?.session !== session) input.onForeign();
    else waiting.settle(answer);
  };
  post.on('answer', ({ ask, session, answer }) => settle(ask, session, answer));
  return {
    ask({ session, method, params, push, signal, timeoutMs }) {
      const id = idOf(session);
      const held = perSession.get(id) ?? 0;
      const { maxPendingPerSession, maxPendingPerWorker } = conversationLimits;
      if (held >= maxPendingPerSession || pending.size >= maxPendingPerWorker) {
        return Promise.resolve(failed(`More than ${maxPendingPerSession} requests wait for this client.`));
      }
      const ask = randomBytes(16).toString('base64url');
      const wireId = sealer.seal(JSON.stringify([post.address, ask]), aadOf(session));
      return new Promise((resolve) => {
        const finish = (answer: ClientAnswer): void => {
          if (!pending.delete(ask)) return;
          const left = (perSession.get(id) ?? 1) - 1;
          if (left > 0) perSession.set(id, left);
          else perSession.delete(id);
          clearTimeout(timer);
          signal.removeEventListener('abort', give);
          resolve(answer);
        };
        const give = (): void => {
          void push(
            writeNotification('notifications/cancelled', { requestId: wireId, reason: 'no longer needed' }),
          );
          finish(failed('The client did not answer in time.'));
        };
        const timer = setTimeout(give, timeoutMs);
        pending.set(ask, { session: id, settle: finish });
        perSession.set(id, held + 1);
        if (signal.aborted) return give();
        signal.addEventListener('abort', give);
        void push(writeRequest(wireId, method, params));
      });
    },
    take(session, wireId, answer) {
      const opened = typeof wireId === 'string' ? sealer.open(wireId, aadOf(session)) : undefined;
      if (!opened) {
        input.onForeign();
        return;
      }
      const [mailbox, ask] = JSON.parse(Buffer.from(opened).toString()) as [string, string];
      const id = idOf(session);
      if (mailbox === post.address) settle(ask, id, answer);
      else void post.send(mailbox, 'answer', { ask, session: id, answer });
    },
  };
}

const aadOf = (session: LegacySession): string =>
  `ask|${session.tenantId}|${session.endpointId}|${session.keyId}|${session.nonce}`;
