import { around, denseNames, modelSurfaces, openers, pairs, type SegmentPlace } from './dense-names.ts';
import { places } from './document.ts';
import { actionBits, groupBit, wordGroups } from './lexicon.ts';
import type { HiddenCounts } from './model-text.ts';
import { writeMarks } from './segment-marks.ts';
import { type Tokens, tokenType } from './tokens.ts';

const startOf = (name: string): number => denseNames.indexOf(name);
const pairBits = pairs.map(
  ([a, b]) => [a === 'action' ? actionBits : groupBit[a], b === 'action' ? actionBits : groupBit[b]] as const,
);
const openAt = startOf(`opens:${openers[0]}`);
const pairAt = startOf(`both:${pairs[0][0]}+${pairs[0][1]}`);
const aroundAt = startOf(`place:${around[0]}`);
const placeAt = startOf(`in:${places[0]}`);
const surfaceAt = startOf(`surface:${modelSurfaces[0]}`);
const openBits = openers.map((group) => groupBit[group]);

const counts = new Int32Array(32);

/** Writes the dense features of a segment into `out`, which holds zeros; tells which groups of words it holds. */
export function writeDense(tokens: Tokens, place: SegmentPlace, out: Float32Array): number {
  const groups = writeGroups(tokens, out);
  writeOpening(tokens, out);
  for (let i = 0; i < pairBits.length; i += 1) {
    const pair = pairBits[i] as readonly [number, number];
    if ((groups & pair[0]) !== 0 && (groups & pair[1]) !== 0) out[pairAt + i] = 1;
  }
  writeMarks(tokens, place, out);
  writeAround(tokens, place, out);
  out[placeAt + places.indexOf(place.leaf.place)] = 1;
  out[surfaceAt + modelSurfaces.indexOf(place.surface)] = 1;
  return groups;
}

function writeGroups(tokens: Tokens, out: Float32Array): number {
  counts.fill(0);
  let all = 0;
  for (let i = 0; i < tokens.count; i += 1) {
    const bits = tokens.groups[i] as number;
    all |= bits;
    if (bits !== 0) countBits(bits);
  }
  for (let bit = 0; bit < wordGroups.length; bit += 1) out[bit] = Math.min(counts[bit] as number, 3) / 3;
  return all;
}

function countBits(bits: number): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    const bit = 31 - Math.clz32(left & -left);
    counts[bit] = (counts[bit] as number) + 1;
  }
}

/** The first three words: an order begins with its verb, or with whom it is for. */
function writeOpening(tokens: Tokens, out: Float32Array): void {
  let seen = 0;
  for (let i = 0; i < tokens.count && seen < 3; i += 1) {
    const type = tokens.type[i] as number;
    if (type !== tokenType.word && type !== tokenType.wide) continue;
    writeOpener(tokens.groups[i] as number, 1 - seen * 0.3, out);
    seen += 1;
  }
}

function writeOpener(bits: number, weight: number, out: Float32Array): void {
  for (let j = 0; j < openBits.length; j += 1) {
    if ((bits & (openBits[j] as number)) !== 0 && (out[openAt + j] as number) < weight)
      out[openAt + j] = weight;
  }
}

function writeAround(tokens: Tokens, place: SegmentPlace, out: Float32Array): void {
  const { leaf } = place;
  const { member } = leaf;
  const facts = [
    place.indexInLeaf === 0,
    place.indexInLeaf === place.leafSegments - 1,
    place.leafSegments === 1,
    place.leafSegments > 1 ? place.indexInLeaf / (place.leafSegments - 1) : 0.5,
    Math.log1p(place.documentSegments) / 6,
    member === 1,
    member === 2,
    member === 1 && tokens.count > 6,
    leaf.decodedAt !== null,
    ...hiddenFacts(leaf.text.hidden),
    place.isOld === false,
    (place.groupsBefore & groupBit.assistant) !== 0,
    (place.groupsBefore & groupBit.instructions) !== 0,
    (place.groupsBefore & actionBits) !== 0,
  ];
  for (let i = 0; i < facts.length; i += 1) out[aroundAt + i] = Number(facts[i]);
}

const nothingHidden: readonly boolean[] = [false, false, false, false];

function hiddenFacts(hidden: HiddenCounts | null): readonly boolean[] {
  if (hidden === null) return nothingHidden;
  return [hidden.tags > 0, hidden.zeroWidth > 2, hidden.escapes > 0, hidden.mixedWords > 0];
}
