import { type Finding, type FindingSeverity, severityRank } from './finding.ts';

/** What a finding does, from the mildest to the strongest. */
export const detectionModes = ['monitor', 'alert', 'mask', 'block'] as const;
export type DetectionMode = (typeof detectionModes)[number];

/** Which mode applies: by code first, then by severity. As data, so a tenant's settings can hold it. */
export interface DetectionModes {
  readonly bySeverity: Readonly<Record<FindingSeverity, DetectionMode>>;
  readonly byCode?: Readonly<Record<string, DetectionMode>>;
}

/** Everything is recorded, nothing is stopped. */
export const monitorModes: DetectionModes = {
  bySeverity: { low: 'monitor', medium: 'monitor', high: 'monitor', critical: 'monitor' },
};

/** Clear attacks are stopped; the rest is recorded. */
export const blockModes: DetectionModes = {
  bySeverity: { low: 'monitor', medium: 'alert', high: 'block', critical: 'block' },
};

/** What to do with a scanned value. `cause` is the finding that decided. */
export type DetectionDecision =
  | { readonly kind: 'pass' }
  | { readonly kind: 'alert'; readonly cause: Finding }
  | { readonly kind: 'mask'; readonly cause: Finding; readonly masked: readonly Finding[] }
  | { readonly kind: 'block'; readonly cause: Finding };

/** Applies modes to findings: the strongest mode wins, and among equals the first, loudest finding is named. */
export function decide(findings: readonly Finding[], modes: DetectionModes): DetectionDecision {
  let cause: Finding | undefined;
  let strongest: DetectionMode = 'monitor';
  const masked: Finding[] = [];
  for (const finding of findings) {
    const mode = modeOf(finding, modes);
    if (mode === 'mask') masked.push(finding);
    const order = detectionModes.indexOf(mode) - detectionModes.indexOf(strongest);
    const isLouder = cause !== undefined && severityRank(finding.severity) > severityRank(cause.severity);
    if (order > 0 || (order === 0 && mode !== 'monitor' && isLouder)) {
      strongest = mode;
      cause = finding;
    }
  }
  if (cause === undefined || strongest === 'monitor') return { kind: 'pass' };
  return strongest === 'mask' ? { kind: 'mask', cause, masked } : { kind: strongest, cause };
}

function modeOf(finding: Finding, modes: DetectionModes): DetectionMode {
  const { byCode } = modes;
  const named = byCode && Object.hasOwn(byCode, finding.code) ? byCode[finding.code] : undefined;
  return named ?? modes.bySeverity[finding.severity];
}

/** Replaces the spans of findings in one text by `[code]`; overlapping spans become one. */
export function maskText(text: string, findings: readonly Finding[]): string {
  const spans = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  let out = '';
  let at = 0;
  for (const span of spans) {
    if (span.end <= at || span.start >= text.length) continue;
    if (span.start >= at) out += `${text.slice(at, span.start)}[${span.code}]`;
    at = span.end;
  }
  return out + text.slice(at);
}
