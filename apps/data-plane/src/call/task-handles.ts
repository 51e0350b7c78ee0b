import type { TextSealer } from '@sallyport/bus';
import type { Call } from './call.ts';

/** A task of an upstream, as the id that its caller holds says. */
export interface TaskReference {
  readonly toolId: string;
  readonly upstreamTaskId: string;
}

export interface TaskHandles {
  /** The id that a caller gets for a task; `ttlMs` is how long the upstream keeps it, `undefined` = it did not say. */
  seal(call: Call<'resolved'>, upstreamTaskId: string, ttlMs: number | undefined): string;
  /** `undefined` for an id that is altered, expired, or of another tenant, endpoint or key. */
  open(call: Call<'read'>, text: string): TaskReference | undefined;
}

/** An upstream may keep a task for ever; the id of it that we gave is good for a day. */
const longestMs = 24 * 3_600_000;
/** Results may be fetched for a moment after an upstream said it forgets them. */
const graceMs = 60_000;
const maxIdLength = 2_048;

/**
 * Makes and opens the ids of tasks. Invariant: T43, an id is the sealed name of one task of one tool and opens for one
 * tenant, endpoint and key only, so no worker keeps a table of tasks and nobody asks about somebody else's.
 */
export function createTaskHandles(input: {
  readonly sealer: TextSealer;
  readonly nowMs: () => number;
}): TaskHandles {
  const { sealer, nowMs } = input;
  const aadOf = ({ tenant, endpoint, principal }: Call<'read'>): string =>
    `task|${tenant.id}|${endpoint.id}|${principal.key.id}`;
  return {
    seal(call, upstreamTaskId, ttlMs) {
      const expiresAtMs = nowMs() + Math.min(ttlMs ?? longestMs, longestMs) + graceMs;
      return sealer.seal(JSON.stringify([expiresAtMs, call.tool.tool.id, upstreamTaskId]), aadOf(call));
    },
    open(call, text) {
      if (text.length > maxIdLength) return undefined;
      const plain = sealer.open(text, aadOf(call));
      if (!plain) return undefined;
      const [expiresAtMs, toolId, upstreamTaskId] = JSON.parse(Buffer.from(plain).toString()) as [
        number,
        string,
        string,
      ];
      return expiresAtMs > nowMs() ? { toolId, upstreamTaskId } : undefined;
    },
  };
}
