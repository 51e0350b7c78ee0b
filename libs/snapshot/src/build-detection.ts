import type { RedactionPolicy } from '@sallyport/detection';
import {
  defaultDetection,
  type SnapshotCustomRule,
  type SnapshotDetection,
  type SnapshotExternalClassifier,
  type SnapshotModes,
  type SnapshotToolDetection,
} from './snapshot-detection.ts';

/** What a tenant stores: fields that differ from `defaultDetection`, down to single severities and classes. */
export interface StoredDetection {
  readonly modes?: {
    readonly bySeverity?: Partial<SnapshotModes['bySeverity']>;
    readonly byTier?: SnapshotModes['byTier'];
    readonly byCode?: SnapshotModes['byCode'];
  };
  readonly outbound?: StoredRedaction;
  readonly inbound?: StoredRedaction;
  readonly restoreTokens?: SnapshotDetection['restoreTokens'];
}

interface StoredRedaction {
  readonly byClass?: Partial<RedactionPolicy['byClass']>;
  readonly byType?: RedactionPolicy['byType'];
}

/** The rows behind `SnapshotDetection`. */
export interface DetectionRows {
  readonly stored: StoredDetection;
  readonly rules: readonly (SnapshotCustomRule & { readonly enabled: boolean })[];
  readonly external: SnapshotExternalClassifier | null;
}

/** The settings of a tenant with the defaults filled in; fields of a later release are left out. */
export function detectionSettings(
  stored: StoredDetection,
): Pick<SnapshotDetection, 'modes' | 'outbound' | 'inbound' | 'restoreTokens'> {
  const { modes, outbound, inbound, restoreTokens } = defaultDetection;
  return {
    modes: {
      bySeverity: known(modes.bySeverity, stored.modes?.bySeverity),
      byTier: stored.modes?.byTier ?? modes.byTier,
      byCode: stored.modes?.byCode ?? modes.byCode,
    },
    outbound: redactionOf(outbound, stored.outbound),
    inbound: redactionOf(inbound, stored.inbound),
    restoreTokens: stored.restoreTokens ?? restoreTokens,
  };
}

/** Rows → what workers run on; only tools that are in the snapshot, only rules that still apply to one. */
export function buildDetection(
  rows: DetectionRows,
  tools: readonly { readonly id: string; readonly detection: SnapshotToolDetection }[],
): SnapshotDetection {
  const ids = new Set(tools.map(({ id }) => id));
  const own = tools.filter(({ detection }) => Object.keys(detection).length > 0);
  return {
    ...detectionSettings(rows.stored),
    tools: Object.fromEntries(own.map(({ id, detection }) => [id, detection])),
    customRules: rows.rules.flatMap(({ enabled, ...rule }) => {
      const toolIds = rule.toolIds?.filter((id) => ids.has(id)).sort() ?? null;
      // A rule whose tools have all gone must not become one for every tool.
      if (!enabled || toolIds?.length === 0) return [];
      return [{ ...rule, surfaces: [...rule.surfaces].sort(), toolIds }];
    }),
    external: rows.external,
  };
}

function redactionOf(defaults: RedactionPolicy, stored: StoredRedaction | undefined): RedactionPolicy {
  return { byClass: known(defaults.byClass, stored?.byClass), byType: stored?.byType ?? defaults.byType };
}

function known<T extends object>(defaults: T, stored: Partial<T> | undefined): T {
  const entries = Object.entries(stored ?? {}).filter(([name]) => Object.hasOwn(defaults, name));
  return { ...defaults, ...Object.fromEntries(entries) };
}
