import {
  type Finding,
  type FindingSeverity,
  ruleVersion,
  type Surface,
  severityRank,
} from '@sallyport/detection';
import type { FindingAction } from '@sallyport/ledger';
import { inspectionLimits } from './inspection-limits.ts';

/** What was found in a call, and what was done about it. */
export interface CallFinding extends Finding {
  readonly action: FindingAction;
}

/** A finding about the inspection itself, or about something it must not show: no span, no excerpt. */
export function ownFinding(facts: {
  readonly code: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly surface: Surface;
  readonly path?: string;
  readonly owasp?: string;
}): Finding {
  const { code, title, severity, surface, path = '', owasp = null } = facts;
  const place = { surface, path, part: 'value', start: 0, end: 0 } as const;
  return { code, title, severity, ...place, excerpt: '', owasp, tier: 'rule', confidence: 1, ruleVersion };
}

/** Adds findings to those of a call. An upstream that finds no end of them fills no memory: the loudest stay. */
export function noteFindings(call: { findings: readonly CallFinding[] }, more: readonly CallFinding[]): void {
  if (more.length === 0) return;
  const { maxFindings } = inspectionLimits;
  const all = call.findings.length === 0 ? more : [...call.findings, ...more];
  call.findings = all.length <= maxFindings ? all : [...all].sort(louder).slice(0, maxFindings);
}

function louder(a: Finding, b: Finding): number {
  return severityRank(b.severity) - severityRank(a.severity);
}
