import type {
  DetectionInput,
  DetectionMode,
  DetectionTier,
  FindingSeverity,
  SensitiveAction,
  SensitiveClass,
} from '../generated/graphql.ts';

/** Modes as a tenant or a tool keeps them. */
export interface Modes {
  readonly bySeverity: ReadonlyArray<{ readonly severity: FindingSeverity; readonly mode: DetectionMode }>;
  readonly byTier: ReadonlyArray<{ readonly tier: DetectionTier; readonly mode: DetectionMode }>;
  readonly byCode: ReadonlyArray<{ readonly code: string; readonly mode: DetectionMode }>;
}

/** Actions for sensitive data as a tenant or a tool keeps them. */
export interface Actions {
  readonly byClass: ReadonlyArray<{ readonly class: SensitiveClass; readonly action: SensitiveAction }>;
  readonly byType: ReadonlyArray<{ readonly type: string; readonly action: SensitiveAction }>;
}

/** Entries with some changed; null takes one away. */
function patched<Entry, Change>(
  entries: readonly Entry[],
  changes: readonly Change[] | null | undefined,
  isSame: (entry: Entry, change: Change) => boolean,
  toEntry: (change: Change) => Entry | null,
): Entry[] {
  let next = [...entries];
  for (const change of changes ?? []) {
    const entry = toEntry(change);
    next = next.filter((each) => !isSame(each, change));
    if (entry !== null) next.push(entry);
  }
  return next;
}

/** Modes with a change made to them. */
export function patchModes(modes: Modes, input: Pick<DetectionInput, 'bySeverity' | 'byTier' | 'byCode'>) {
  return {
    bySeverity: patched(
      modes.bySeverity,
      input.bySeverity,
      (entry, change) => entry.severity === change.severity,
      ({ severity, mode }) => (mode ? { severity, mode } : null),
    ),
    byTier: patched(
      modes.byTier,
      input.byTier,
      (entry, change) => entry.tier === change.tier,
      ({ tier, mode }) => (mode ? { tier, mode } : null),
    ),
    byCode: patched(
      modes.byCode,
      input.byCode,
      (entry, change) => entry.code === change.code,
      ({ code, mode }) => (mode ? { code, mode } : null),
    ),
  };
}

/** Actions with a change made to them. */
export function patchActions(actions: Actions, input: DetectionInput['inbound']) {
  return {
    byClass: patched(
      actions.byClass,
      input?.byClass,
      (entry, change) => entry.class === change.class,
      (change) => (change.action ? { class: change.class, action: change.action } : null),
    ),
    byType: patched(
      actions.byType,
      input?.byType,
      (entry, change) => entry.type === change.type,
      ({ type, action }) => (action ? { type, action } : null),
    ),
  };
}
