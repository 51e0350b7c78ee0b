import type { WireObject } from '@sallyport/mcp';
import { isStop, type Stop, stop, type UpstreamReply } from '../call/call.ts';
import { underOurTask } from '../call/related-task.ts';
import type { Answers, Asks } from './answers.ts';
import { toLegacyAsk } from './asks-in-era.ts';
import { conversationLimits } from './conversation-limits.ts';
import { inspectAnswers, inspectAsks } from './inspect-asks.ts';
import {
  type ConverseDeps,
  type OnNote,
  type Outgoing,
  type Sending,
  scopeOf,
  tooManyRounds,
} from './outgoing.ts';
import { stepModern } from './step-modern.ts';

/** Carries one call to its upstream and, in between, what the upstream asks to the client. */
export type Converse = (call: Outgoing, sending: Sending, onNote: OnNote) => Promise<UpstreamReply | Stop>;

/** All four pairings of eras: a legacy client is asked on the stream of its call, a modern one by `input_required`. */
export function createConverse(deps: ConverseDeps): Converse {
  return (call, sending, onNote) =>
    call.era === 'legacy' ? talk(deps, call, sending, onNote) : stepModern(deps, call, sending, onNote);
}

/** A legacy client: asked and waited for, round by round, while its call is open. */
async function talk(
  deps: ConverseDeps,
  call: Outgoing,
  sending: Sending,
  onNote: OnNote,
): Promise<UpstreamReply | Stop> {
  await introduce(deps, call);
  const { clientCapabilities } = call;
  const input = { ...sending, clientCapabilities, scope: scopeOf(call), onNotification: onNote };
  let turn = await deps.exchange({ ...input, input: null });
  for (let round = 1; turn.kind === 'asks'; round += 1) {
    const { parked, requests, state } = turn;
    const answers =
      round > conversationLimits.maxRounds
        ? tooManyRounds()
        : await askAndInspect(deps, call, requests, sending.signal);
    if (isStop(answers)) {
      parked?.abort();
      return answers;
    }
    if (parked) turn = await parked.answer(answers);
    else {
      const responses = resultsOf(answers);
      // The modern era has no word for a client that fails to answer.
      if (!responses) return stop('upstream_protocol', { details: { reason: 'client_did_not_answer' } });
      turn = await deps.exchange({ ...input, input: { responses, state } });
    }
  }
  return turn;
}

/** Both what is asked and what is answered may change on the way, or end here. */
async function askAndInspect(
  deps: ConverseDeps,
  call: Outgoing,
  requests: Asks,
  signal: AbortSignal,
): Promise<Answers | Stop> {
  const asked = await inspectAsks(deps.inspector, call, requests);
  if (isStop(asked)) return asked;
  return inspectAnswers(deps.inspector, call, await askLegacy(deps, call, asked, signal));
}

/** HTTP+SSE issues its session id before the client says who it is. */
async function introduce(deps: ConverseDeps, call: Outgoing): Promise<void> {
  if (call.session === null || call.session.mailbox === null) return;
  const profile = await deps.profile(call.session);
  if (!profile) return;
  call.clientInfo = profile.client;
  call.client = profile.client.name;
  call.clientCapabilities = profile.capabilities;
}

async function askLegacy(
  deps: ConverseDeps,
  call: Outgoing,
  requests: Asks,
  signal: AbortSignal,
): Promise<Answers> {
  const { session, sink } = call;
  if (!session || !sink.canPush())
    return noAnswers(requests, 'The client reads no stream, so it cannot be asked.');
  const answered = await Promise.all(
    Object.entries(requests).map(async ([key, ask]) => {
      const { method, params: said } = toLegacyAsk(ask, session.version);
      const params = underOurTask(call, said);
      const push = (text: string): Promise<void> | undefined => sink.notify(text);
      const timeoutMs = conversationLimits.waitMs;
      return [key, await deps.asks.ask({ session, method, params, push, signal, timeoutMs })] as const;
    }),
  );
  return Object.fromEntries(answered);
}

function noAnswers(requests: Asks, message: string): Answers {
  const answer = { ok: false, error: { code: -32_600, message } } as const;
  return Object.fromEntries(Object.keys(requests).map((key) => [key, answer]));
}

function resultsOf(answers: Answers): WireObject | undefined {
  const results: Record<string, WireObject> = {};
  for (const [key, answer] of Object.entries(answers)) {
    if (!answer.ok) return undefined;
    results[key] = answer.result;
  }
  return results;
}
