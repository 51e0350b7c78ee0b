import {
  createDetector,
  type DefinitionContext,
  type Detector,
  type Finding,
  type Surface,
  scanJson,
} from '@sallyport/detection';
import { type CapabilityDefinition, type CapabilityKind, readJson } from '@sallyport/mcp';
import { makeFinding, type VetRule } from './make-finding.ts';
import type { NeighbourServer, VettingInput } from './observation.ts';

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

/** Judges definitions of one server; what cannot be judged is a finding, never "clean". */
export function createJudge(input: VettingInput, { detector }: VetDetector) {
  const context = contextOf(input);
  return (kind: CapabilityKind, name: string, definition: CapabilityDefinition['definition']): Judged => {
    try {
      if (kind === 'tool') {
        return detector.judgeDefinition(definition, { ...context, ...previousOf(input, kind, name) });
      }
      if (kind === 'prompt') return detector.judgePayload(definition, 'prompt');
      // Listings and instructions are spoken to the model by right: the rules for declared text know what that is.
      return { findings: scanJson(definition, surfaces[kind]), score: null, flagged: false };
    } catch {
      const evidence = `the scanner stopped at ${name}`;
      const finding = makeFinding(scanFailed, { surface: surfaces[kind], path: '', evidence });
      return { findings: [finding], score: null, flagged: false };
    }
  };
}

function contextOf({ server, neighbours }: VettingInput): DefinitionContext {
  return {
    server: server.slug,
    knownServers: neighbours.map(({ slug }) => slug),
    knownTools: neighbours.flatMap(toolsOf),
  };
}

function toolsOf({ slug, toolNames }: NeighbourServer): readonly { server: string; name: string }[] {
  return toolNames.map((name) => ({ server: slug, name }));
}

function previousOf({ approved }: VettingInput, kind: string, name: string): { previous?: unknown } {
  const key = `${kind} ${name}`;
  const text = approved && Object.hasOwn(approved, key) ? approved[key] : undefined;
  return text === undefined ? {} : { previous: readJson(text) };
}
