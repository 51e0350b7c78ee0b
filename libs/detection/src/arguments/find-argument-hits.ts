import { countSteps } from '../automaton.ts';
import type { RawHit, RuleFacts, ScanMeter } from '../finding.ts';
import type { Layer } from '../layers/layer.ts';
import { type LayerBudget, layerBudget, spanInText, unfoldLayers } from '../layers/unfold-layers.ts';
import type { ArgumentRole } from './argument-role.ts';
import { type ArgumentCheck, type ArgumentView, viewOf } from './argument-view.ts';
import { checkLines } from './check-lines.ts';
import { checkPath } from './check-path.ts';
import { checkPayloads } from './check-payloads.ts';
import { checkRegex } from './check-regex.ts';
import { checkShell } from './check-shell.ts';
import { checkSql } from './check-sql.ts';
import { checkTemplate } from './check-template.ts';
import { checkUrl } from './check-url.ts';
import { checkWithinRole } from './check-within-role.ts';
import { ratedHit } from './rated-hit.ts';

export interface ArgumentFacts {
  readonly role: ArgumentRole;
  /** Name of the member, words joined by `_`. */
  readonly name: string;
  /** Name, description and tags of the tool, lower case. */
  readonly toolText: string;
  readonly meter?: ScanMeter | undefined;
  readonly budget?: LayerBudget;
}

const checks: readonly ArgumentCheck[] = [
  checkPayloads,
  checkSql,
  checkShell,
  checkPath,
  checkUrl,
  checkTemplate,
  checkLines,
  checkRegex,
  checkWithinRole,
];

/** What is not told, so that the list stays short. */
const minConfidence = 0.25;
/** Most layers of one value that are checked. */
const maxViews = 8;

/** Everything that breaks out of one argument's role, in the text and in what is encoded in it; one hit per code. */
export function findArgumentHits(text: string, facts: ArgumentFacts): readonly RawHit[] {
  const best = new Map<string, RawHit>();
  check(viewOf(text, facts), best, facts);
  const budget = facts.budget ?? layerBudget();
  const layers = unfoldLayers(text, { minCount: 1, budget, meter: facts.meter });
  for (const layer of layers.slice(0, maxViews)) check(viewOf(layer.text, { ...facts, layer }), best, facts);
  return [...best.values()];
}

function check(view: ArgumentView, best: Map<string, RawHit>, { meter }: ArgumentFacts): void {
  // The lexer, the automaton and a fixed number of looks at each token and unit.
  countSteps(meter, view.text.length * 4 + view.tokens.length * checks.length);
  const { layer } = view;
  const note = (rule: RuleFacts, start: number, end: number, confidence: number): void => {
    const known = best.get(rule.code)?.confidence ?? minConfidence;
    if (confidence <= known) return;
    const span = layer ? spanInText(layer, start, end) : { start, end };
    const hit = ratedHit(rule, span.start, Math.max(span.start, span.end), confidence);
    best.set(rule.code, layer ? { ...hit, evidence: evidenceOf(layer, start, end) } : hit);
  };
  for (const run of checks) run(view, note);
}

function evidenceOf({ kind, text }: Layer, start: number, end: number): string {
  return `decoded from ${kind}: ${text.slice(start, Math.min(end, start + 120))}`;
}
