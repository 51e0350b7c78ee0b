import type { PinVerdict } from '../upstream/observe-tools.ts';
import type { ArgumentSchemas } from './argument-schema.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

/**
 * Stage 6, first half: a pin that is known to be broken stops here, arguments must fit the approved schema, and
 * where the last observation is too old a new one starts, beside the stages that follow.
 */
export function createVerifyPin(deps: {
  readonly schemas: ArgumentSchemas;
  readonly nowMs: () => number;
}): Stage<'admitted', 'pinAsked'> {
  const { schemas, nowMs } = deps;
  return (call) => {
    const { tool, upstream, tenant } = call;
    const verdict = upstream.pins.check(tool.tool, tenant.pinMaxAgeMs, nowMs());
    if (verdict instanceof Promise) {
      call.pinAsked = verdict;
      // Whoever stops before the second half must not leave an unhandled rejection behind.
      verdict.catch(() => {});
    } else if (verdict.kind !== 'same') return broken(verdict);
    const fit = schemas.check(tool.tool.digest, () => tool.inputSchema(), call.args, call.argsText.length);
    if (fit.kind === 'misfits') return stop('invalid_arguments', { details: { problems: fit.problems } });
    if (fit.kind === 'unusable') {
      return stop('invalid_arguments', { details: { problems: [{ path: '', problem: fit.reason }] } });
    }
    return grant<'pinAsked'>(call);
  };
}

/** Stage 6, second half: nothing leaves before the observation has come and says the same. */
export const settlePin: Stage<'held', 'pinVerified'> = (call) => {
  if (call.pinAsked === null) return grant<'pinVerified'>(call);
  return call.pinAsked.then((verdict) =>
    verdict.kind === 'same' ? (grant<'pinVerified'>(call) as Call<'pinVerified'>) : broken(verdict),
  );
};

function broken(verdict: Exclude<PinVerdict, { kind: 'same' }>): Stop {
  if (verdict.kind === 'changed') {
    return stop('tool_changed', { details: { observed: verdict.observedDigest } });
  }
  return stop('tool_unverified', { details: { reason: verdict.reason } });
}
