import { tiers } from '@sallyport/detection';
import { findingActions } from '@sallyport/ledger';
import { capabilityKinds } from '@sallyport/mcp';
import { z } from 'zod';
import { upper } from '../detection/detection-words.ts';
import type { FindingModel, FindingSeverity } from './finding.model.ts';

const severities = { low: 'LOW', medium: 'MEDIUM', high: 'HIGH', critical: 'CRITICAL' } as const;

/** Findings come from reports (jobs) and frames (workers); what is missing or odd never breaks a screen. */
const findingSchema = z.object({
  code: z.string().catch('unknown'),
  title: z.string().catch(''),
  severity: z.string().catch('low'),
  surface: z.string().catch(''),
  path: z
    .union([z.string(), z.array(z.union([z.string(), z.number()])).transform((parts) => parts.join('.'))])
    .catch(''),
  start: z.number().int().nullable().catch(null),
  end: z.number().int().nullable().catch(null),
  excerpt: z.string().catch(''),
  owasp: z.string().nullable().catch(null),
  /** Reports and frames from before there were tiers say none of these. */
  tier: z.enum(tiers).catch('rule'),
  confidence: z.number().min(0).max(1).nullable().catch(null),
  action: z.enum(findingActions).nullable().catch(null),
});

const text = z.string().catch('');
const factText = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform(String).catch('');
const named = z.object({ name: text }).loose();

const reportSchema = z.object({
  /** `incomplete`: the list of tools is not whole, so a missing one proves nothing. */
  outcome: z.enum(['complete', 'incomplete']).catch('complete'),
  grade: text,
  gradeReasons: z.array(z.string()).catch([]),
  checks: z.array(named.extend({ passed: z.boolean().catch(false), detail: text })).catch([]),
  tools: z
    .array(
      named.extend({
        /** Reports from before there were other kinds say none. */
        kind: z.enum(capabilityKinds).catch('tool'),
        digest: text,
        definition: text,
        findings: z.array(findingSchema).catch([]),
        /** Reports from before the detector had a model say none. */
        score: z.number().min(0).max(1).nullable().catch(null),
        flagged: z.boolean().catch(false),
      }),
    )
    .catch([]),
  /** What the server says it can do. */
  capabilities: z.record(z.string(), z.json()).catch({}),
  serverFindings: z.array(findingSchema).catch([]),
  facts: z.array(named.extend({ value: factText })).catch([]),
  scannerVersions: z.array(z.string()).catch([]),
});

export type ReportView = z.infer<typeof reportSchema>;
type FindingView = z.infer<typeof findingSchema>;

/** Reads the stored body of a vetting report for screens and for the state machine. */
export function readReport(body: unknown): ReportView {
  return reportSchema.parse(typeof body === 'object' && body !== null ? body : {});
}

/** Reads the findings that a frame carried. */
export function readFindings(value: unknown): readonly FindingView[] {
  return z
    .array(findingSchema)
    .catch([])
    .parse(value ?? []);
}

/** A finding as the API shows it. */
export function toFindingModel(
  finding: Omit<FindingView, 'action'> & { readonly action?: FindingView['action'] },
): FindingModel {
  const severity: FindingSeverity = severities[finding.severity as keyof typeof severities] ?? 'LOW';
  const { tier, action = null } = finding;
  return { ...finding, severity, tier: upper(tier), action: action && upper(action) };
}
