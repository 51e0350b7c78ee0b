import type { ArgumentRole } from './arguments/argument-role.ts';
import { findArgumentHits } from './arguments/find-argument-hits.ts';
import { hiddenKind, visibleText } from './characters.ts';
import type { CompiledRules } from './custom-rules.ts';
import {
  confidenceOf,
  type FindingSeverity,
  type RawHit,
  type Surface,
  surfaceGroup,
  type Tier,
} from './finding.ts';
import type { Layer, LayerKind } from './layers/layer.ts';
import { layerBudget, spanInText, unfoldLayers } from './layers/unfold-layers.ts';
import { skeleton, stripHidden } from './normalize.ts';
import { findHits, findPlain } from './scan-text.ts';

/** What fired in one stage; offsets are units of the text of that stage. */
export interface FiredRule {
  readonly code: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly tier: Tier;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  /** The same span in the text that was pasted. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

/** One step on the way from the text as it came to what the rules read. */
export interface TextStage {
  /** `raw`: as it came; `visible`: hidden characters written out; `plain`: they are gone; `folded`: what rules read. */
  readonly kind: 'raw' | 'visible' | 'folded' | LayerKind;
  /** 0 for the text itself, 1 and more for what was encoded in it. */
  readonly depth: number;
  readonly text: string;
  /** Where in the pasted text this stage comes from. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly fired: readonly FiredRule[];
}

export interface TextExplanation {
  readonly stages: readonly TextStage[];
  /** Hidden characters in the text, by kind. */
  readonly hidden: Readonly<Record<string, number>>;
  /** What was not looked at, and why; `null` when everything was. */
  readonly stopped: 'length' | 'depth' | 'units' | 'layers' | null;
}

export interface ExplainOptions {
  /** For arguments: what the value is for. */
  readonly role?: ArgumentRole;
  readonly name?: string;
  readonly toolText?: string;
  readonly customRules?: CompiledRules;
}

/** Longest text that is explained. */
export const maxExplained = 64 * 1024;

/** Every stage that a text passes before the rules read it, and what fired where: for a person to follow. */
export function explainText(text: string, surface: Surface, options: ExplainOptions = {}): TextExplanation {
  const piece = text.length > maxExplained ? text.slice(0, maxExplained) : text;
  const budget = layerBudget();
  const whole = { sourceStart: 0, sourceEnd: piece.length, depth: 0 };
  const stages: TextStage[] = [
    { ...whole, kind: 'raw', text: piece, fired: firedIn(rawHits(piece, surface, options), surface) },
  ];
  const shown = visibleText(piece);
  const plain = stripHidden(piece);
  const folded = skeleton(piece);
  if (shown !== piece) stages.push({ ...whole, kind: 'visible', text: shown, fired: [] });
  if (plain !== piece)
    stages.push({ ...whole, kind: 'plain', text: plain, fired: firedIn(findPlain(plain, surface), surface) });
  if (folded !== piece) stages.push({ ...whole, kind: 'folded', text: folded, fired: [] });
  const minCount = surface === 'arguments' ? 1 : 4;
  for (const layer of unfoldLayers(piece, { minCount, budget }))
    stages.push(layerStage(layer, surface, options));
  return {
    stages,
    hidden: countHidden(piece),
    stopped: text.length > maxExplained ? 'length' : (budget.stopped ?? null),
  };
}

function rawHits(text: string, surface: Surface, options: ExplainOptions): readonly RawHit[] {
  return [
    ...findHits(text, surface),
    ...roleHits(text, surface, options),
    ...(options.customRules?.find(text, surface) ?? []),
  ];
}

function roleHits(
  text: string,
  surface: Surface,
  { role, name, toolText }: ExplainOptions,
): readonly RawHit[] {
  if (surface !== 'arguments') return [];
  return findArgumentHits(text, { role: role ?? 'free_text', name: name ?? '', toolText: toolText ?? '' });
}

function layerStage(layer: Layer, surface: Surface, options: ExplainOptions): TextStage {
  const hits = [...findPlain(layer.text, surface), ...roleHits(layer.text, surface, options)];
  return {
    kind: layer.kind,
    depth: layer.depth,
    text: layer.text,
    sourceStart: layer.start,
    sourceEnd: layer.end,
    fired: firedIn(hits, surface, layer),
  };
}

function firedIn(hits: readonly RawHit[], surface: Surface, layer?: Layer): readonly FiredRule[] {
  const isPayload = surfaceGroup(surface) === 'payload';
  return [...hits]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((hit) => {
      const { facts, start, end } = hit;
      const severity = hit.severity ?? (isPayload ? facts.payloadSeverity : undefined) ?? facts.severity;
      const source = layer ? spanInText(layer, start, end) : { start, end };
      return {
        code: facts.code,
        title: facts.title,
        severity,
        tier: facts.tier ?? 'rule',
        confidence: hit.confidence ?? confidenceOf(facts, severity),
        start,
        end,
        sourceStart: source.start,
        sourceEnd: source.end,
      };
    });
}

function countHidden(text: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const letter of text) {
    const kind = hiddenKind(letter.codePointAt(0) ?? 0);
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
