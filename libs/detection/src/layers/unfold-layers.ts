import { countSteps } from '../automaton.ts';
import { findEncodedRuns } from '../find-runs.ts';
import type { ScanMeter } from '../finding.ts';
import { decodeCodes } from './decode-codes.ts';
import { findEntities } from './decode-entities.ts';
import { findEscapes } from './decode-escapes.ts';
import { decodeBareHex, findPercent } from './decode-percent.ts';
import { decodePlain } from './decode-plain.ts';
import { type Layer, type LayerKind, type Sequences, takeApart } from './layer.ts';

/** What one call may still spend on decoded text; shared by all strings of a value. */
export interface LayerBudget {
  units: number;
  layers: number;
  /** Why something was left folded. */
  stopped: 'depth' | 'units' | 'layers' | undefined;
}

/** Encodings inside encodings that are followed. */
export const maxLayerDepth = 6;
/** Three whole copies of the longest text: percent signs, entities and escapes all occur in ordinary pages. */
export const maxLayerUnits = 768 * 1024;
export const maxLayers = 128;

/** The budget of one call. */
export function layerBudget(): LayerBudget {
  return { units: maxLayerUnits, layers: maxLayers, stopped: undefined };
}

export interface UnfoldOptions {
  /** Sequences a text must have before it counts as encoded; 1 where a single `%2e` matters. */
  readonly minCount: number;
  readonly budget: LayerBudget;
  readonly meter?: ScanMeter | undefined;
}

interface Parent {
  readonly text: string;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly map: Int32Array | undefined;
}

/**
 * Every text hidden in a text by encodings, outermost first. Work is bounded by the budget: each layer costs its own
 * length, there are at most `maxLayers`, and what is deeper than `maxLayerDepth` is left and said.
 */
export function unfoldLayers(text: string, options: UnfoldOptions): readonly Layer[] {
  const layers: Layer[] = [];
  const seen = new Set<string>([text]);
  const queue: Parent[] = [{ text, depth: 0, start: 0, end: text.length, map: undefined }];
  for (let at = 0; at < queue.length; at += 1) {
    const parent = queue[at] as Parent;
    for (const layer of peel(parent, options)) {
      if (seen.has(layer.text)) continue;
      seen.add(layer.text);
      if (parent.depth >= maxLayerDepth) {
        options.budget.stopped ??= 'depth';
        break;
      }
      if (!spend(options.budget, layer.text.length)) return layers;
      layers.push(layer);
      queue.push(layer);
    }
  }
  return layers;
}

function spend(budget: LayerBudget, units: number): boolean {
  if (budget.layers <= 0) budget.stopped ??= 'layers';
  else if (units > budget.units) budget.stopped ??= 'units';
  else {
    budget.layers -= 1;
    budget.units -= units;
    return true;
  }
  return false;
}

type Decoder = readonly [kind: LayerKind, find: (text: string) => Sequences | undefined, needsOdd: boolean];

/** Backslashes and bare numbers are common: they count only where nobody would write them without intent. */
const decoders: readonly Decoder[] = [
  ['percent', findPercent, false],
  ['entity', findEntities, false],
  ['escape', findEscapes, true],
];

function peel(parent: Parent, options: UnfoldOptions): readonly Layer[] {
  const found: Layer[] = [];
  const { text } = parent;
  for (const [kind, find, needsOdd] of decoders) {
    const sequences = find(text);
    if (sequences === undefined) continue;
    countSteps(options.meter, text.length);
    const count = needsOdd && options.minCount > 1 ? sequences.odd : sequences.list.length;
    if (count >= options.minCount) found.push(childOf(parent, kind, takeApart(text, sequences.list)));
  }
  if (options.minCount === 1 && text.length <= maxBareUnits) addBare(parent, found);
  if (text.length >= minRunText && options.budget.layers > 0) addRuns(parent, found, options.meter);
  return found;
}

function addBare(parent: Parent, found: Layer[]): void {
  const plain = decodePlain(parent.text);
  if (plain) found.push(childOf(parent, 'plain', plain));
  const bare = decodeBareHex(parent.text);
  if (bare) found.push(childOf(parent, 'hex', bare));
  const codes = decodeCodes(parent.text);
  if (codes) found.push(childOf(parent, 'char_codes', codes));
}

const maxBareUnits = 8_192;
const minRunText = 24;

function addRuns(parent: Parent, found: Layer[], meter: ScanMeter | undefined): void {
  for (const run of findEncodedRuns(parent.text, meter)) {
    if (run.decoded === undefined) continue;
    countSteps(meter, run.end - run.start);
    found.push({
      kind: run.kind,
      text: run.decoded,
      depth: parent.depth + 1,
      start: placeOf(parent, run.start),
      end: placeOf(parent, run.end),
      map: undefined,
    });
  }
}

function placeOf(parent: Parent, at: number): number {
  if (parent.depth === 0) return at;
  if (parent.map) return parent.map[at] ?? parent.end;
  return at === 0 ? parent.start : parent.end;
}

function childOf(
  parent: Parent,
  kind: LayerKind,
  { text, map }: { readonly text: string; readonly map: Int32Array },
): Layer {
  const whole = { kind, text, depth: parent.depth + 1, start: parent.start, end: parent.end };
  if (parent.depth === 0) return { ...whole, map };
  const { map: outer } = parent;
  if (!outer) return { ...whole, map: undefined };
  const places = new Int32Array(map.length);
  for (let at = 0; at < map.length; at += 1) places[at] = outer[map[at] as number] ?? parent.end;
  return { ...whole, map: places };
}

/** A span of a layer in the outermost text. */
export function spanInText(layer: Layer, start: number, end: number): { start: number; end: number } {
  if (!layer.map) return { start: layer.start, end: layer.end };
  const first = layer.map[start] ?? layer.start;
  return { start: first, end: Math.max(first, layer.map[end] ?? layer.end) };
}
