import { type Frame, type IntentFrame, type OutcomeFrame, type StageName, stageNames } from './frames.ts';

/** What is wrong with the frames of one call. */
export type PairingFaultKind =
  | 'intent_without_outcome'
  | 'outcome_without_intent'
  | 'two_intents'
  | 'two_outcomes'
  | 'facts_differ';

export interface PairingFault {
  readonly kind: PairingFaultKind;
  readonly callId: string;
}

export interface PairingReport {
  /** Frames seen. */
  readonly intents: number;
  readonly outcomes: number;
  readonly faults: readonly PairingFault[];
}

const recordIntent = stageNames.indexOf('recordIntent');

/**
 * Checks that intents and outcomes match one to one: a call that left for the upstream has exactly one of each, a
 * call stopped before that has one outcome alone. The order of the frames does not matter.
 */
export function checkPairing(frames: Iterable<Frame>): PairingReport {
  const calls = new Map<string, CallFrames>();
  const total = { intents: 0, outcomes: 0 };
  for (const frame of frames) {
    if (frame.kind !== 'intent' && frame.kind !== 'outcome') continue;
    const call = calls.get(frame.callId) ?? { intents: [], outcomes: [] };
    calls.set(frame.callId, call);
    if (frame.kind === 'intent') call.intents.push(frame);
    else call.outcomes.push(frame);
    total[`${frame.kind}s`] += 1;
  }
  const faults = [...calls].flatMap(([callId, call]) => faultsOf(call).map((kind) => ({ kind, callId })));
  return { ...total, faults };
}

interface CallFrames {
  readonly intents: IntentFrame[];
  readonly outcomes: OutcomeFrame[];
}

function faultsOf({ intents, outcomes }: CallFrames): readonly PairingFaultKind[] {
  const faults: PairingFaultKind[] = [];
  if (intents.length > 1) faults.push('two_intents');
  if (outcomes.length > 1) faults.push('two_outcomes');
  const [intent] = intents;
  const [outcome] = outcomes;
  if (!outcome) faults.push('intent_without_outcome');
  else if (!intent) {
    if (mustHaveIntent(outcome)) faults.push('outcome_without_intent');
  } else if (sameness(intent) !== sameness(outcome)) faults.push('facts_differ');
  return faults;
}

/** Only a call of a tool leaves for the upstream, and only after its intent is in the spool. */
function mustHaveIntent(outcome: OutcomeFrame): boolean {
  if (outcome.method !== 'tools/call') return false;
  if (outcome.outcome === 'ok' || outcome.outcome === 'tool_error' || outcome.outcome === 'unknown')
    return true;
  return outcome.stage !== null && isAfterIntent(outcome.stage) && startedUs(outcome, 'dispatch') >= 0;
}

function isAfterIntent(stage: StageName): boolean {
  return stageNames.indexOf(stage) > recordIntent;
}

function startedUs(outcome: OutcomeFrame, stage: StageName): number {
  return outcome.stageTimesUs[2 * stageNames.indexOf(stage)] ?? -1;
}

/** The facts that may not change between intent and outcome. */
function sameness(frame: IntentFrame | OutcomeFrame): string {
  const { tenantId, agentId, customerId, keyId, serverId, toolId, argsDigest } = frame;
  return [tenantId, agentId, customerId, keyId, serverId, toolId, argsDigest].join('|');
}
