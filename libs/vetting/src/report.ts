import type { Finding } from '@sallyport/detection';
import type { CapabilityKind } from '@sallyport/mcp';

export type Grade = 'A' | 'B' | 'C' | 'D' | 'F';

/** A named property that was looked at, passed or not. */
export interface VetCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

export interface VetFact {
  readonly name: string;
  readonly value: string;
}

/** One capability as it was listed: canonical definition, its digest, and what was found in it. */
export interface VettedTool {
  readonly kind: CapabilityKind;
  /** What names it among those of its kind: a name, a URI, a URI template, or `instructions`. */
  readonly name: string;
  readonly digest: string;
  /** Canonical JSON text (RFC 8785). */
  readonly definition: string;
  readonly findings: readonly Finding[];
  /** How likely it is an attack, 0 to 1; `null` where it could not be judged. */
  readonly score: number | null;
  /** The score reached the shipped threshold. */
  readonly flagged: boolean;
}

/** The result of a vetting: plain JSON, the same for the same input, never changed afterwards. */
export interface VettingReport {
  readonly format: 2;
  readonly server: { readonly slug: string; readonly name: string; readonly url: string };
  /** `incomplete`: something could not be looked at; the findings say what. */
  readonly outcome: 'complete' | 'incomplete';
  readonly grade: Grade;
  readonly gradeReasons: readonly string[];
  readonly checks: readonly VetCheck[];
  /** Capabilities of every kind, sorted by kind and name. */
  readonly tools: readonly VettedTool[];
  /** What the server declared it can do; at most 8 KiB of JSON. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly serverFindings: readonly Finding[];
  readonly facts: readonly VetFact[];
  readonly scannerVersions: readonly string[];
}

/** Version of the checks of this library; part of every report. */
export const vettingVersion = '1.2.0';
