import {
  actionFor,
  classOf,
  type FindingSeverity,
  type RedactionPolicy,
  sensitiveTypes,
  type Tier,
  tiers,
} from '@sallyport/detection';
import { toWireId } from '@sallyport/kernel';
import type { SnapshotModes, SnapshotToolDetection } from '@sallyport/snapshot';
import type { ActionCountsModel, DetectionRuleRowModel, SensitiveTypeRowModel } from './detection.model.ts';
import type {
  DetectionModesModel,
  RedactionSettingsModel,
  RoleOfArgumentModel,
} from './detection-settings.model.ts';
import { upper } from './detection-words.ts';
import { knownRules, modelRules } from './known-rules.ts';

const entries = <V>(record: Readonly<Record<string, V>> | undefined): readonly (readonly [string, V])[] =>
  Object.entries(record ?? {});

/** Modes as the API says them. */
export function toModes(modes: NonNullable<SnapshotToolDetection['modes']>): DetectionModesModel {
  const { bySeverity, byTier, byCode } = modes;
  return {
    bySeverity: typed(bySeverity).map(([severity, mode]) => ({
      severity: upper(severity),
      mode: upper(mode),
    })),
    byTier: typed(byTier).map(([tier, mode]) => ({ tier: upper(tier), mode: upper(mode) })),
    byCode: entries(byCode).map(([code, mode]) => ({ code, mode: upper(mode) })),
  };
}

/** Actions as the API says them. */
export function toRedaction(policy: NonNullable<SnapshotToolDetection['inbound']>): RedactionSettingsModel {
  return {
    byClass: typed(policy.byClass).map(([name, action]) => ({ class: upper(name), action: upper(action) })),
    byType: typed(policy.byType).map(([type, action]) => ({ type, action: upper(action) })),
  };
}

/** Roles as the API says them. */
export function toRoles(roles: SnapshotToolDetection['roles']): readonly RoleOfArgumentModel[] {
  return Object.entries(roles ?? {}).map(([pointer, role]) => ({ pointer, role: upper(role) }));
}

function typed<K extends string, V>(record: Readonly<Partial<Record<K, V>>> | undefined): [K, V][] {
  return Object.entries(record ?? {}) as [K, V][];
}

/** Which mode applies to a rule, and what says so: code, then tier, then severity, as in a worker. */
export function modeOf(rule: { code: string; tier: Tier; severity: FindingSeverity }, modes: SnapshotModes) {
  const own = Object.hasOwn(modes.byCode, rule.code) ? modes.byCode[rule.code] : undefined;
  if (own) return { mode: upper(own), modeFrom: 'code' };
  const tier = modes.byTier[rule.tier];
  if (tier) return { mode: upper(tier), modeFrom: 'tier' };
  return { mode: upper(modes.bySeverity[rule.severity]), modeFrom: 'severity' };
}

/** One row of `detection_count`, summed. */
export interface CountRow {
  readonly code: string;
  readonly tier: string;
  readonly action: string;
  readonly count: number;
}

/** Sums by action. */
export function toCounts(rows: readonly Pick<CountRow, 'action' | 'count'>[]): ActionCountsModel {
  const counts = { monitor: 0, alert: 0, mask: 0, tokenise: 0, block: 0 };
  for (const { action, count } of rows) {
    if (action in counts) counts[action as keyof typeof counts] += count;
  }
  return counts;
}

/** What findings of sensitive data are called; the rest of the code is the type in lower case. */
export const sensitivePrefix = 'sensitive_';

interface RuleFacts {
  readonly code: string;
  readonly title: string;
  readonly tier: Tier;
  readonly severity: FindingSeverity;
  readonly source: 'built_in' | 'model' | 'custom';
  readonly owasp: string | null;
}

interface RowsInput {
  readonly modes: SnapshotModes;
  readonly custom: readonly { readonly code: string; readonly title: string; readonly severity: string }[];
  readonly counts: readonly CountRow[];
  readonly verdicts: readonly { readonly code: string; readonly verdict: string; readonly count: number }[];
}

/** Every rule there is, and every code that was seen: mode, counts and what people made of its findings. */
export function toRuleRows(input: RowsInput): readonly DetectionRuleRowModel[] {
  const countsOf = Map.groupBy(input.counts, (row) => row.code);
  const verdictsOf = Map.groupBy(input.verdicts, (row) => row.code);
  return rulesOf(input).map((rule) => {
    const given = verdictsOf.get(rule.code) ?? [];
    const confirmed = sum(given, 'confirmed');
    const overridden = sum(given, 'overridden');
    return {
      ...rule,
      ...modeOf(rule, input.modes),
      tier: upper(rule.tier),
      severity: upper(rule.severity),
      counts7d: toCounts(countsOf.get(rule.code) ?? []),
      confirmed,
      overridden,
      precision: confirmed + overridden === 0 ? null : confirmed / (confirmed + overridden),
    };
  });
}

function rulesOf({ custom, counts, verdicts }: RowsInput): readonly RuleFacts[] {
  const rules = new Map<string, RuleFacts>();
  for (const [code, facts] of Object.entries(knownRules)) {
    rules.set(code, { code, ...facts, tier: 'rule', source: 'built_in' });
  }
  for (const [code, facts] of Object.entries(modelRules)) {
    rules.set(code, { code, ...facts, source: 'model', owasp: null });
  }
  for (const { code, title, severity } of custom) {
    const own = { code, title, severity: severity as FindingSeverity };
    rules.set(code, { ...own, tier: 'custom', source: 'custom', owasp: null });
  }
  // A rule of another release, or a rule of the tenant's that is gone: what it found is still shown.
  for (const { code, tier } of [...counts, ...verdicts.map((row) => ({ code: row.code, tier: 'rule' }))]) {
    if (rules.has(code) || code.startsWith(sensitivePrefix)) continue;
    const known = tiers.find((word) => word === tier) ?? 'rule';
    const source = known === 'rule' ? 'built_in' : known === 'custom' ? 'custom' : 'model';
    rules.set(code, { code, title: code, tier: known, severity: 'medium', source, owasp: null });
  }
  return [...rules.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function sum(rows: RowsInput['verdicts'], verdict: string): number {
  return rows.reduce((total, row) => total + (row.verdict === verdict ? row.count : 0), 0);
}

/** Every type of sensitive data with what happens to it in each direction. */
export function toSensitiveRows(
  outbound: RedactionPolicy,
  inbound: RedactionPolicy,
  counts: readonly CountRow[],
): readonly SensitiveTypeRowModel[] {
  const countsOf = Map.groupBy(counts, (row) => row.code);
  return sensitiveTypes.map((type) => ({
    type,
    class: upper(classOf(type)),
    outbound: upper(actionFor(outbound, type)),
    inbound: upper(actionFor(inbound, type)),
    hasOwnOutbound: Object.hasOwn(outbound.byType, type),
    hasOwnInbound: Object.hasOwn(inbound.byType, type),
    counts7d: toCounts(countsOf.get(`${sensitivePrefix}${type.toLowerCase()}`) ?? []),
  }));
}

interface RuleRow {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly kind: 'keywords' | 'pattern';
  readonly value: string;
  readonly surfaces: readonly string[];
  readonly severity: string;
  readonly toolIds: readonly string[];
  readonly enabled: boolean;
  readonly version: number;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** A rule of the tenant for the API; `updatedByUser` is for the field resolver. */
export function toCustomRule(row: RuleRow) {
  const { toolIds, surfaces, severity, kind, updatedBy, id, ...rest } = row;
  return {
    id: toWireId('detectionRule', id),
    code: rest.code,
    title: rest.title,
    value: rest.value,
    enabled: rest.enabled,
    version: rest.version,
    updatedAt: rest.updatedAt,
    kind: upper(kind),
    surfaces: surfaces.map((surface) => surface.toUpperCase()),
    severity: severity.toUpperCase(),
    toolIds: toolIds.length === 0 ? null : toolIds.map((tool) => toWireId('tool', tool)),
    updatedByUser: updatedBy,
  };
}
