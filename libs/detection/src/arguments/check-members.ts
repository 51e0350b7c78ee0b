import type { WalkNode } from '../walk-json.ts';
import { argumentRule } from './argument-view.ts';

export const operatorMember = argumentRule(
  'nosql_operator_member',
  'NoSQL: operator as the name of a member',
);
export const prototypeMember = argumentRule(
  'prototype_member',
  'Member that changes the prototype of every object',
);

const scripts: ReadonlySet<string> = new Set([
  '$where',
  '$function',
  '$accumulator',
  '$func',
  '$expr',
  '$eval',
  '$jsonschema',
]);
const operators: ReadonlySet<string> = new Set([
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$or',
  '$and',
  '$not',
  '$nor',
  '$exists',
  '$regex',
  '$eq',
  '$type',
  '$mod',
  '$all',
  '$size',
  '$elemmatch',
  '$options',
  '$comment',
  '$slice',
]);

const databaseNames =
  /query|filter|selector|pipeline|aggregat|match|find|where|criteria|projection|document|update|condition|search/;

/** How sure it is that a member's name is an operator smuggled in; `undefined` for an ordinary name. */
export function memberConfidence(
  node: WalkNode,
): { readonly kind: 'operator' | 'prototype'; readonly confidence: number } | undefined {
  const key = (node.key ?? '').slice(0, 64).toLowerCase();
  if (key === '__proto__') return { kind: 'prototype', confidence: 0.95 };
  if (key === 'prototype' && node.parent?.key === 'constructor')
    return { kind: 'prototype', confidence: 0.95 };
  if (scripts.has(key)) return { kind: 'operator', confidence: 0.9 };
  if (!operators.has(key))
    return /\[\$[a-z]{2,12}\]$/.test(key) ? { kind: 'operator', confidence: 0.93 } : undefined;
  return { kind: 'operator', confidence: isQueryMember(node) ? 0.1 : isSecretField(node) ? 0.95 : 0.6 };
}

function isQueryMember(node: WalkNode): boolean {
  for (let at = node.parent; at; at = at.parent)
    if (databaseNames.test((at.key ?? '').toLowerCase())) return true;
  return false;
}

function isSecretField(node: WalkNode): boolean {
  return /pass|user|login|token|pin|email|secret|^id$|name/.test((node.parent?.key ?? '').toLowerCase());
}
