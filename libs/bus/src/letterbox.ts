import { randomBytes } from 'node:crypto';

/** One message on its way. */
export interface Letter {
  readonly from: string;
  readonly at: number;
  readonly body: unknown;
  /** Of a request: under which name its answer is awaited. */
  readonly ask?: string;
  /** Of an answer: the request it belongs to. */
  readonly re?: string;
  /** Of an answer: the taker failed. */
  readonly failed?: boolean;
}

/** What a request to another worker came to. */
export type LetterAnswer =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'nobody' | 'failed' | 'timeout' };

export interface Letterbox {
  letter(body: unknown): Letter;
  take(letter: Letter): void;
  request(
    to: string,
    body: unknown,
    how: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<LetterAnswer>;
  close(): void;
}

interface Waiting {
  readonly to: string;
  readonly settle: (answer: LetterAnswer) => void;
}

/** Most requests that wait for their answer at one time; a further one fails at once. */
export const maxWaitingRequests = 10_000;

/** Matches answers to requests; where letters go is `post`. */
export function createLetterbox(input: {
  readonly address: string;
  readonly nowMs: () => number;
  readonly onMessage: (message: unknown, from: string) => unknown;
  readonly post: (to: string, letter: Letter) => Promise<'delivered' | 'nobody' | 'failed'>;
  readonly onError: (cause: Error) => void;
}): Letterbox {
  const { address, nowMs, post } = input;
  const waiting = new Map<string, Waiting>();
  const letter = (body: unknown): Letter => ({ from: address, at: nowMs(), body });
  const reply = (to: string, re: string, body: unknown, failed: boolean): void => {
    void post(to, { ...letter(body), re, ...(failed ? { failed } : {}) });
  };
  const serve = async ({ body, from, ask }: Letter): Promise<void> => {
    try {
      const answer = await input.onMessage(body, from);
      if (ask !== undefined) reply(from, ask, answer, false);
    } catch (cause) {
      input.onError(cause instanceof Error ? cause : new Error(String(cause)));
      if (ask !== undefined) reply(from, ask, null, true);
    }
  };
  return {
    letter,
    take(received) {
      if (received.re === undefined) return void serve(received);
      const asked = waiting.get(received.re);
      // Only the one who was asked may answer.
      if (asked?.to !== received.from) return;
      asked.settle(received.failed ? { kind: 'failed' } : { kind: 'answer', body: received.body });
    },
    request(to, body, { timeoutMs, signal }) {
      if (waiting.size >= maxWaitingRequests || signal?.aborted) return Promise.resolve({ kind: 'failed' });
      return new Promise((resolve) => {
        const ask = randomBytes(12).toString('base64url');
        const settle = (answer: LetterAnswer): void => {
          if (!waiting.delete(ask)) return;
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          resolve(answer);
        };
        const onAbort = (): void => settle({ kind: 'failed' });
        const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
        waiting.set(ask, { to, settle });
        signal?.addEventListener('abort', onAbort);
        post(to, { ...letter(body), ask }).then((delivery) => {
          if (delivery !== 'delivered') settle({ kind: delivery });
        }, onAbort);
      });
    },
    close() {
      for (const { settle } of [...waiting.values()]) settle({ kind: 'failed' });
    },
  };
}
