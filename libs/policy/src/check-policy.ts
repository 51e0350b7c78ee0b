import { uidText } from './cedar-value.ts';
import type { EngineHolder } from './engine-holder.ts';
import { type ParsedPolicy, type PolicyProblem, parsePolicyText } from './parse-policies.ts';
import type { EntityScope } from './scope.ts';
import { listAction } from './slice.ts';

export type PolicyCheck =
  | {
      readonly kind: 'ok';
      readonly policies: number;
      /** Things that are valid Cedar and can never match here. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };

const callUid = uidText('Action', 'call');

/** Checks one policy text for an editor; the same code runs in the console, the control plane and the workers. */
export function checkPolicyText(engines: EngineHolder, text: string): PolicyCheck {
  const parsed = parsePolicyText(engines, text);
  if (parsed.kind === 'invalid') return parsed;
  return {
    kind: 'ok',
    policies: parsed.policies.length,
    warnings: [...new Set(parsed.policies.flatMap(warningsOf))],
  };
}

function warningsOf(policy: ParsedPolicy): readonly string[] {
  const { principal, action, resource } = policy.scope;
  const actions = action.equals ?? action.within ?? [];
  const unknown = actions.filter((uid) => uid !== callUid && uid !== listAction.uid);
  return [
    ...unknown.map((uid) => `${uid} is no action here; use Action::"call" or Action::"list".`),
    ...typeWarnings(principal, 'principal', ['Agent'], ['Agent', 'Role', 'Customer']),
    ...typeWarnings(resource, 'resource', ['Tool'], ['Tool', 'Server']),
  ];
}

function typeWarnings(
  scope: EntityScope,
  what: string,
  own: readonly string[],
  groups: readonly string[],
): readonly string[] {
  const wrongType =
    scope.entityType !== undefined && !own.includes(scope.entityType)
      ? [`No ${what} is a ${scope.entityType}; a ${what} is ${own.join(' or ')}.`]
      : [];
  const wrongEquals = (scope.equals ?? []).filter((uid) => !own.includes(typeOf(uid)));
  const wrongWithin = (scope.within ?? []).filter((uid) => !groups.includes(typeOf(uid)));
  return [
    ...wrongType,
    ...wrongEquals.map((uid) => `${uid} never equals a ${what}; use "in" for a group.`),
    ...wrongWithin.map((uid) => `No ${what} is in ${uid}; groups are ${groups.join(', ')}.`),
  ];
}

function typeOf(uid: string): string {
  return uid.slice(0, uid.indexOf('::"'));
}
