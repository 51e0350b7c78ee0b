import { AppError } from '@sallyport/kernel';
import { isJsonObject, type WireObject } from '@sallyport/mcp';
import { isStop, type Stop, stop, type UpstreamReply } from '../call/call.ts';
import { isStillAllowed } from '../call/identify.ts';
import type { ExchangeInput, Turn } from '../upstream/turn.ts';
import type { Answers, Asks } from './answers.ts';
import { asksForUrls, toModernAsks } from './asks-in-era.ts';
import { conversationLimits } from './conversation-limits.ts';
import { inspectAnswers, inspectAsks, readAnswers } from './inspect-asks.ts';
import {
  type ConverseDeps,
  type OnNote,
  type Outgoing,
  type Sending,
  scopeOf,
  tooManyRounds,
} from './outgoing.ts';
import { type NamedTurn, type NoteRelay, nameTurn } from './parking-lot.ts';
import { type Continuation, callDigest, type StateOwner } from './request-state.ts';

/** A modern client: one step, and a state for the next where the upstream wants to know something. */
export function stepModern(
  deps: ConverseDeps,
  call: Outgoing,
  sending: Sending,
  onNote: OnNote,
): Promise<UpstreamReply | Stop> {
  return call.requestState === null && call.inputResponses === null
    ? firstStep(deps, call, sending, onNote)
    : retriedStep(deps, call, sending, onNote);
}

/** Most calls end here, so what only a question needs is made only where one is asked. */
async function firstStep(
  deps: ConverseDeps,
  call: Outgoing,
  sending: Sending,
  onNote: OnNote,
): Promise<UpstreamReply | Stop> {
  const { relay, turn } = await begin(deps, call, { sending, onNote, input: null });
  if (turn.kind === 'result') return turn;
  const owner = ownerOf(call);
  return finishStep(deps, call, {
    turn: nameTurn(turn, lotOf(call, owner, relay), deps.lot.park),
    owner,
    round: 1,
    mailbox: null,
  });
}

async function retriedStep(
  deps: ConverseDeps,
  call: Outgoing,
  sending: Sending,
  onNote: OnNote,
): Promise<UpstreamReply | Stop> {
  const owner = ownerOf(call);
  const begun = readRetry(deps, call, owner);
  if (begun.kind === 'stop') return begun;
  const { next, round } = begun;
  const answers = await inspectAnswers(deps.inspector, call, begun.answers);
  if (isStop(answers)) return answers;
  if (next.kind === 'parked') {
    const { timeoutMs, signal } = sending;
    const turn = await deps.lot.resume(next, { owner: lotKey(owner), answers, onNote, timeoutMs, signal });
    return finishStep(deps, call, { turn, owner, round: round + 1, mailbox: next.mailbox });
  }
  const responses = answers === begun.answers ? (call.inputResponses ?? {}) : responsesOf(call, answers);
  const input = next.kind === 'again' ? { responses, state: next.state } : null;
  const { relay, turn } = await begin(deps, call, { sending, onNote, input });
  const named = nameTurn(turn, lotOf(call, owner, relay), deps.lot.park);
  return finishStep(deps, call, { turn: named, owner, round: round + 1, mailbox: null });
}

/** The answers as they were inspected, in the form in which they came. */
function responsesOf({ inputResponses }: Outgoing, answers: Answers): WireObject {
  const given = inputResponses ?? {};
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => {
      const type = isJsonObject(given[key]) ? given[key].resultType : undefined;
      return [
        key,
        { ...(type === undefined ? {} : { resultType: type }), ...(answer.ok ? answer.result : {}) },
      ];
    }),
  );
}

/** Begins an exchange that another request may go on with: what it says then goes to whoever listens. */
async function begin(
  deps: ConverseDeps,
  call: Outgoing,
  { sending, onNote, input }: { sending: Sending; onNote: OnNote; input: ExchangeInput['input'] },
): Promise<{ readonly relay: NoteRelay; readonly turn: Turn }> {
  const relay: NoteRelay = { to: onNote, abort: sending.abort };
  const onNotification: OnNote = (note) => relay.to?.(note);
  const turn = await deps.exchange({ ...sending, scope: scopeOf(call), input, onNotification });
  return { relay, turn };
}

const lotKey = (owner: StateOwner): string =>
  `${owner.tenantId}|${owner.endpointId}|${owner.keyId}|${owner.digest}`;

function lotOf(call: Outgoing, owner: StateOwner, relay: NoteRelay) {
  return { relay, tenantId: owner.tenantId, owner: lotKey(owner), isAllowed: allowedLater(call) };
}

async function finishStep(
  deps: ConverseDeps,
  call: Outgoing,
  step: {
    readonly turn: NamedTurn;
    readonly owner: StateOwner;
    readonly round: number;
    readonly mailbox: string | null;
  },
): Promise<UpstreamReply | Stop> {
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
  const asked = await askModern(deps, call, { owner, round, requests, next });
  // What is parked in another worker runs out there.
  if (asked.kind === 'stop' && park !== null) deps.lot.drop(park);
  return asked;
}

/** Ends the call with what the upstream wants to know, and a state for the next. */
async function askModern(
  { states, inspector }: ConverseDeps,
  call: Outgoing,
  ask: {
    readonly owner: StateOwner;
    readonly round: number;
    readonly requests: Asks;
    readonly next: Continuation;
  },
): Promise<UpstreamReply | Stop> {
  const { owner, round, next } = ask;
  const requests =
    round > conversationLimits.maxRounds ? tooManyRounds() : await inspectAsks(inspector, call, ask.requests);
  if (isStop(requests)) return requests;
  const requestState = states.seal(owner, next, round);
  const inputRequests = toModernAsks(requests);
  return { kind: 'result', result: { resultType: 'input_required', inputRequests, requestState } };
}

type Begun =
  | {
      readonly kind: 'begun';
      readonly next: Continuation;
      readonly round: number;
      readonly answers: Answers;
    }
  | Stop;

function readRetry(deps: ConverseDeps, call: Outgoing, owner: StateOwner): Begun {
  const { requestState, inputResponses } = call;
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
