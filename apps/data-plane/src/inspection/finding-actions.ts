import {
  actionFor,
  classOf,
  type Finding,
  type Redaction,
  type RedactionHit,
  type RedactionPolicy,
  type SensitiveAction,
  type SensitiveClass,
} from '@sallyport/detection';
import type { FindingAction } from '@sallyport/ledger';
import { ownFinding } from './call-finding.ts';
import type { ToolInspection } from './tenant-inspection.ts';

/** A secret that the rules saw; redaction knows it by its type. */
export const isSecret = ({ code }: Finding): boolean => code.startsWith('secret_');
export const isTakenOut = (action: FindingAction): boolean => action === 'mask' || action === 'tokenise';

/** A secret that the rules saw, where redaction takes secrets out: it decides, unless the tenant named the rule. */
export function handedOver(
  finding: Finding,
  tool: ToolInspection,
  policy: RedactionPolicy | null,
): FindingAction | undefined {
  if (policy === null || !isSecret(finding) || tool.namesCode(finding.code)) return undefined;
  const action = actionFor(policy, 'API_KEY');
  return action === 'mask' || action === 'tokenise' ? action : undefined;
}

const severities = {
  secret: 'high',
  financial: 'medium',
  identity: 'medium',
  health: 'medium',
  contact: 'low',
  network: 'low',
} as const satisfies Record<SensitiveClass, string>;

/** What is told of sensitive data: its type and its place, never its value. */
export function findingOf({ type, path, count }: RedactionHit, surface: Finding['surface']): Finding {
  const kind = classOf(type);
  return ownFinding({
    code: `sensitive_${type.toLowerCase()}`,
    title: count === 1 ? `Sensitive: ${type}` : `Sensitive: ${type}, ${count} times`,
    severity: severities[kind],
    surface,
    path,
    ...(kind === 'secret' ? { owasp: 'MCP01' } : {}),
  });
}

/** Whether anything was replaced. */
export const takesOut = (hits: readonly RedactionHit[]): boolean =>
  hits.some(({ action }) => isTakenOut(actionOfHit(action)));
const actionOfHit = (action: SensitiveAction): FindingAction => (action === 'allow' ? 'monitor' : action);

/** What the policy wants taken out and no form of its schema could hide. */
export function stays({ type, action }: RedactionHit, policy: RedactionPolicy): boolean {
  return action === 'alert' && actionFor(policy, type) !== 'alert';
}

/** What should have become tokens and found no room was masked. */
export function doneTo({ action, count }: RedactionHit, { overflow }: Redaction<unknown>): FindingAction {
  return action === 'tokenise' && overflow >= count ? 'mask' : actionOfHit(action);
}
