import { AppError } from '@sallyport/kernel';
import { type RpcError, type RpcResponse, rpcCodes, writeError, writeResult } from '@sallyport/mcp';
import { exchangeLimits } from './exchange-limits.ts';
import { postAside } from './post-aside.ts';
import { protocolError } from './read-rpc.ts';
import { toTurn } from './read-turn.ts';
import { type AsksTurn, leave, type OpenAsk, type Talk } from './talk.ts';
import type { ClientAnswer, ParkedExchange } from './turn.ts';

/** Beyond the time a client has, so that the parked exchange ends by its own clock. */
const graceMs = 1_000;
const unanswered: ClientAnswer = {
  ok: false,
  error: { code: rpcCodes.internalError, message: 'The client did not answer' } satisfies RpcError,
};

/** Reads on where the stream was left. */
type ReadOn = (talk: Talk) => Promise<RpcResponse | AsksTurn>;

/**
 * Lets the upstream's stream wait for its client.
 * @throws AppError `upstream_protocol` when it asks too often, too much at once, or with too many at a time
 */
export function park(talk: Talk, asks: readonly OpenAsk[], readOn: ReadOn): AsksTurn {
  checkLimits(talk, asks);
  const open = new Map(asks.map((ask, index) => [`r${talk.rounds}-${index + 1}`, ask]));
  const requests = Object.fromEntries(
    [...open].map(([key, { method, params }]) => [key, { method, params }]),
  );
  return { kind: 'asks', requests, state: null, parked: createParked(talk, open, readOn) };
}

function checkLimits(talk: Talk, asks: readonly OpenAsk[]): void {
  const { maxRounds, maxAsks, maxAskBytes, maxParked } = exchangeLimits;
  talk.rounds += 1;
  if (talk.rounds > maxRounds) throw protocolError('too_many_rounds', { limit: maxRounds });
  if (asks.length > maxAsks) throw protocolError('too_many_asks', { limit: maxAsks });
  const bytes = asks.reduce((sum, { params }) => sum + JSON.stringify(params ?? null).length, 0);
  if (bytes > maxAskBytes) throw protocolError('asks_too_large', { limit: maxAskBytes });
  if (talk.input.upstream.parked >= maxParked) throw protocolError('too_many_parked', { limit: maxParked });
}

type ParkState = 'waiting' | 'taken' | 'left' | 'expired';

function createParked(talk: Talk, open: ReadonlyMap<string, OpenAsk>, readOn: ReadOn): ParkedExchange {
  const { input, inbox } = talk;
  let state: ParkState = 'waiting';
  const settle = (next: ParkState): boolean => {
    if (state !== 'waiting') return false;
    state = next;
    input.upstream.parked -= 1;
    clearTimeout(timer);
    input.signal.removeEventListener('abort', abort);
    return true;
  };
  const abort = (): void => {
    if (settle('left')) leave(talk);
  };
  const timer = setTimeout(() => {
    if (settle('expired')) leave(talk);
  }, exchangeLimits.maxParkedMs);
  timer.unref();
  input.upstream.parked += 1;
  input.signal.addEventListener('abort', abort, { once: true });
  inbox.hold(exchangeLimits.maxParkedMs + graceMs);
  return {
    abort,
    async answer(answers) {
      if (!settle('taken')) throw overError(state);
      inbox.release(input.timeoutMs);
      try {
        await hand(talk, open, answers);
      } catch (error) {
        leave(talk);
        throw error;
      }
      const next = await readOn(talk);
      return next.kind === 'asks' ? next : toTurn(input, talk.session, { status: 200, response: next });
    },
  };
}

function overError(state: ParkState): AppError {
  const reason = state === 'expired' ? 'parked' : state === 'left' ? 'cancelled' : 'answered_already';
  const details = { reason, limitMs: exchangeLimits.maxParkedMs };
  return new AppError('timeout', 'the upstream no longer waits for this answer', { details });
}

/** Posts each answer; the upstream takes them as they come. */
async function hand(
  talk: Talk,
  open: ReadonlyMap<string, OpenAsk>,
  answers: Readonly<Record<string, ClientAnswer>>,
): Promise<void> {
  const { input, session } = talk;
  if (session.era !== 'legacy') return;
  const posted = [...open].map(async ([key, { id }]) => {
    const answer = Object.hasOwn(answers, key) ? (answers[key] ?? unanswered) : unanswered;
    const body = answer.ok ? writeResult(id, answer.result) : writeError(id, answer.error);
    const status = await postAside(input.upstream, session, input.credential, body);
    if (status >= 400) throw protocolError('answer_refused', { status });
  });
  await Promise.all(posted);
}
