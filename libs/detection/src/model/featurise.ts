import { addArgumentGrams, argumentNames, writeArgumentDense } from './argument-features.ts';
import { writeDense } from './dense-features.ts';
import { denseNames, type ModelSurface } from './dense-names.ts';
import type { Leaf, ModelDocument } from './document.ts';
import { mix } from './hash.ts';
import { actionBits, groupBit } from './lexicon.ts';
import { readText } from './model-text.ts';
import { createSparse, type SparseVector, sparseMask, writeSparse } from './sparse-features.ts';
import { createTokens, type Tokens, tokenise, tokenType } from './tokens.ts';

/** Everything the network reads, one row for each segment of a document. */
export interface SegmentRows {
  readonly count: number;
  /** 1 where a segment holds nothing that could ask for something: it is not looked at. */
  readonly isEmpty: Uint8Array;
  /** `denseNames`, and for arguments `argumentNames`. */
  readonly rows: Float32Array;
  readonly width: number;
}

/** What is known of the tool a document belongs to. */
export interface ToolWords {
  readonly names: ReadonlySet<string>;
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
    readonly tool: ToolWords | null;
    readonly onSparse: (segment: number, sparse: SparseVector) => void;
  },
): SegmentRows {
  const { surface, tool } = options;
  const { segments, leaves } = document;
  const isArguments = surface === 'arguments';
  const width = widthOf(surface);
  const rows = new Float32Array(segments.length * width);
  const perLeaf = countPerLeaf(document);
  const isEmpty = new Uint8Array(segments.length);
  let groupsBefore = 0;
  let indexInLeaf = 0;
  segments.forEach(({ leaf: leafAt, from, to, isOld }, i) => {
    const leaf = leaves[leafAt] as Leaf;
    indexInLeaf = i > 0 && segments[i - 1]?.leaf === leafAt ? indexInLeaf + 1 : 0;
    if (indexInLeaf === 0) groupsBefore = 0;
    tokenise(leaf.text, from, to, tokens);
    if (!isArguments && isEmptyOfIntent(tokens, leaf)) {
      isEmpty[i] = 1;
      groupsBefore = 0;
      return;
    }
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
        groupsBefore,
        ownNames: tool?.names ?? null,
      },
      row,
    );
    writeSparse(leaf.text, tokens, sparse);
    if (isArguments) {
      writeArgumentDense(leaf.text, { from, to }, row, denseNames.length);
      addArgumentGrams(leaf.text, from, to, sparse);
      addKeyWords(leaf.key, sparse);
    }
    options.onSparse(i, sparse);
  });
  return { count: segments.length, isEmpty, rows, width };
}

const intentBits =
  actionBits |
  groupBit.assistant |
  groupBit.secrecy |
  groupBit.sensitive |
  groupBit.instructions |
  groupBit.roleplay |
  groupBit.tool |
  groupBit.role |
  groupBit.oblige |
  groupBit.external;

/** Plain Latin text without a word that asks, names or hides anything, and without an address. */
function isEmptyOfIntent({ groups, type, count }: Tokens, { text, place, decodedAt }: Leaf): boolean {
  if (text.offsets !== null || decodedAt !== null || place === 'parameter_name') return false;
  for (let i = 0; i < count; i += 1) {
    if (((groups[i] as number) & intentBits) !== 0) return false;
    const kind = type[i] as number;
    if (kind === tokenType.url || kind === tokenType.email || kind === tokenType.path) return false;
  }
  return true;
}

/** Numbers in a row: structure, for arguments also characters. */
export function widthOf(surface: ModelSurface): number {
  return denseNames.length + (surface === 'arguments' ? argumentNames.length : 0);
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
