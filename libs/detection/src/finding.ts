/** Where a text came from; it decides which rules apply and how loud they are. */
export type Surface =
  | 'tool_definition'
  | 'server_instructions'
  | 'server_identity'
  | 'prompt'
  | 'resource_listing'
  | 'resource'
  | 'arguments'
  | 'result';

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type FindingSeverity = (typeof severities)[number];

/** Whether the span lies in a value or in the name of the member at `path`. */
export type FindingPart = 'value' | 'name';

/** What found it: built-in rules, our model, the small transformer, an external classifier, a tenant's own rule. */
export const tiers = ['rule', 'model', 'transformer', 'external', 'custom'] as const;
export type Tier = (typeof tiers)[number];

/** What a detector saw, and where. Offsets are UTF-16 units of the string at `path`, end exclusive. */
export interface Finding {
  /** Stable code; the console and policies refer to it. */
  readonly code: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly surface: Surface;
  /** JSON Pointer into the scanned value; empty for a plain text. */
  readonly path: string;
  readonly part: FindingPart;
  readonly start: number;
  readonly end: number;
  /** Evidence: invisible characters written out, secrets masked. */
  readonly excerpt: string;
  /** Item of the OWASP MCP Top 10 (2025), where one fits. */
  readonly owasp: string | null;
  readonly tier: Tier;
  /** How sure the detector is that this is what its title says, 0 to 1; not the severity. */
  readonly confidence: number;
  readonly ruleVersion: string;
}

/** Version of the built-in rules; part of every finding and of every report. */
export const ruleVersion = '2.0.0';

/** Position of a severity in the order low < medium < high < critical. */
export function severityRank(severity: FindingSeverity): number {
  return severities.indexOf(severity);
}

/** `declared`: what a server says of itself, read once by people. `payload`: what flows in calls. */
export type SurfaceGroup = 'declared' | 'payload';

/** Group of a surface: definitions and instructions are `declared`, everything in a call is `payload`. */
export function surfaceGroup(surface: Surface): SurfaceGroup {
  return surface === 'arguments' || surface === 'result' || surface === 'resource' ? 'payload' : 'declared';
}

/** What a rule contributes to its findings. */
export interface RuleFacts {
  readonly code: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  /** Severity where the text is a payload; the same as `severity` when absent. */
  readonly payloadSeverity?: FindingSeverity;
  readonly owasp: string | null;
  /** How often a hit is right, 0 to 1; by severity when absent. */
  readonly confidence?: number;
  /** A tenant's own rule; built in when absent. */
  readonly tier?: Tier;
  /** The rule runs only there; everywhere when absent. */
  readonly only?: SurfaceGroup;
}

const usualConfidence: Readonly<Record<FindingSeverity, number>> = {
  low: 0.3,
  medium: 0.5,
  high: 0.8,
  critical: 0.95,
};

/** The confidence of a rule's hits: its own, or what is usual for that severity. */
export function confidenceOf(facts: RuleFacts, severity: FindingSeverity): number {
  return facts.confidence ?? usualConfidence[severity];
}

/** A rule hit inside one string, before its evidence is written out. */
export interface RawHit {
  readonly facts: RuleFacts;
  readonly start: number;
  readonly end: number;
  /** The span itself is a secret and must never be shown. */
  readonly isSecret?: true;
  /** How sure this hit is, where the rule's own figure is not enough. */
  readonly confidence?: number;
  /** Severity of this hit, where the rule's own is not right. */
  readonly severity?: FindingSeverity;
  /** Shown instead of the text around the span (decoded text, counts). */
  readonly evidence?: string;
}

/** Counts characters looked at; a test bounds it by the length of the text. */
export interface ScanMeter {
  steps: number;
}
