import { buildTable, type HashTable, hashUnit, lookUp, pieceSeed, wordSeed } from './hash.ts';
import type { ModelText } from './model-text.ts';
import { type Tokens, tokenType } from './tokens.ts';

/** Vectors of words and pieces of words, distilled from a sentence model. */
export interface Embedding {
  readonly dimensions: number;
  readonly scale: number;
  /** One row of `dimensions` for each word. */
  readonly vectors: Int8Array;
  readonly hashes: Int32Array;
  readonly rows: HashTable;
}

/** Makes the look-up of an embedding. */
export function createEmbedding(parts: Omit<Embedding, 'rows'>): Embedding {
  const { hashes } = parts;
  function* entries(): Iterable<readonly [number, number]> {
    for (let row = 0; row < hashes.length; row += 1) yield [hashes[row] as number, row + 1];
  }
  return { ...parts, rows: buildTable(entries()) };
}

/** Adds the vectors of the tokens to `out` (not cleared) and tells how many there were. Bounded work per token. */
export function addVectors(embedding: Embedding, text: ModelText, tokens: Tokens, out: Float32Array): number {
  let found = 0;
  for (let i = 0; i < tokens.count; i += 1) {
    const type = tokens.type[i] as number;
    if (type === tokenType.word || type === tokenType.piece) {
      const row = lookUp(embedding.rows, tokens.hash[i] as number);
      if (row > 0) {
        addRow(embedding, row - 1, out);
        found += 1;
      } else found += addPieces(embedding, text, tokens.start[i] as number, tokens.end[i] as number, out);
    } else if (type === tokenType.wide) {
      const single = lookUp(
        embedding.rows,
        hashUnit(wordSeed, text.units[tokens.start[i] as number] as number),
      );
      if (single > 0) {
        addRow(embedding, single - 1, out);
        found += 1;
      }
    }
  }
  return found;
}

const maxPieceWord = 20;
const prefix = new Int32Array(maxPieceWord + 1);

/** WordPiece: the longest known piece first. */
function addPieces(
  embedding: Embedding,
  text: ModelText,
  from: number,
  end: number,
  out: Float32Array,
): number {
  const to = Math.min(end, from + maxPieceWord);
  let found = 0;
  let start = from;
  while (start < to) {
    prefix[0] = start === from ? wordSeed : pieceSeed;
    for (let i = start; i < to; i += 1) {
      prefix[i - start + 1] = hashUnit(prefix[i - start] as number, text.units[i] as number);
    }
    let size = to - start;
    let row = 0;
    while (size > 0) {
      row = lookUp(embedding.rows, prefix[size] as number);
      if (row > 0) break;
      size -= 1;
    }
    if (row === 0) return found;
    addRow(embedding, row - 1, out);
    found += 1;
    start += size;
  }
  return found;
}

function addRow({ vectors, dimensions }: Embedding, row: number, out: Float32Array): void {
  const base = row * dimensions;
  for (let i = 0; i < dimensions; i += 1) out[i] = (out[i] as number) + (vectors[base + i] as number);
}
