import { AppError } from '@sallyport/kernel';
import type { RpcNotification, WireObject } from '@sallyport/mcp';
import { type Call, type Stop, stop, type UpstreamReply } from '../call/call.ts';
import { isStillAllowed } from '../call/identify.ts';
import { underOurTask } from '../call/related-task.ts';
import type { UpstreamScope } from '../upstream/scope.ts';
import type { ExchangeInput, Turn } from '../upstream/turn.ts';
import type { LegacySession } from '../wire/session-handles.ts';
import type { Answers, Asks } from './answers.ts';
import { asksForUrls, toLegacyAsk, toModernAsks } from './asks-in-era.ts';
import type { ClientAsks } from './client-asks.ts';
import { conversationLimits } from './conversation-limits.ts';
import { inspectAnswers, inspectAsks, readAnswers } from './inspect-asks.ts';
import { type NamedTurn, type NoteRelay, nameTurn, type ParkingLot } from './parking-lot.ts';
import { type Continuation, callDigest, type RequestStates, type StateOwner } from './request-state.ts';
import type { SessionProfile } from './shared-sessions.ts';

type Outgoing = Call<'intentRecorded'>;

export interface ConverseDeps {
  readonly exchange: (input: ExchangeInput) => Promise<Turn>;
  readonly asks: ClientAsks;
  readonly states: RequestStates;
  readonly lot: ParkingLot;
  /** Who a client of HTTP+SSE said it is. */
  readonly profile: (session: LegacySession) => Promise<SessionProfile | undefined>;
}

/** What a call sends upstream, whoever goes on with it. */
export type Sending = Omit<ExchangeInput, 'input' | 'onNotification' | 'scope'>;
export type OnNote = (notification: RpcNotification) => Promise<void> | undefined;

/** Carries one call to its upstream and, in between, what the upstream asks to the client. */
export type Converse = (call: Outgoing, sending: Sending, onNote: OnNote) => Promise<UpstreamReply | Stop>;

/** All four pairings of eras: a legacy client is asked on the stream of its call, a modern one by `input_required`. */
export function createConverse(deps: ConverseDeps): Converse {
  return (call, sending, onNote) =>
    call.era === 'legacy' ? talk(deps, call, sending, onNote) : step(deps, call, sending, onNote);
}

/** Who speaks through us at a legacy upstream. */
function scopeOf(call: Outgoing): UpstreamScope {
  const { session, clientCapabilities: capabilities } = call;
  if (!session) return { kind: 'principal', key: call.principal.key.id, capabilities };
  return {
    kind: 'session',
    key: session.nonce,
    capabilities,
    client: call.clientInfo,
    version: session.version,
  };
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
    const halted = round > conversationLimits.maxRounds ? tooManyRounds() : inspectAsks(call, requests);
    if (halted) {
      parked?.abort();
      return halted;
    }
    const answers = await askLegacy(deps, call, requests, sending.signal);
    const refused = inspectAnswers(call, answers);
    if (refused) {
      parked?.abort();
      return refused;
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

/** A modern client: one step, and a state for the next where the upstream wants to know something. */
async function step(
  deps: ConverseDeps,
  call: Outgoing,
  sending: Sending,
  onNote: OnNote,
): Promise<UpstreamReply | Stop> {
  const owner = ownerOf(call);
  const begun = readRetry(deps, call, owner);
  if (begun.kind === 'stop') return begun;
  const { next, round, answers } = begun;
  const refused = answers && inspectAnswers(call, answers);
  if (refused) return refused;
  const key = `${owner.tenantId}|${owner.endpointId}|${owner.keyId}|${owner.digest}`;
  const relay: NoteRelay = { to: onNote, abort: new AbortController() };
  const cut = (): void => relay.abort.abort();
  sending.signal.addEventListener('abort', cut);
  const turn =
    next?.kind === 'parked'
      ? await deps.lot.resume(next, {
          owner: key,
          answers: answers ?? {},
          onNote,
          timeoutMs: sending.timeoutMs,
          signal: sending.signal,
        })
      : nameTurn(
          await deps.exchange({
            ...sending,
            signal: relay.abort.signal,
            scope: scopeOf(call),
            input:
              next?.kind === 'again' ? { responses: call.inputResponses ?? {}, state: next.state } : null,
            onNotification: (note) => relay.to?.(note),
          }),
          { relay, tenantId: owner.tenantId, owner: key, isAllowed: allowedLater(call) },
          deps.lot.park,
        );
  sending.signal.removeEventListener('abort', cut);
  return finishStep(deps, call, {
    turn,
    owner,
    round: round + 1,
    mailbox: next?.kind === 'parked' ? next.mailbox : null,
  });
}

function finishStep(
  deps: ConverseDeps,
  call: Outgoing,
  step: {
    readonly turn: NamedTurn;
    readonly owner: StateOwner;
    readonly round: number;
    readonly mailbox: string | null;
  },
): UpstreamReply | Stop {
  const { turn, owner, round } = step;
  if (turn.kind === 'gone') return goneStop(turn.reason);
  const urls = turn.kind === 'error' ? asksForUrls(turn.error) : undefined;
  if (urls) return askModern(deps, call, { owner, round, requests: urls, next: { kind: 'repeat' } });
  if (turn.kind !== 'asks') return turn;
  const { park, requests, state } = turn;
  const next: Continuation =
    park === null
      ? { kind: 'again', state }
      : { kind: 'parked', mailbox: step.mailbox ?? deps.lot.address, park };
  const asked = askModern(deps, call, { owner, round, requests, next });
  // What is parked in another worker runs out there.
  if (asked.kind === 'stop' && park !== null) deps.lot.drop(park);
  return asked;
}

/** Ends the call with what the upstream wants to know, and a state for the next. */
function askModern(
  { states }: ConverseDeps,
  call: Outgoing,
  ask: {
    readonly owner: StateOwner;
    readonly round: number;
    readonly requests: Asks;
    readonly next: Continuation;
  },
): UpstreamReply | Stop {
  const { owner, round, requests, next } = ask;
  const halted = round > conversationLimits.maxRounds ? tooManyRounds() : inspectAsks(call, requests);
  if (halted) return halted;
  const requestState = states.seal(owner, next, round);
  const inputRequests = toModernAsks(requests);
  return { kind: 'result', result: { resultType: 'input_required', inputRequests, requestState } };
}

type Begun =
  | {
      readonly kind: 'begun';
      readonly next: Continuation | null;
      readonly round: number;
      readonly answers: Answers | undefined;
    }
  | Stop;

function readRetry(deps: ConverseDeps, call: Outgoing, owner: StateOwner): Begun {
  const { requestState, inputResponses } = call;
  if (requestState === null && inputResponses === null)
    return { kind: 'begun', next: null, round: 0, answers: undefined };
  if (requestState === null) return staleState('missing');
  const opened = deps.states.open(owner, requestState);
  if (opened.kind === 'refused') return staleState(opened.reason);
  const answers = readAnswers(inputResponses ?? {});
  if (!answers) return staleState('answers_malformed');
  return { kind: 'begun', next: opened.next, round: opened.round, answers };
}

function ownerOf(call: Outgoing): StateOwner {
  return {
    tenantId: call.tenant.id,
    endpointId: call.endpoint.id,
    keyId: call.principal.key.id,
    serverId: call.upstream.server.id,
    digest: callDigest(call.method, call.params),
  };
}

/** Judged by the marks of then; holds what identifies the caller, not its connection. */
function allowedLater({ tenant, principal, tool }: Outgoing): () => boolean {
  return () => isStillAllowed({ tenant, principal, tool } as Outgoing);
}

const staleState = (reason: string): Stop => stop('stale_request_state', { details: { reason } });
const tooManyRounds = (): Stop =>
  stop('upstream_protocol', { details: { reason: 'too_many_rounds', limit: conversationLimits.maxRounds } });

function goneStop(reason: Extract<NamedTurn, { kind: 'gone' }>['reason']): Stop {
  switch (reason) {
    case 'full':
      return stop('rate_limited', {
        details: {
          rule: 'parked_exchanges',
          limit: conversationLimits.maxParkedPerTenant,
          retryAfterMs: 10_000,
        },
      });
    case 'upstream':
      throw new AppError('upstream_unreachable', undefined, { details: { reason: 'parked' } });
    case 'used':
    case 'worker_gone':
      return staleState(reason);
  }
}
