import type {
  ActionConstraint,
  EntityUidJson,
  PolicyJson,
  PrincipalConstraint,
} from '@cedar-policy/cedar-wasm';
import { type CedarEntity, uidText } from './cedar-value.ts';

/** One side of a policy's scope: which entities it speaks of. Both given means both must hold; none means all. */
export interface EntityScope {
  readonly entityType: string | undefined;
  /** The entity must be one of these … */
  readonly equals: readonly string[] | undefined;
  /** … or be one of these or in one of these. */
  readonly within: readonly string[] | undefined;
}

export interface PolicyScope {
  readonly principal: EntityScope;
  readonly action: EntityScope;
  readonly resource: EntityScope;
}

const everything: EntityScope = { entityType: undefined, equals: undefined, within: undefined };

/** Reads the scope of a policy's JSON form; `undefined` when it holds a template slot. */
export function readScope(policy: PolicyJson): PolicyScope | undefined {
  const principal = readEntityScope(policy.principal);
  const resource = readEntityScope(policy.resource);
  const action = readEntityScope(policy.action);
  return principal && action && resource ? { principal, action, resource } : undefined;
}

/** Whether the scope speaks of this entity, decided exactly as Cedar does. */
export function isInScope(scope: EntityScope, entity: CedarEntity): boolean {
  if (scope.entityType !== undefined && scope.entityType !== entity.entityType) return false;
  if (scope.equals !== undefined && !scope.equals.includes(entity.uid)) return false;
  if (scope.within === undefined) return true;
  return scope.within.some((group) => group === entity.uid || entity.ancestors.has(group));
}

function readEntityScope(constraint: PrincipalConstraint | ActionConstraint): EntityScope | undefined {
  switch (constraint.op) {
    case 'All':
      return everything;
    case '==':
      return 'entity' in constraint ? { ...everything, equals: [uidOf(constraint.entity)] } : undefined;
    case 'in':
      if ('entities' in constraint) return { ...everything, within: constraint.entities.map(uidOf) };
      return 'entity' in constraint ? { ...everything, within: [uidOf(constraint.entity)] } : undefined;
    case 'is': {
      const group = constraint.in;
      if (group === undefined) return { ...everything, entityType: constraint.entity_type };
      if (!('entity' in group)) return undefined;
      return { ...everything, entityType: constraint.entity_type, within: [uidOf(group.entity)] };
    }
  }
}

function uidOf(entity: EntityUidJson): string {
  const { type, id } = '__entity' in entity ? entity.__entity : entity;
  return uidText(type, id);
}
