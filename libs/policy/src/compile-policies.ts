import { type CedarEntity, entityOf } from './cedar-value.ts';
import type { PolicyProgram, PolicySource, Slice, SliceSubject } from './decision.ts';
import type { EngineHolder } from './engine-holder.ts';
import type { ProgramPolicy } from './evaluate-policy.ts';
import { type PolicyProblem, parsePolicyText } from './parse-policies.ts';
import { type EntityScope, isInScope } from './scope.ts';
import { buildSlice, callAction, listAction } from './slice.ts';

/** A problem and the policy it is in. */
export interface ProgramProblem extends PolicyProblem {
  readonly policyId: string;
  readonly policyName: string;
}

export type CompiledPolicies =
  | { readonly kind: 'ok'; readonly program: PolicyProgram }
  | { readonly kind: 'invalid'; readonly problems: readonly ProgramProblem[] };

/** Compiles all policies of a tenant; one that is not valid Cedar fails the whole, so none is silently missing. */
export function compilePolicies(input: {
  readonly engines: EngineHolder;
  readonly policies: readonly PolicySource[];
}): CompiledPolicies {
  const { engines } = input;
  const problems: ProgramProblem[] = [];
  const parsed = input.policies.flatMap((source) => {
    const result = parsePolicyText(engines, source.text);
    if (result.kind === 'ok') return result.policies.map((policy) => ({ source, policy }));
    problems.push(
      ...result.problems.map((problem) => ({ ...problem, policyId: source.id, policyName: source.name })),
    );
    return [];
  });
  if (problems.length > 0) return { kind: 'invalid', problems };
  const policies = parsed.map(
    ({ source, policy }): ProgramPolicy => ({
      ...policy,
      sourceId: source.id,
      sourceName: source.name,
      prepared: policy.condition === undefined ? engines.prepare(policy.text) : undefined,
    }),
  );
  return { kind: 'ok', program: createProgram(engines, policies) };
}

/** Subjects whose view is kept; a view is a filtered list of references. */
const maxViews = 1_000;

function createProgram(engines: EngineHolder, policies: readonly ProgramPolicy[]): PolicyProgram {
  const views = new Map<string, SubjectView>();
  return {
    counts: {
      policies: policies.length,
      inEngine: policies.filter((policy) => policy.condition === undefined).length,
    },
    sliceFor(subject) {
      const view = remember(views, subjectKey(subject), () =>
        createView(engines, policies, principalOf(subject)),
      );
      return view.sliceFor(subject);
    },
    dispose() {
      views.clear();
      for (const { prepared } of policies) if (prepared) engines.release(prepared);
    },
  };
}

interface SubjectView {
  sliceFor(subject: SliceSubject): Slice;
}

/** The policies that speak of one principal, split by whether they name a tool or a server. */
function createView(
  engines: EngineHolder,
  all: readonly ProgramPolicy[],
  principal: CedarEntity,
): SubjectView {
  const mine = all.filter((policy) => isInScope(policy.scope.principal, principal));
  const named = new Map<string, ProgramPolicy[]>();
  const general: ProgramPolicy[] = [];
  for (const policy of mine) {
    const uids = namedBy(policy.scope.resource);
    if (uids === undefined) general.push(policy);
    else for (const uid of new Set(uids)) named.set(uid, [...(named.get(uid) ?? []), policy]);
  }
  const build = (
    resource: CedarEntity,
    candidates: readonly ProgramPolicy[],
    inputSchema: () => unknown,
  ): Slice => {
    const inScope = candidates.filter((policy) => isInScope(policy.scope.resource, resource));
    return buildSlice({
      engines,
      principal,
      resource,
      inputSchema,
      forCall: inScope.filter((policy) => isInScope(policy.scope.action, callAction)),
      forList: inScope.filter((policy) => isInScope(policy.scope.action, listAction)),
    });
  };
  // Most tools are spoken of by no policy in particular: where the general ones ask nothing, all share one slice.
  const isShared = general.every((policy) => !policy.hasConditions && isEverything(policy.scope.resource));
  let shared: Slice | undefined;
  return {
    sliceFor(subject) {
      const server = entityOf('Server', subject.serverSlug);
      const resource = entityOf('Tool', subject.exposedName, [server]);
      const special = new Set([...(named.get(resource.uid) ?? []), ...(named.get(server.uid) ?? [])]);
      if (special.size > 0 || !isShared)
        return build(resource, [...general, ...special], subject.inputSchema);
      shared ??= build(resource, general, () => undefined);
      return shared;
    },
  };
}

/** The entities that a scope names, `undefined` when it names none. */
function namedBy(scope: EntityScope): readonly string[] | undefined {
  return scope.equals ?? scope.within;
}

function isEverything(scope: EntityScope): boolean {
  return scope.entityType === undefined && namedBy(scope) === undefined;
}

function principalOf(subject: SliceSubject): CedarEntity {
  const roles = [...new Set(subject.roles)].map((role) => entityOf('Role', role));
  const customer = subject.customerId === null ? [] : [entityOf('Customer', subject.customerId)];
  return entityOf('Agent', subject.agentId, [...roles, ...customer]);
}

function subjectKey(subject: SliceSubject): string {
  return JSON.stringify([subject.agentId, subject.customerId, [...subject.roles].sort()]);
}

function remember<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known) return known;
  const made = make();
  const oldest = cache.keys().next().value;
  if (cache.size >= maxViews && oldest !== undefined) cache.delete(oldest);
  cache.set(key, made);
  return made;
}
