import { addArgumentGrams, argumentNames, writeArgumentDense } from './argument-features.ts';
import { denseNames, type ModelSurface, writeDense } from './dense-features.ts';
import type { Leaf, ModelDocument } from './document.ts';
import { addVectors, type Embedding } from './embedding.ts';
import { mix } from './hash.ts';

import { readText } from './model-text.ts';
import { createSparse, type SparseVector, sparseMask, writeSparse } from './sparse-features.ts';
import { createTokens, tokenise } from './tokens.ts';

/** Everything the network reads, one row for each segment of a document. */
export interface SegmentRows {
  readonly count: number;
  /** `denseNames` features, then the vector of the segment. */
  readonly rows: Float32Array;
  readonly width: number;
}

/** What is known of the tool a document belongs to. */
export interface ToolWords {
  readonly text: string;
  readonly names: ReadonlySet<string> | null;
}

const tokens = createTokens();
const sparse = createSparse();

/**
 * Computes the features of every segment; `onSparse` gets the n-grams of each in turn, valid until it returns.
 * Linear in the length of the document.
 */
export function featurise(
  document: ModelDocument,
  options: {
    readonly surface: ModelSurface;
    readonly embedding: Embedding;
    readonly tool: ToolWords | null;
    readonly onSparse: (segment: number, sparse: SparseVector) => void;
  },
): SegmentRows {
  const { surface, embedding, tool } = options;
  const { segments, leaves } = document;
  const dimensions = embedding.dimensions;
  const isArguments = surface === 'arguments';
  const width = widthOf(surface, dimensions);
  const rows = new Float32Array(segments.length * width);
  const perLeaf = countPerLeaf(document);
  const whole = new Float32Array(dimensions);
  let groupsBefore = 0;
  let indexInLeaf = 0;
  segments.forEach(({ leaf: leafAt, from, to, isOld }, i) => {
    const leaf = leaves[leafAt] as Leaf;
    indexInLeaf = i > 0 && segments[i - 1]?.leaf === leafAt ? indexInLeaf + 1 : 0;
    if (indexInLeaf === 0) groupsBefore = 0;
    tokenise(leaf.text, from, to, tokens);
    const row = rows.subarray(i * width, (i + 1) * width);
    groupsBefore = writeDense(
      tokens,
      {
        leaf,
        from,
        to,
        isOld,
        surface,
        indexInLeaf,
        leafSegments: perLeaf[leafAt] as number,
        documentSegments: segments.length,
        nearDocument: 0,
        nearTool: 0,
        groupsBefore,
        ownNames: tool?.names ?? null,
      },
      row,
    );
    writeSparse(leaf.text, tokens, sparse);
    if (isArguments) {
      addArgumentGrams(leaf.text, from, to, sparse);
      addKeyWords(leaf.key, sparse);
      writeArgumentDense(leaf.text, from, to, row, denseNames.length);
    }
    options.onSparse(i, sparse);
    const vector = row.subarray(width - dimensions);
    const words = addVectors(embedding, leaf.text, tokens, vector);
    for (let d = 0; d < dimensions; d += 1) {
      const sum = (vector[d] as number) * embedding.scale;
      vector[d] = sum / (words + 2);
      whole[d] = (whole[d] as number) + sum;
    }
  });
  writeNearness({ rows, width, whole, dimensions, toolVector: vectorOf(tool?.text ?? '', embedding) });
  return { count: segments.length, rows, width };
}

/** Numbers in a row: structure, for arguments also characters, then the vector. */
export function widthOf(surface: ModelSurface, dimensions: number): number {
  return denseNames.length + (surface === 'arguments' ? argumentNames.length : 0) + dimensions;
}

const keySalt = 0x4cf5ad43;

/** The words of the argument's name. */
function addKeyWords(key: string, out: SparseVector): void {
  const read = readText(key.slice(0, 64));
  tokenise(read, 0, read.length, tokens);
  for (let i = 0; i < tokens.count; i += 1) {
    out.index[out.count] = mix(tokens.hash[i] as number, keySalt) & sparseMask;
    out.count += 1;
  }
}

function countPerLeaf({ segments, leaves }: ModelDocument): Int32Array {
  const perLeaf = new Int32Array(leaves.length);
  for (const { leaf } of segments) perLeaf[leaf] = (perLeaf[leaf] as number) + 1;
  return perLeaf;
}

/** The mean vector of a short text. */
export function vectorOf(text: string, embedding: Embedding): Float32Array {
  const vector = new Float32Array(embedding.dimensions);
  if (text === '') return vector;
  const read = readText(text.slice(0, 280));
  tokenise(read, 0, read.length, tokens);
  addVectors(embedding, read, tokens, vector);
  return vector;
}

const nearDocumentAt = denseNames.indexOf('place:near_document');
const nearToolAt = denseNames.indexOf('place:near_tool');

function writeNearness(facts: {
  readonly rows: Float32Array;
  readonly width: number;
  readonly whole: Float32Array;
  readonly dimensions: number;
  readonly toolVector: Float32Array;
}): void {
  const { rows, width, whole, dimensions, toolVector } = facts;
  const vectorAt = width - dimensions;
  for (let base = 0; base < rows.length; base += width) {
    let own = 0;
    let dot = 0;
    let all = 0;
    let toTool = 0;
    let ofTool = 0;
    for (let d = 0; d < dimensions; d += 1) {
      const value = rows[base + vectorAt + d] as number;
      const rest = whole[d] as number;
      const tool = toolVector[d] as number;
      own += value * value;
      dot += value * rest;
      all += rest * rest;
      toTool += value * tool;
      ofTool += tool * tool;
    }
    if (own > 0 && all > 0) rows[base + nearDocumentAt] = dot / Math.sqrt(own * all);
    if (own > 0 && ofTool > 0) rows[base + nearToolAt] = toTool / Math.sqrt(own * ofTool);
  }
}
