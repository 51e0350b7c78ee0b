import { type CedarEntity, EvaluationError } from './cedar-value.ts';
import { ContextNeeded, type Environment } from './compile-expression.ts';
import { type EngineHolder, type PreparedPolicy, preparedPolicyId } from './engine-holder.ts';
import { toCedarJson } from './map-arguments.ts';
import { truth } from './operators.ts';
import type { ParsedPolicy } from './parse-policies.ts';

/** What one policy says about one request; `unknown` = it depends on the context, which is not there yet. */
export type Verdict = 'applies' | 'applies_not' | 'error' | 'unknown';

/** One Cedar policy of a program. */
export interface ProgramPolicy extends ParsedPolicy {
  /** The tenant's policy it belongs to. */
  readonly sourceId: string;
  readonly sourceName: string;
  /** For a policy that has no closure; `undefined` there means it can never be evaluated. */
  readonly prepared: PreparedPolicy | undefined;
}

/** Evaluates the conditions of a policy whose scope is known to match. */
export function evaluatePolicy(input: {
  readonly policy: ProgramPolicy;
  readonly environment: Environment;
  readonly engines: EngineHolder;
}): Verdict {
  const { policy, environment, engines } = input;
  if (!policy.hasConditions) return 'applies';
  if (policy.condition === undefined) {
    return environment.context === undefined ? 'unknown' : askEngine({ policy, environment, engines });
  }
  try {
    return truth(policy.condition(environment)) ? 'applies' : 'applies_not';
  } catch (error) {
    if (error instanceof EvaluationError) return 'error';
    if (error instanceof ContextNeeded) return 'unknown';
    throw error;
  }
}

/** Asks the engine about this one policy. A crash marks the policy: it is never asked again and stays an error. */
function askEngine(input: {
  readonly policy: ProgramPolicy;
  readonly environment: Environment;
  readonly engines: EngineHolder;
}): Verdict {
  const { policy, environment, engines } = input;
  const { prepared } = policy;
  const { context } = environment;
  if (!prepared || !context || !engines.ensure(prepared)) return 'error';
  try {
    const answer = engines.call((engine) =>
      engine.statefulIsAuthorized({
        principal: uidOf(environment.principal),
        action: uidOf(environment.action),
        resource: uidOf(environment.resource),
        context: Object.fromEntries([...context.fields].map(([name, field]) => [name, toCedarJson(field)])),
        entities: [entityJson(environment.principal), entityJson(environment.resource)],
        preparsedPolicySetId: prepared.poolId,
      }),
    );
    if (answer.type === 'failure' || answer.response.diagnostics.errors.length > 0) return 'error';
    return answer.response.diagnostics.reason.includes(preparedPolicyId) ? 'applies' : 'applies_not';
  } catch {
    prepared.isBroken = true;
    return 'error';
  }
}

function uidOf(entity: CedarEntity): { readonly type: string; readonly id: string } {
  return { type: entity.entityType, id: entity.id };
}

function entityJson(entity: CedarEntity) {
  return { uid: uidOf(entity), attrs: {}, parents: entity.groups.map(uidOf) };
}
