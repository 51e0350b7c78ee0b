import type { ArgumentRole } from './arguments/argument-role.ts';
import { type Finding, type FindingSeverity, type ScanMeter, severityRank } from './finding.ts';
import type { DetectionModel } from './model/model-file.ts';
import { scanDefinition } from './scan-definition.ts';
import { scanJson } from './scan-json.ts';
import { scanText } from './scan-text.ts';

/** What is known of the tool whose call or result is judged. */
export interface ToolFacts {
  readonly name: string;
  readonly description?: string | null;
  readonly inputSchema?: unknown;
  readonly tags?: readonly string[];
}

/** What the caller knows of arguments or of a payload. */
export interface JudgeContext {
  readonly tool?: ToolFacts;
  /** Set by the admin: JSON Pointer, `*` for the items of an array → role. */
  readonly roles?: Readonly<Record<string, ArgumentRole>>;
  readonly meter?: ScanMeter;
}

/** What the caller knows of a tool definition. */
export interface DefinitionContext {
  readonly server?: string;
  /** The definition as it was approved, where this one replaces it. */
  readonly previous?: unknown;
  readonly knownServers?: readonly string[];
  readonly knownTools?: readonly { readonly server: string; readonly name: string }[];
  readonly meter?: ScanMeter;
}

/** What the detector makes of a value. */
export interface Verdict {
  /** 0–1, calibrated: the same score means the same on every surface. */
  readonly score: number;
  /** The score reached the shipped threshold of the surface. */
  readonly flagged: boolean;
  /** `grey`: neither clear nor certain; a later tier may be asked. */
  readonly band: 'clear' | 'grey' | 'hot';
  readonly findings: readonly Finding[];
}

export type PayloadSurface = 'result' | 'resource' | 'prompt';

/** Judges what flows through the gateway; the same for every caller. */
export interface Detector {
  judgeDefinition(definition: unknown, context?: DefinitionContext): Verdict;
  judgeArguments(args: unknown, context?: JudgeContext): Verdict;
  /** Text or parsed JSON. */
  judgePayload(value: unknown, surface: PayloadSurface, context?: JudgeContext): Verdict;
}

/** Makes a detector of the rules and, where one is given, of a model (`readModel`). */
export function createDetector(_options: { readonly model: DetectionModel | null }): Detector {
  return {
    judgeDefinition: (definition, context = {}) => toVerdict(scanDefinition(definition, metered(context))),
    judgeArguments: (args, context = {}) => toVerdict(scanJson(args, 'arguments', metered(context))),
    judgePayload: (value, surface, context = {}) =>
      toVerdict(
        typeof value === 'string'
          ? scanText(value, surface, metered(context))
          : scanJson(value, surface, metered(context)),
      ),
  };
}

function metered({ meter }: { readonly meter?: ScanMeter }): { readonly meter?: ScanMeter } {
  return meter === undefined ? {} : { meter };
}

const scoreOf: Readonly<Record<FindingSeverity, number>> = {
  low: 0.1,
  medium: 0.4,
  high: 0.9,
  critical: 0.97,
};

function toVerdict(findings: readonly Finding[]): Verdict {
  let score = 0.01;
  let rank = -1;
  for (const finding of findings) {
    rank = Math.max(rank, severityRank(finding.severity));
    score = Math.max(score, scoreOf[finding.severity]);
  }
  return { score, flagged: rank >= 2, band: rank >= 2 ? 'hot' : rank === 1 ? 'grey' : 'clear', findings };
}
