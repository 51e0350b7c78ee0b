export { type ArgumentRole, argumentRoles } from './arguments/argument-role.ts';
export { findArgumentHits } from './arguments/find-argument-hits.ts';
export { createRoles, type RoleOverrides } from './arguments/resolve-roles.ts';
export { type RoleTool, roleOf } from './arguments/role-of.ts';
export { type ArgumentScanOptions, scanArguments } from './arguments/scan-arguments.ts';
export { hiddenKind, visibleText } from './characters.ts';
export {
  type CompiledRules,
  type CustomRule,
  compileRules,
  customLimits,
  type RuleFault,
  ruleProblems,
  tryCustomRule,
} from './custom-rules.ts';
export {
  blockModes,
  type DetectionDecision,
  type DetectionMode,
  type DetectionModes,
  decide,
  detectionModes,
  maskText,
  monitorModes,
} from './decide.ts';
export {
  createDetector,
  type DefinitionContext,
  type Detector,
  type JudgeContext,
  type PayloadSurface,
  type ToolFacts,
  type Verdict,
} from './detector.ts';
export type { ExcerptMode } from './evidence.ts';
export {
  type ExplainOptions,
  explainText,
  type FiredRule,
  maxExplained,
  type TextExplanation,
  type TextStage,
} from './explain-text.ts';
export {
  type Finding,
  type FindingPart,
  type FindingSeverity,
  ruleVersion,
  type ScanMeter,
  type Surface,
  severities,
  severityRank,
  type Tier,
  tiers,
} from './finding.ts';
export { type DetectionModel, readModel } from './model/model-file.ts';
export { compareServerNames, type NameLikeness } from './names/compare-names.ts';
export { editDistance, withoutOne } from './names/edit-distance.ts';
export { type FoldedText, foldText, skeleton, stripHidden } from './normalize.ts';
export * from './redact/index.ts';
export { scanDefinition } from './scan-definition.ts';
export { type JsonScanOptions, scanJson } from './scan-json.ts';
export { defaultMaxUnits, type ScanOptions, scanText } from './scan-text.ts';
export { pathOf, type WalkLimits, type WalkNode, walkJson } from './walk-json.ts';
