import type { Layer } from '../layers/layer.ts';
import { layerBudget, unfoldLayers } from '../layers/unfold-layers.ts';
import { pathOf, type WalkNode, walkJson } from '../walk-json.ts';
import { memberKind } from './member-kind.ts';
import { type ModelText, readText } from './model-text.ts';
import { splitSentences } from './split.ts';

/** Where a string stands. The order is part of the model file. */
export const places = [
  'text',
  'member',
  'name',
  'description',
  'parameter_name',
  'parameter_text',
  'schema_value',
  'other',
] as const;
export type Place = (typeof places)[number];

/** One string of a document. */
export interface Leaf {
  readonly text: ModelText;
  readonly raw: string;
  readonly path: string;
  readonly place: Place;
  /** Name of the member that holds it; empty for a plain text. */
  readonly key: string;
  /** Whether a member of that name holds short data (1), prose (2), or is unknown (0). */
  readonly member: 0 | 1 | 2;
  readonly part: 'value' | 'name';
  /** Found encoded inside the string at `path`; the span covers the run. */
  readonly decodedAt: { readonly start: number; readonly end: number } | null;
}

/** A sentence of a leaf. */
export interface Segment {
  readonly leaf: number;
  readonly from: number;
  readonly to: number;
  /** Whether the text was there when the definition was approved; `null` where nothing was approved before. */
  readonly isOld: boolean | null;
}

/** A value as the model sees it. */
export interface ModelDocument {
  readonly leaves: readonly Leaf[];
  readonly segments: readonly Segment[];
  /** Members that are no strings: how much of a document is plain data. */
  readonly scalars: number;
  readonly isCut: boolean;
}

const maxSegments = 4096;
const maxUnits = 256 * 1024;
const maxNodes = 20_000;
const minEncoded = 24;

interface Draft {
  readonly leaves: Leaf[];
  readonly segments: Segment[];
  /** Sentences of the approved definition. */
  readonly old: ReadonlySet<string> | null;
  readonly members: Map<string, 0 | 1 | 2>;
  scalars: number;
  unitsLeft: number;
  isCut: boolean;
}

type LeafPlace = Omit<Leaf, 'text' | 'raw' | 'decodedAt' | 'member'>;

function createDraft(old: ReadonlySet<string> | null = null): Draft {
  return { leaves: [], segments: [], old, members: new Map(), scalars: 0, unitsLeft: maxUnits, isCut: false };
}

function addLeaf(draft: Draft, raw: string, place: LeafPlace): void {
  if (raw.length === 0) return;
  if (raw.length > draft.unitsLeft || draft.segments.length >= maxSegments) {
    draft.isCut = true;
    if (draft.unitsLeft <= 0) return;
  }
  const text = raw.length > draft.unitsLeft ? raw.slice(0, draft.unitsLeft) : raw;
  draft.unitsLeft -= text.length;
  const member = place.place === 'member' ? memberOf(draft, place.key) : 0;
  pushLeaf(draft, { ...place, member, raw: text, text: readText(text), decodedAt: null });
  if (text.length < minEncoded) return;
  let left = 8;
  for (const layer of unfoldLayers(text, { minCount: 6, budget: layerBudget() })) {
    if (left === 0) return;
    if (!isHidden(layer, text)) continue;
    left -= 1;
    const decodedAt = { start: layer.start, end: layer.end };
    pushLeaf(draft, { ...place, member, raw: layer.text, text: readText(layer.text), decodedAt });
  }
}

/** Least share of a text that entities, percent signs or escapes take when nobody was meant to read it. */
const hiddenShare = 0.4;

/** A page has entities and an address has percent signs; only a text that is made of them hides something. */
function isHidden({ kind, text, depth }: Layer, raw: string): boolean {
  if (depth > 1 || (kind !== 'percent' && kind !== 'entity' && kind !== 'escape')) return true;
  return text.length <= raw.length * (1 - hiddenShare);
}

function memberOf({ members }: Draft, key: string): 0 | 1 | 2 {
  const known = members.get(key);
  if (known !== undefined) return known;
  const member = memberKind(key);
  members.set(key, member);
  return member;
}

function pushLeaf(draft: Draft, leaf: Leaf): void {
  const at = draft.leaves.push(leaf) - 1;
  splitSentences(leaf.text, (from, to) => {
    if (draft.segments.length >= maxSegments) return;
    const isOld = draft.old?.has(textOf(leaf, from, to)) ?? null;
    draft.segments.push({ leaf: at, from, to, isOld });
  });
}

/** The original text of a segment. */
export function textOf(leaf: Leaf, from: number, to: number): string {
  const { offsets } = leaf.text;
  return leaf.raw.slice(offsets === null ? from : offsets[from], offsets === null ? to : offsets[to]);
}

/** Reads a payload: a text, a text that is JSON, or a parsed value. */
export function readPayload(value: unknown): ModelDocument {
  const draft = createDraft();
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  if (parsed === undefined && typeof value === 'string') {
    addLeaf(draft, value, { path: '', place: 'text', key: '', part: 'value' });
  } else readMembers(draft, parsed, '', 2);
  return draft;
}

function readMembers(draft: Draft, value: unknown, base: string, depthLeft: number): void {
  walkJson(value, { maxDepth: 64, maxNodes }, (node) => {
    if (node.key !== undefined && !Array.isArray(node.parent?.value) && isWordy(node.key)) {
      addLeaf(draft, node.key, { path: base + pathOf(node), place: 'member', key: '', part: 'name' });
    }
    if (typeof node.value !== 'string') {
      draft.scalars += 1;
      return;
    }
    const inner = depthLeft > 0 ? parseJson(node.value) : undefined;
    if (inner !== undefined) readMembers(draft, inner, base + pathOf(node), depthLeft - 1);
    else
      addLeaf(draft, node.value, {
        path: base + pathOf(node),
        place: 'member',
        key: keyOf(node),
        part: 'value',
      });
  });
}

/** A member name that is a sentence. */
function isWordy(key: string): boolean {
  return key.length > 24 && key.includes(' ');
}

/** The nearest name above: the items of an array go by the array's name. */
function keyOf(node: WalkNode): string {
  let at: WalkNode | undefined = node;
  while (at?.parent !== undefined && Array.isArray(at.parent.value)) at = at.parent;
  return at?.key ?? '';
}

const maxParsed = 1024 * 1024;

function parseJson(text: string): unknown {
  if (text.length < 2 || text.length > maxParsed) return undefined;
  let at = 0;
  while (at < text.length && at < 64 && text.charCodeAt(at) <= 0x20) at += 1;
  const first = text.charCodeAt(at);
  if (first !== 0x7b && first !== 0x5b) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the arguments of a call: every string whole, in windows where it is long. */
export function readArguments(args: unknown): ModelDocument {
  const draft = createDraft();
  readMembers(draft, args, '', 0);
  return draft;
}

/** Reads a definition: name, texts, and every string of its schema, parameter names included. */
export function readDefinition(definition: unknown, previous?: unknown): ModelDocument {
  const draft = createDraft(previous === undefined ? null : sentencesOf(previous));
  walkDefinition(definition, draft);
  return draft;
}

function walkDefinition(definition: unknown, draft: Draft): void {
  walkJson(definition, { maxDepth: 64, maxNodes }, (node) => {
    if (isParameter(node) && node.key !== undefined) {
      addLeaf(draft, node.key, { path: pathOf(node), place: 'parameter_name', key: '', part: 'name' });
    }
    if (typeof node.value !== 'string') {
      draft.scalars += 1;
      return;
    }
    if (
      node.key === 'type' ||
      node.key === '$schema' ||
      node.key === '$ref' ||
      node.parent?.key === 'required'
    )
      return;
    addLeaf(draft, node.value, { path: pathOf(node), place: placeOf(node), key: keyOf(node), part: 'value' });
  });
}

function sentencesOf(definition: unknown): ReadonlySet<string> {
  const draft = createDraft();
  walkDefinition(definition, draft);
  return new Set(draft.segments.map(({ leaf, from, to }) => textOf(draft.leaves[leaf] as Leaf, from, to)));
}

function isParameter(node: WalkNode): boolean {
  return node.parent?.key === 'properties' && !Array.isArray(node.parent.value);
}

function placeOf(node: WalkNode): Place {
  const key = keyOf(node);
  if (node.depth === 1)
    return key === 'name' ? 'name' : key === 'description' || key === 'title' ? 'description' : 'other';
  if (key === 'description' || key === 'title') return 'parameter_text';
  if (key === 'enum' || key === 'default' || key === 'examples' || key === 'const' || key === 'pattern')
    return 'schema_value';
  return 'other';
}
