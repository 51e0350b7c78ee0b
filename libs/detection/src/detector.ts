import type { ArgumentRole } from './arguments/argument-role.ts';
import { scanArguments } from './arguments/scan-arguments.ts';
import type { CompiledRules } from './custom-rules.ts';
import type { Finding, FindingSeverity, ScanMeter, Surface } from './finding.ts';
import { findChange, findForeignTools, findLookalike, type KnownTool } from './judge-context.ts';
import type { ModelSurface } from './model/dense-names.ts';
import { type ModelDocument, readArguments, readDefinition, readPayload } from './model/document.ts';
import type { ToolWords } from './model/featurise.ts';
import type { DetectionModel } from './model/model-file.ts';
import { modelFindings } from './model/model-findings.ts';
import { scoreDocument } from './model/score.ts';
import { toolWordsOf } from './model/tool-words.ts';
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
  readonly customRules?: CompiledRules;
  readonly meter?: ScanMeter;
}

/** What the caller knows of a tool definition. */
export interface DefinitionContext {
  readonly server?: string;
  /** The definition as it was approved, where this one replaces it. */
  readonly previous?: unknown;
  readonly knownServers?: readonly string[];
  readonly knownTools?: readonly KnownTool[];
  readonly customRules?: CompiledRules;
  readonly meter?: ScanMeter;
}

/** What the detector makes of a value. */
export interface Verdict {
  /** 0–1, calibrated: the same score means the same on every surface, and one half is the threshold. */
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
export function createDetector({ model }: { readonly model: DetectionModel | null }): Detector {
  return {
    judgeDefinition: (definition, context = {}) => judgeDefinition(model, definition, context),
    judgeArguments: (args, context = {}) => {
      const findings = scanArguments(args, context);
      if (model === null) return byRules(findings);
      const facts = {
        modelSurface: 'arguments',
        surface: 'arguments',
        tool: null,
        hasPrevious: false,
        foreignTools: 0,
      } as const;
      return judgeByModel(model, { ...facts, findings, document: readArguments(args) });
    },
    judgePayload: (value, surface, context = {}) => {
      const options = optionsOf(context);
      const findings =
        typeof value === 'string' ? scanText(value, surface, options) : scanJson(value, surface, options);
      if (model === null) return byRules(findings);
      const facts = {
        modelSurface: surface,
        surface,
        tool: null,
        hasPrevious: false,
        foreignTools: 0,
      } as const;
      return judgeByModel(model, { ...facts, findings, document: readPayload(value) });
    },
  };
}

function judgeDefinition(
  model: DetectionModel | null,
  definition: unknown,
  context: DefinitionContext,
): Verdict {
  const { server, previous, knownServers, knownTools } = context;
  const findings = scanDefinition(definition, optionsOf(context));
  const foreign = findForeignTools(definition, server, knownTools);
  const verdict =
    model === null
      ? byRules(findings)
      : judgeByModel(model, {
          modelSurface: 'definition',
          surface: 'tool_definition',
          findings,
          document: readDefinition(definition, previous),
          tool: toolWordsOf(definition),
          hasPrevious: previous !== undefined,
          foreignTools: foreign.length,
        });
  // Naming a neighbour's tool is an attack only in what reads like one.
  const shadowing = verdict.flagged
    ? foreign
    : foreign.map((finding) => ({ ...finding, severity: 'low' as const }));
  return withContext(
    verdict,
    [...shadowing, ...findChange(definition, previous)],
    findLookalike(server, knownServers),
  );
}

/** A look-alike is certain by itself: it lifts the score, and never lowers it. */
function withContext(verdict: Verdict, extra: readonly Finding[], lookalikes: readonly Finding[]): Verdict {
  if (extra.length + lookalikes.length === 0) return verdict;
  const score = lookalikes.reduce((most, { confidence }) => Math.max(most, confidence), verdict.score);
  return { ...toVerdict(score), findings: [...verdict.findings, ...extra, ...lookalikes] };
}

function optionsOf({ meter, customRules }: JudgeContext): {
  readonly meter?: ScanMeter;
  readonly customRules?: CompiledRules;
} {
  return { ...(meter === undefined ? {} : { meter }), ...(customRules === undefined ? {} : { customRules }) };
}

interface ModelFacts {
  readonly modelSurface: ModelSurface;
  readonly surface: Surface;
  readonly findings: readonly Finding[];
  readonly document: ModelDocument;
  readonly tool: ToolWords | null;
  readonly hasPrevious: boolean;
  readonly foreignTools: number;
}

function judgeByModel(model: DetectionModel, facts: ModelFacts): Verdict {
  const { document, findings, surface } = facts;
  const scored = scoreDocument(model, { ...facts, surface: facts.modelSurface });
  const verdict = toVerdict(scored.score);
  if (verdict.band === 'clear') return { ...verdict, findings };
  const severity = verdict.flagged ? 'high' : 'low';
  return {
    ...verdict,
    findings: [...findings, ...modelFindings({ document, scored, surface, severity })],
  };
}

const greyFrom = 0.2;
const hotFrom = 0.8;

function toVerdict(score: number): Omit<Verdict, 'findings'> {
  return {
    score,
    flagged: score >= 0.5,
    band: score >= hotFrom ? 'hot' : score >= greyFrom ? 'grey' : 'clear',
  };
}

const scoreOf: Readonly<Record<FindingSeverity, number>> = {
  low: 0.1,
  medium: 0.4,
  high: 0.9,
  critical: 0.97,
};

/** Without a model the loudest finding is the score. */
function byRules(findings: readonly Finding[]): Verdict {
  let score = 0.01;
  for (const { severity } of findings) score = Math.max(score, scoreOf[severity]);
  return { ...toVerdict(score), findings };
}
