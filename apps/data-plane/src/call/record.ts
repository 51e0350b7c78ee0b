import type { OutcomeFrame } from '@sallyport/ledger';
import type { Logger } from '@sallyport/telemetry';
import { sealBox } from '@sallyport/vault';
import { keptBody } from '../inspection/kept-form.ts';
import type { CallSpool } from '../spool/spool.ts';
import type { AnonymousCounter } from '../wire/anonymous-counter.ts';
import { sourcePrefix } from '../wire/source-prefix.ts';
import type { CallState } from './call.ts';
import { outcomeText } from './call-frames.ts';
import type { CallMetrics } from './call-metrics.ts';

export interface RecordDeps {
  readonly spool: CallSpool;
  readonly anonymous: AnonymousCounter;
  readonly metrics: CallMetrics;
  readonly log: Logger;
  /** X25519 key of the control plane, for tenants that keep bodies. */
  readonly bodySealKey: string | undefined;
}

/** Stage 15: the outcome frame and the counts. Runs for every call and can stop none. */
export function createRecord(deps: RecordDeps): (call: CallState) => CallState {
  return (call) => {
    if (call.holdsSlot && call.upstream) {
      call.upstream.inFlight -= 1;
      call.holdsSlot = false;
    }
    try {
      deps.metrics.count(call);
      logFailure(call, deps.log);
      if (call.principal === null || call.tenant === null) countAnonymous(call, deps.anonymous);
      else if (!call.isNotification || call.stopped !== null) recordOutcome(call, deps);
    } catch (error) {
      deps.log.error({ err: error, callId: call.callId }, 'the outcome of a call could not be recorded');
    }
    return call;
  };
}

function countAnonymous(call: CallState, anonymous: AnonymousCounter): void {
  anonymous.count(call.stopped?.code ?? 'internal_error', sourcePrefix(call.req.socket.remoteAddress));
}

function recordOutcome(call: CallState, deps: RecordDeps): void {
  const { spool } = deps;
  const tenantId = call.tenant?.id ?? '';
  // A tenant that has filled its share writes no more refusals; what already left is always written.
  if (!call.hasIntent && spool.roomFor(tenantId) !== 'free') {
    deps.metrics.dropped();
    return;
  }
  const text = outcomeText(call, keptBodies(call, deps.bodySealKey));
  spool.appendText(text, { kind: 'outcome', callId: call.callId, tenantId });
}

function keptBodies(call: CallState, publicKey: string | undefined): OutcomeFrame['bodies'] {
  if (publicKey === undefined || !call.tenant?.settings.keepBodies || call.tool === null) return null;
  const seal = (text: string | null, part: 'args' | 'result'): string | null =>
    text === null || text === ''
      ? null
      : sealBox({ publicKey, plaintext: text, aad: `${call.tenant?.id}|${call.callId}|${part}` });
  return {
    args: seal(keptBody(call, 'outbound'), 'args'),
    result: seal(keptBody(call, 'inbound'), 'result'),
  };
}

function logFailure(call: CallState, log: Logger): void {
  const { stopped } = call;
  if (stopped?.code !== 'internal_error' && stopped?.code !== 'audit_unavailable') return;
  log.error(
    { err: stopped.cause, callId: call.callId, incidentId: call.incidentId, stage: call.stoppedAt },
    stopped.code === 'internal_error' ? 'a call failed' : 'a call could not be recorded',
  );
}
