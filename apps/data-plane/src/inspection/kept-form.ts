import {
  classOf,
  type RedactionPolicy,
  redactJson,
  redactText,
  sensitiveClasses,
  sensitiveTypes,
} from '@sallyport/detection';
import type { CallState } from '../call/call.ts';
import { inspectionLimits } from './inspection-limits.ts';
import type { Direction } from './tenant-inspection.ts';

// Nobody reads a receipt for a secret, whatever a tenant lets pass.
const secretsOnly: RedactionPolicy = {
  byClass: { ...allClasses('allow'), secret: 'mask' },
  byType: {},
};

/** A text of a receipt without what the tenant's policies name, and without secrets in any case. */
export function keptText(call: CallState, text: string): string {
  if (!call.hasSensitive) return text;
  return redactText(
    redactText(text, keptPolicy(call, 'outbound'), null).value,
    keptPolicy(call, 'inbound'),
    null,
  ).value;
}

/**
 * Arguments or a result as they may be kept: with tokens in place of values, and without what policies name. `null` where
 * that would take too long.
 */
export function keptBody(call: CallState, direction: Direction): string | null {
  const text = direction === 'outbound' ? argumentsText(call) : call.resultText;
  if (!call.hasSensitive || text === null || text === '') return text;
  if (text.length > inspectionLimits.maxKeptUnits) return null;
  const { value, isCut } = redactJson(JSON.parse(text), keptPolicy(call, direction), null);
  // What was not looked at to its end is not kept.
  return isCut ? null : JSON.stringify(value);
}

function argumentsText(call: CallState): string {
  return call.keptArgs === null ? call.argsText : JSON.stringify(call.keptArgs);
}

const policies = new WeakMap<RedactionPolicy, RedactionPolicy>();

function keptPolicy(call: CallState, direction: Direction): RedactionPolicy {
  return maskedPolicy(call.tenant && call.tool ? call.tenant.inspection.of(call.tool)[direction] : null);
}

/** Masks whatever a policy does not let pass without a word, and secrets in any case. */
export function maskedPolicy(policy: RedactionPolicy | null): RedactionPolicy {
  if (policy === null) return secretsOnly;
  let kept = policies.get(policy);
  if (!kept) {
    kept = maskAll(policy);
    policies.set(policy, kept);
  }
  return kept;
}

function maskAll(policy: RedactionPolicy): RedactionPolicy {
  const byClass = { ...allClasses('allow'), secret: 'mask' as const };
  for (const name of sensitiveClasses) if (policy.byClass[name] !== 'allow') byClass[name] = 'mask';
  const byType = Object.fromEntries(
    sensitiveTypes.flatMap((type) => {
      const action = policy.byType[type];
      if (action === undefined || classOf(type) === 'secret') return [];
      return [[type, action === 'allow' ? ('allow' as const) : ('mask' as const)]];
    }),
  );
  return { byClass, byType };
}

function allClasses(action: 'allow'): Record<(typeof sensitiveClasses)[number], 'allow' | 'mask'> {
  return {
    secret: action,
    financial: action,
    identity: action,
    contact: action,
    health: action,
    network: action,
  };
}
