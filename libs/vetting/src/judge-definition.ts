import {
  createDetector,
  type Detector,
  type Finding,
  type Surface,
  scanJson,
  severityRank,
} from '@sallyport/detection';
import { type CapabilityDefinition, type CapabilityKind, readJson } from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';
import type { VettingInput } from './observation.ts';

/** What judges definitions, and the version of its model; `null` = rules only. */
export interface VetDetector {
  readonly detector: Detector;
  readonly modelVersion: string | null;
}

/** Rules only. */
export const ruleDetector: VetDetector = { detector: createDetector({ model: null }), modelVersion: null };

export interface Judged {
  readonly findings: readonly Finding[];
  readonly score: number | null;
  readonly flagged: boolean;
}

/** Where a text of each kind is found; it decides which rules apply. */
export const surfaces: Readonly<Record<CapabilityKind, Surface>> = {
  tool: 'tool_definition',
  prompt: 'prompt',
  resource: 'resource_listing',
  template: 'resource_listing',
  instructions: 'server_instructions',
};

const scanFailed: VetRule = {
  code: 'scan_failed',
  title: 'A definition could not be scanned',
  severity: 'high',
  owasp: null,
};

/**
 * Judges definitions of one server; what cannot be judged is a finding, never "clean". What the neighbours' names tell is
 * compared by this library, with an index made once: `withNeighbours` brings it into the score.
 */
export function createJudge({ server, approved }: VettingInput, { detector }: VetDetector) {
  return (kind: CapabilityKind, definition: CapabilityDefinition, text: string): Judged => {
    try {
      if (kind === 'tool') {
        const previous = previousOf(approved, `${kind} ${definition.name}`, text);
        return detector.judgeDefinition(definition.definition, { server: server.slug, ...previous });
      }
      if (kind === 'prompt') return detector.judgePayload(definition.definition, 'prompt');
      // Listings and instructions are spoken to the model by right: the rules for declared text know what that is.
      return { findings: scanJson(definition.definition, surfaces[kind]), score: null, flagged: false };
    } catch {
      const evidence = `the scanner stopped at ${definition.name}`;
      const finding = makeFinding(scanFailed, { surface: surfaces[kind], path: '', evidence });
      return { findings: [finding], score: null, flagged: false };
    }
  };
}

/** From here on a score is an attack: the detector's scores are made so that one half is every threshold. */
const threshold = 0.5;

/** A name taken from a neighbour is as good a reason as a text: it lifts the score, and never lowers it. */
export function withNeighbours(judged: Judged, findings: readonly Finding[]): Judged {
  let { score } = judged;
  for (const { severity, confidence } of findings) {
    if (severityRank(severity) >= 1) score = Math.max(score ?? 0, confidence);
  }
  const flagged = judged.flagged || (score !== null && score >= threshold);
  return { findings: [...judged.findings, ...findings], score, flagged };
}

/** What was approved, where this is something else. */
function previousOf(approved: VettingInput['approved'], key: string, text: string): { previous?: unknown } {
  const before = approved && Object.hasOwn(approved, key) ? approved[key] : undefined;
  return before === undefined || before === text ? {} : { previous: readJson(before) };
}
