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
  const view = viewOf(text, facts);
  const role = isWholeQuery(view) ? 'sql' : facts.role;
  check(role === facts.role ? view : { ...view, role }, best, facts);
  const budget = facts.budget ?? layerBudget();
  const layers = unfoldLayers(text, { minCount: 1, budget, meter: facts.meter });
  for (const layer of layers.slice(0, maxViews))
    check(viewOf(layer.text, { ...facts, role, layer }), best, facts);
  return [...best.values()];
}

const queryNames: ReadonlySet<string> = new Set(['query', 'q', 'statement', 'input', 'request']);

/** A field called "query" may hold a search or a whole SQL statement; its text says which. */
function isWholeQuery({ name, role, tokens }: ArgumentView): boolean {
  if (role !== 'free_text' || !queryNames.has(name)) return false;
  const first = tokens[0]?.text ?? '';
  if (first === 'with') return tokens.some(({ text }) => text === 'select');
  if (first === 'select') return tokens.some(({ text }) => text === 'from');
  return (
    ['insert', 'update', 'delete', 'create', 'alter', 'explain', 'show', 'describe'].includes(first) &&
    tokens.length > 4
  );
}

function check(view: ArgumentView, best: Map<string, RawHit>, { meter }: ArgumentFacts): void {
  // The lexer, the automaton and a fixed number of looks at each token and unit.
  countSteps(meter, view.text.length * 4 + view.tokens.length * checks.length);
  const { layer } = view;
  const note = (rule: RuleFacts, start: number, end: number, rated: number): void => {
    const confidence = rated * doubtOf(view, start);
    const known = best.get(rule.code)?.confidence ?? minConfidence;
    if (confidence <= known) return;
    const span = layer ? spanInText(layer, start, end) : { start, end };
    const hit = ratedHit(rule, span.start, Math.max(span.start, span.end), confidence);
    best.set(rule.code, layer ? { ...hit, evidence: evidenceOf(layer, start, end) } : hit);
  };
  for (const run of checks) run(view, note);
}

/** What stands behind a sentence, in a document, or in a field for passwords leaves its place less often. */
function doubtOf(view: ArgumentView, start: number): number {
  const isFree = view.role === 'free_text' || view.role === 'identifier';
  const behind = isFree && view.lead > 0 && start >= view.lead - 1 ? 0.5 : 1;
  const inDocument = view.isDocument ? 0.5 : 1;
  return Math.min(behind, inDocument) * (/pass(?:word|wd|phrase)?$|secret/.test(view.name) ? 0.6 : 1);
}

function evidenceOf({ kind, text }: Layer, start: number, end: number): string {
  return `decoded from ${kind}: ${text.slice(start, Math.min(end, start + 120))}`;
}
