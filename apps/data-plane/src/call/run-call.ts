import { type StageName, stageNames } from '@sallyport/ledger';
import { readMessage } from '../wire/read-message.ts';
import { createBatchSink } from './batch-sink.ts';
import { type CallState, cutCall, type Stop, stop } from './call.ts';
import { createMember } from './create-call.ts';
import { familyOf } from './family-of.ts';
import { elapsedUs, failure, runSteps } from './pipeline.ts';
import type { ReadDeps } from './read.ts';
import type { Stages } from './stages.ts';

/** Calls that are under way, so that a revocation or a shutdown can cut them. */
export interface Pipeline {
  start(call: CallState): void;
  readonly running: ReadonlySet<CallState>;
}

const replySlot = stageNames.indexOf('reply') * 2;
const recordSlot = stageNames.indexOf('record') * 2;

/** Runs calls through the stages: head, then the family of their method, then reply and record always. */
export function createPipeline(stages: Stages, deps: ReadDeps): Pipeline {
  const running = new Set<CallState>();
  const conclude = (call: CallState, stopped: Stop | null, at: StageName | null): void => {
    call.stopped = stopped;
    call.stoppedAt = at;
    running.delete(call);
    finish(stages, call);
  };
  const runFamily = (call: CallState): void => {
    runSteps(stages[familyOf(call)].steps, call, (stopped, at) => conclude(call, stopped, at));
  };
  const runBatch = (call: CallState, members: readonly unknown[]): void => {
    running.delete(call);
    const sinks = createBatchSink(call.sink, members.length);
    for (const member of members) {
      const one = createMember(call, sinks.next());
      running.add(one);
      const halted = readMember(one, member, deps);
      if (halted) conclude(one, halted, 'read');
      else runFamily(one);
    }
  };
  return {
    running,
    start(call) {
      running.add(call);
      // A modern caller that goes away cancels; a legacy one may come back for nothing, but its call goes on.
      call.res.once('close', () => {
        if (!call.res.writableFinished && call.era === 'modern') cutCall(call, 'client');
      });
      runSteps(stages.head.steps, call, (stopped, at) => {
        if (stopped !== null) conclude(call, stopped, at);
        else if (call.members !== null) runBatch(call, call.members);
        else runFamily(call);
      });
    },
  };
}

const modernInBatch: Stop = stop('malformed', { details: { reason: 'modern_in_batch' } });

function readMember(call: CallState, member: unknown, deps: ReadDeps): Stop | undefined {
  try {
    const halted = readMessage(call, member, deps);
    // Batches are a word of one old revision; what claims to be modern has no place in one.
    return halted ?? (call.era === 'modern' ? modernInBatch : undefined);
  } catch (cause) {
    return failure(call, cause);
  }
}

/** Invariant: an answer leaves only when its outcome is in the spool, so nobody was answered without a receipt. */
function finish(stages: Stages, call: CallState): void {
  call.times[replySlot] = elapsedUs(call);
  try {
    stages.reply(call);
  } catch (cause) {
    call.stopped = failure(call, cause);
    call.stoppedAt = 'reply';
    stages.reply(call);
  }
  call.times[replySlot + 1] = elapsedUs(call);
  call.times[recordSlot] = call.times[replySlot + 1] ?? 0;
  call.times[recordSlot + 1] = call.times[recordSlot] ?? 0;
  stages.record(call);
  if (call.answer) call.sink.send(call.answer);
}
