import type {
  DetectionInput,
  DetectionMode,
  DetectionTier,
  DetectionViewFragment,
  FindingSeverity,
  SensitiveAction,
  SensitiveClass,
} from '../../generated/graphql.ts';
import { type Actions, type Modes, patchActions, patchModes } from '../../parts/patch-detection.ts';

/** The mode of a rule and what says so: its code, then its tier, then its severity, as in a worker. */
export function modeOf(
  rule: { readonly code: string; readonly tier: DetectionTier; readonly severity: FindingSeverity },
  modes: Modes,
): { readonly mode: DetectionMode; readonly modeFrom: 'code' | 'tier' | 'severity' } {
  const own = modes.byCode.find((entry) => entry.code === rule.code);
  if (own) return { mode: own.mode, modeFrom: 'code' };
  const tier = modes.byTier.find((entry) => entry.tier === rule.tier);
  if (tier) return { mode: tier.mode, modeFrom: 'tier' };
  const severity = modes.bySeverity.find((entry) => entry.severity === rule.severity);
  return { mode: severity?.mode ?? 'MONITOR', modeFrom: 'severity' };
}

/** The action of a class; a class that nobody named is let through. */
export function actionOfClass(byClass: Actions['byClass'], name: SensitiveClass): SensitiveAction {
  return byClass.find((entry) => entry.class === name)?.action ?? 'ALLOW';
}

/** What the page shows once a change is saved; shown at once, and taken back where the server refuses it. */
export function patchView(view: DetectionViewFragment, input: DetectionInput): DetectionViewFragment {
  const modes = patchModes(view.settings.modes, input);
  const outbound = patchActions(view.settings.outbound, input.outbound);
  const inbound = patchActions(view.settings.inbound, input.inbound);
  const restoreTokens = input.restoreTokens ?? view.settings.restoreTokens;
  return {
    ...view,
    settings: { ...view.settings, modes, outbound, inbound, restoreTokens },
    tiers: view.tiers.map((row) => ({
      ...row,
      mode: modes.byTier.find((entry) => entry.tier === row.tier)?.mode ?? null,
    })),
    rules: view.rules.map((row) => ({ ...row, ...modeOf(row, modes) })),
    sensitiveTypes: view.sensitiveTypes.map((row) => {
      const out = outbound.byType.find((entry) => entry.type === row.type);
      const into = inbound.byType.find((entry) => entry.type === row.type);
      return {
        ...row,
        outbound: out?.action ?? actionOfClass(outbound.byClass, row.class),
        inbound: into?.action ?? actionOfClass(inbound.byClass, row.class),
        hasOwnOutbound: out !== undefined,
        hasOwnInbound: into !== undefined,
      };
    }),
  };
}
