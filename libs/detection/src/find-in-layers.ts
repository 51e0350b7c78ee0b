import { findEncodedRuns } from './find-runs.ts';
import { type RawHit, type RuleFacts, type ScanMeter, type Surface, surfaceGroup } from './finding.ts';
import type { Layer } from './layers/layer.ts';
import { type LayerBudget, maxLayerDepth, spanInText, unfoldLayers } from './layers/unfold-layers.ts';

const encodedText: RuleFacts = {
  code: 'encoded_instruction',
  title: 'Encoded text that hides a finding',
  severity: 'critical',
  payloadSeverity: 'high',
  owasp: 'MCP03',
};

const encodedRun: RuleFacts = {
  code: 'encoded_run',
  title: 'Long encoded run',
  severity: 'medium',
  owasp: 'MCP03',
  only: 'declared',
};

const tooDeep: RuleFacts = {
  code: 'encoding_limit',
  title: 'Encodings inside encodings beyond the limit',
  severity: 'high',
  payloadSeverity: 'medium',
  owasp: 'MCP03',
  confidence: 0.6,
};

interface LayeredText {
  readonly text: string;
  readonly surface: Surface;
  readonly meter: ScanMeter | undefined;
  readonly budget: LayerBudget;
  /** What was found in the text as it stands; what the layers hold is added. */
  readonly hits: RawHit[];
  readonly findPlain: (text: string, surface: Surface, meter?: ScanMeter) => readonly RawHit[];
}

/** Fewer sequences than this are punctuation somebody had to escape. */
const minCount = 4;
const maxEvidence = 120;

/** Looks at everything that is encoded in a text; hits name the encoded span. */
export function findInLayers(scan: LayeredText): void {
  const { text, surface, hits, budget, meter } = scan;
  const before = budget.stopped;
  const plain = new Set(hits.map((hit) => hit.facts.code));
  const secrets = hits.filter((hit) => hit.isSecret === true);
  for (const layer of unfoldLayers(text, { minCount, budget, meter })) {
    const isKnown = secrets.some((hit) => hit.start < layer.end && layer.start < hit.end);
    const inner = isKnown ? [] : scan.findPlain(layer.text, surface, meter);
    const hit = layer.map ? mappedHit(layer, inner, plain) : wholeHit(layer, inner);
    if (hit && !hits.some((known) => isSame(known, hit))) hits.push(hit);
  }
  if (budget.stopped !== undefined && before === undefined) hits.push(limitHit(text, budget));
  if (surfaceGroup(surface) === 'declared' && text.length >= minSuspiciousRun) addRuns(text, hits, meter);
}

function limitHit(text: string, budget: LayerBudget): RawHit {
  const why =
    budget.stopped === 'depth' ? `more than ${maxLayerDepth} deep` : `too many decoded ${budget.stopped}`;
  return { facts: tooDeep, start: 0, end: text.length, evidence: why };
}

/** One order hidden behind several encodings is one finding. */
function isSame(a: RawHit, b: RawHit): boolean {
  return a.facts.code === b.facts.code && a.start < b.end && b.start < a.end;
}

function evidenceOf(layer: Layer, inner: readonly RawHit[], text: string): string {
  const codes = [...new Set(inner.map((hit) => hit.facts.code))].sort().join(', ');
  const shown = inner.some((hit) => hit.isSecret) ? '' : `: ${text.slice(0, maxEvidence)}`;
  return `decoded from ${layer.kind} (${codes})${shown}`;
}

/** A run decoded to a text of its own. */
function wholeHit(layer: Layer, inner: readonly RawHit[]): RawHit | undefined {
  if (inner.length === 0) return undefined;
  return {
    facts: encodedText,
    start: layer.start,
    end: layer.end,
    evidence: evidenceOf(layer, inner, layer.text),
  };
}

/** Single characters decoded in place: only what the text does not say openly counts. */
function mappedHit(layer: Layer, inner: readonly RawHit[], plain: ReadonlySet<string>): RawHit | undefined {
  const fresh = inner.filter((hit) => !plain.has(hit.facts.code));
  const first = fresh[0];
  if (first === undefined) return undefined;
  const span = spanInText(layer, first.start, first.end);
  return {
    facts: encodedText,
    ...span,
    evidence: evidenceOf(layer, fresh, layer.text.slice(first.start, first.end)),
  };
}

const minSuspiciousRun = 40;

/** Long, or a hidden sentence: what a definition has no use for, even where no rule matches the text. */
function addRuns(text: string, hits: RawHit[], meter: ScanMeter | undefined): void {
  for (const { start, end, decoded } of findEncodedRuns(text, meter)) {
    const isSuspicious =
      end - start >= 96 || (end - start >= minSuspiciousRun && decoded?.includes(' ') === true);
    const isKnown = hits.some((hit) => hit.start < end && start < hit.end);
    if (isSuspicious && !isKnown) hits.push({ facts: encodedRun, start, end });
  }
}
