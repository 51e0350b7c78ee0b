import { randomUUID } from 'node:crypto';
import { isAppError } from '@sallyport/kernel';
import { type StageName, stageNames } from '@sallyport/ledger';
import { type Call, type CallState, type Milestone, type Stop, stop } from './call.ts';

/** A stage takes a call that has come as far as `In` and gives it back as `Out`, or says why not. */
export type Stage<In extends Milestone, Out extends Milestone> = (
  call: Call<In>,
) => Call<Out> | Stop | Promise<Call<Out> | Stop>;

/** A stage without its milestones, as the runner sees it. */
export type AnyStage = (call: CallState) => CallState | Stop | Promise<CallState | Stop>;

/** Stages that tests put in the place of the real ones; nothing else ever does. */
export type StageOverrides = Readonly<Partial<Record<StageName, AnyStage>>>;

interface Step {
  readonly name: StageName;
  /** Position of its start in `CallState.times`. */
  readonly slot: number;
  readonly run: AnyStage;
}

/** A composition of stages from one milestone to another; only stages that fit can be added. */
export interface Composition<In extends Milestone, Out extends Milestone> {
  readonly steps: readonly Step[];
  pass<Next extends Milestone>(name: StageName, stage: Stage<Out, Next>): Composition<In, Next>;
}

/** Starts a composition at a milestone. */
export function compose<In extends Milestone>(overrides: StageOverrides): Composition<In, In> {
  return extend<In, In>([], overrides);
}

function extend<In extends Milestone, Out extends Milestone>(
  steps: readonly Step[],
  overrides: StageOverrides,
): Composition<In, Out> {
  return {
    steps,
    pass(name, stage) {
      // The types of `pass` have checked that the milestones fit; the runner does not look at them.
      const run = overrides[name] ?? (stage as AnyStage);
      return extend([...steps, { name, slot: stageNames.indexOf(name) * 2, run }], overrides);
    },
  };
}

/** What a composition ended with: nothing, or why and where it stopped. */
export type Ended = (stopped: Stop | null, at: StageName | null) => void;

const cutCodes = { client: 'timeout', revoked: 'unauthenticated', draining: 'draining' } as const;

/** Runs the steps one after the other, without a turn of the event loop where a stage does not wait. */
export function runSteps(steps: readonly Step[], call: CallState, ended: Ended, from = 0): void {
  for (let at = from; at < steps.length; at += 1) {
    const step = steps[at] as Step;
    if (call.cut !== null) return void ended(stop(cutCodes[call.cut]), step.name);
    begin(call, step);
    let outcome: CallState | Stop | Promise<CallState | Stop>;
    try {
      outcome = step.run(call);
    } catch (cause) {
      return void ended(failure(call, cause), step.name);
    }
    if (outcome instanceof Promise) {
      outcome.then(
        (late) => {
          end(call, step);
          const halted = cutOr(call, late);
          if (halted !== null) ended(halted, step.name);
          else runSteps(steps, call, ended, at + 1);
        },
        (cause: unknown) => {
          end(call, step);
          ended(call.cut === null ? failure(call, cause) : stop(cutCodes[call.cut]), step.name);
        },
      );
      return;
    }
    end(call, step);
    if (outcome !== call) return void ended(outcome as Stop, step.name);
  }
  ended(null, null);
}

/** A cut call stops with its cut, whatever the stage made of it. */
function cutOr(call: CallState, outcome: CallState | Stop): Stop | null {
  if (call.cut !== null) return stop(cutCodes[call.cut]);
  return outcome === call ? null : (outcome as Stop);
}

function begin(call: CallState, step: Step): void {
  // A stage of two steps keeps the start of its first.
  if (call.times[step.slot] === -1) call.times[step.slot] = elapsedUs(call);
}

function end(call: CallState, step: Step): void {
  call.times[step.slot + 1] = elapsedUs(call);
}

/** Microseconds since the call began. */
export function elapsedUs(call: CallState): number {
  return Math.round((performance.now() - call.startedAt) * 1000);
}

/** A thrown `AppError` keeps its code; anything else denies with an incident id, and its cause goes to the log only. */
export function failure(call: CallState, cause: unknown): Stop {
  if (isAppError(cause) && cause.code !== 'internal_error') {
    return stop(cause.code, { details: cause.details, cause });
  }
  call.incidentId = randomUUID();
  return stop('internal_error', { details: { incidentId: call.incidentId }, cause });
}
