import type { PinVerdict } from '../upstream/observe-definitions.ts';
import type { ArgumentProblem, ArgumentSchemas } from './argument-schema.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import { isPinnedByContent } from './police-ui.ts';
import { promptArgumentProblems } from './prompt-arguments.ts';

/**
 * Stage 6, first half: a pin that is known to be broken stops here, arguments must fit what was approved, and where the
 * last observation is too old a new one starts, beside the stages that follow.
 */
export function createVerifyPin(deps: {
  readonly schemas: ArgumentSchemas;
  readonly nowMs: () => number;
}): Stage<'restored', 'pinAsked'> {
  const { schemas, nowMs } = deps;
  return (call) => {
    const { tool, upstream, tenant } = call;
    // The content itself is compared when it has come: no list says more than that.
    if (call.method !== 'tools/call' && isPinnedByContent(tool)) return grant<'pinAsked'>(call);
    const verdict = upstream.pins.check(tool.tool, tenant.pinMaxAgeMs, nowMs());
    if (verdict instanceof Promise) {
      call.pinAsked = verdict;
      // Whoever stops before the second half must not leave an unhandled rejection behind.
      verdict.catch(() => {});
    } else if (verdict.kind !== 'same') return broken(verdict);
    return misfit(call, schemas) ?? grant<'pinAsked'>(call);
  };
}

function misfit(call: Call<'restored'>, schemas: ArgumentSchemas): Stop | undefined {
  const { tool, args } = call;
  if (call.method === 'tools/call') {
    const fit = schemas.check(tool.tool.digest, () => tool.inputSchema(), args, call.argsText.length);
    if (fit.kind === 'fits') return undefined;
    return invalid(fit.kind === 'misfits' ? fit.problems : [{ path: '', problem: fit.reason }]);
  }
  if (call.method !== 'prompts/get') return undefined;
  const problems = promptArgumentProblems(tool, args);
  return problems.length === 0 ? undefined : invalid(problems);
}

function invalid(problems: readonly ArgumentProblem[]): Stop {
  return stop('invalid_arguments', { details: { problems } });
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
