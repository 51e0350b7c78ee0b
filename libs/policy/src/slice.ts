import { type CedarEntity, type CedarValue, entityOf, recordOf } from './cedar-value.ts';
import type { Environment } from './compile-expression.ts';
import type { PolicyDecision, Slice, SliceRequest } from './decision.ts';
import type { EngineHolder } from './engine-holder.ts';
import { evaluatePolicy, type ProgramPolicy } from './evaluate-policy.ts';
import { mapArguments } from './map-arguments.ts';
import { type NumberPlan, numberPlan } from './number-plan.ts';
import { joinReadNames } from './read-names.ts';

/** The action of a call, and the one that only hides tools from lists. */
export const callAction: CedarEntity = entityOf('Action', 'call');
export const listAction: CedarEntity = entityOf('Action', 'list');

/** Policies of one effect after everything that does not depend on the call was decided. */
interface Decided {
  readonly applying: readonly ProgramPolicy[];
  readonly failing: readonly ProgramPolicy[];
  /** Still to be evaluated for each call. */
  readonly open: readonly ProgramPolicy[];
}

export interface SliceInput {
  readonly engines: EngineHolder;
  readonly principal: CedarEntity;
  readonly resource: CedarEntity;
  /** Policies whose scope matches for a call. */
  readonly forCall: readonly ProgramPolicy[];
  /** Policies whose scope matches for a list. */
  readonly forList: readonly ProgramPolicy[];
  readonly inputSchema: () => unknown;
}

/** Decides what can be decided now; the slice evaluates only the rest. */
export function buildSlice(input: SliceInput): Slice {
  const { engines, principal, resource } = input;
  const before = (action: CedarEntity): Environment => ({ principal, action, resource, context: undefined });
  const forbids = decideNow(input.forCall, 'forbid', before(callAction), engines);
  const permits = decideNow(input.forCall, 'permit', before(callAction), engines);
  const hiding = decideNow(input.forList, 'forbid', before(listAction), engines);
  const constant = constantDecision(forbids, permits);
  const mayPermit = constant ? constant.kind === 'permit' : true;
  const isListed = mayPermit && hiding.applying.length === 0 && hiding.failing.length === 0;
  return {
    isStatic: constant !== undefined,
    mayList: () => isListed,
    decide: constant ? () => constant : decideEachCall({ input, forbids, permits }),
  };
}

function decideNow(
  policies: readonly ProgramPolicy[],
  effect: 'permit' | 'forbid',
  environment: Environment,
  engines: EngineHolder,
): Decided {
  const applying: ProgramPolicy[] = [];
  const failing: ProgramPolicy[] = [];
  const open: ProgramPolicy[] = [];
  for (const policy of policies) {
    if (policy.effect !== effect) continue;
    const verdict = evaluatePolicy({ policy, environment, engines });
    if (verdict === 'applies') applying.push(policy);
    else if (verdict === 'error') failing.push(policy);
    else if (verdict === 'unknown') open.push(policy);
  }
  return { applying, failing, open };
}

/** Forbid wins over permit, and no permit is a deny; `undefined` while an open policy could change the result. */
function constantDecision(forbids: Decided, permits: Decided): PolicyDecision | undefined {
  if (forbids.applying.length > 0) return denial('forbid', forbids.applying);
  if (forbids.failing.length > 0) return denial('forbid_error', forbids.failing);
  const mayApply = permits.applying.length > 0 || permits.open.length > 0;
  if (!mayApply) return noPermit;
  if (forbids.open.length > 0 || permits.applying.length === 0) return undefined;
  return permission(permits.applying);
}

function decideEachCall(made: {
  readonly input: SliceInput;
  readonly forbids: Decided;
  readonly permits: Decided;
}): (request: SliceRequest) => PolicyDecision {
  const { input, forbids, permits } = made;
  const { engines, principal, resource } = input;
  // A permit that applies anyway makes the other permits superfluous.
  const openPermits = permits.applying.length > 0 ? [] : permits.open;
  const constant = permits.applying.length > 0 ? permission(permits.applying) : undefined;
  const names = joinReadNames([...forbids.open, ...openPermits].map((policy) => policy.readNames));
  let plan: NumberPlan | undefined;

  return (request) => {
    plan ??= numberPlan(input.inputSchema());
    const args = mapArguments({ args: request.args, names, plan });
    if (!args) return notEvaluable;
    const context = recordOf(
      new Map<string, CedarValue>([
        ['args', args],
        ['endpoint', request.endpoint.toWellFormed()],
        ['client', request.client.toWellFormed()],
        ['era', request.era.toWellFormed()],
      ]),
    );
    const environment: Environment = { principal, action: callAction, resource, context };
    const denied = denyBy(forbids.open, environment, engines);
    if (denied) return denied;
    if (constant) return constant;
    const applying = openPermits.filter(
      (policy) => evaluatePolicy({ policy, environment, engines }) === 'applies',
    );
    return applying.length > 0 ? permission(applying) : noPermit;
  };
}

// Invariant: T21, a forbid that cannot be evaluated denies; Cedar itself would skip it and allow.
function denyBy(
  forbids: readonly ProgramPolicy[],
  environment: Environment,
  engines: EngineHolder,
): PolicyDecision | undefined {
  const applying: ProgramPolicy[] = [];
  const failing: ProgramPolicy[] = [];
  for (const policy of forbids) {
    const verdict = evaluatePolicy({ policy, environment, engines });
    if (verdict === 'applies') applying.push(policy);
    else if (verdict !== 'applies_not') failing.push(policy);
  }
  if (applying.length > 0) return denial('forbid', applying);
  return failing.length > 0 ? denial('forbid_error', failing) : undefined;
}

const noPermit: PolicyDecision = {
  kind: 'deny',
  cause: 'no_permit',
  policyIds: [],
  reason: 'No policy permits this call.',
  advice: null,
};

const notEvaluable: PolicyDecision = {
  kind: 'deny',
  cause: 'not_evaluable',
  policyIds: [],
  reason: 'A policy reads an argument that is nested too deep or holds a number out of range.',
  advice: null,
};

function permission(policies: readonly ProgramPolicy[]): PolicyDecision {
  return { kind: 'permit', policyIds: sourceIds(policies) };
}

function denial(cause: 'forbid' | 'forbid_error', policies: readonly ProgramPolicy[]): PolicyDecision {
  const [first] = policies;
  return {
    kind: 'deny',
    cause,
    policyIds: sourceIds(policies),
    reason: first ? reasonOf(cause, first) : '',
    advice: annotation(first, 'advice'),
  };
}

function reasonOf(cause: 'forbid' | 'forbid_error', policy: ProgramPolicy): string {
  const id = annotation(policy, 'id');
  const name = id === null ? `"${policy.sourceName}"` : `"${policy.sourceName}" (${id})`;
  if (cause === 'forbid_error')
    return `The policy ${name} could not be evaluated for these arguments, so it denies.`;
  return annotation(policy, 'reason') ?? `The policy ${name} forbids this call.`;
}

function annotation(policy: ProgramPolicy | undefined, name: string): string | null {
  if (!policy || !Object.hasOwn(policy.annotations, name)) return null;
  return policy.annotations[name]?.slice(0, 500) ?? null;
}

function sourceIds(policies: readonly ProgramPolicy[]): readonly string[] {
  return [...new Set(policies.map((policy) => policy.sourceId))];
}
