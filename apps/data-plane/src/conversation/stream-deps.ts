import type { CallState } from '../call/call.ts';
import type { CallSinkDeps } from '../wire/call-sink.ts';
import type { SessionHandles } from '../wire/session-handles.ts';
import type { StreamFacts } from '../wire/stream-table.ts';
import type { EventHub } from './event-hub.ts';
import type { PostOffice } from './post-office.ts';
import type { SharedSessions } from './shared-sessions.ts';

/** What streams that clients open stand on. */
export interface StreamDeps extends CallSinkDeps {
  readonly hub: EventHub;
  readonly post: PostOffice;
  readonly sessions: SharedSessions;
  readonly handles: SessionHandles;
}

/** Whose stream a call opens. */
export function factsOf(call: CallState, kind: StreamFacts['kind'], sessionId: string | null): StreamFacts {
  const { tenant, endpoint, principal } = call;
  return {
    kind,
    sessionId,
    tenantId: tenant?.id ?? '',
    endpointId: endpoint?.id ?? '',
    keyId: principal?.key.id ?? '',
    client: call.client === '' ? null : call.client,
    version: call.version,
  };
}

const longestTimerMs = 2 ** 31 - 1;

/** How long the key and the session of a call are still good; Infinity where neither ends. */
function leftMs({ principal, session }: CallState): number {
  const never = Number.POSITIVE_INFINITY;
  return Math.min(principal?.key.expiresAtMs ?? never, session?.expiresAtMs ?? never) - Date.now();
}

/**
 * A call that holds a stream open: until its connection ends, somebody cuts it, or its key or session runs out, as that
 * would end any other call.
 */
export function holdOpen(call: CallState, end: () => void): Promise<void> {
  const abort = new AbortController();
  call.abort = abort;
  return new Promise((resolve) => {
    const finish = (): void => {
      call.res.off('close', finish);
      abort.signal.removeEventListener('abort', cut);
      clearTimeout(expiry);
      call.abort = null;
      resolve();
    };
    const cut = (): void => {
      end();
      finish();
    };
    const left = leftMs(call);
    const expiry = Number.isFinite(left)
      ? setTimeout(cut, Math.min(Math.max(left, 0), longestTimerMs))
      : undefined;
    expiry?.unref();
    abort.signal.addEventListener('abort', cut);
    call.res.once('close', finish);
    if (call.res.destroyed) finish();
    else if (call.cut !== null) cut();
  });
}
