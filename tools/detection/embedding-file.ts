import { existsSync, readFileSync } from 'node:fs';
import { createEmbedding, type Embedding } from '../../libs/detection/src/model/embedding.ts';
import { readEmbeddingOf } from '../../libs/detection/src/model/model-file.ts';
import { modelFile } from './model-paths.ts';

/** The vectors of words: from a file the distillation wrote, or out of the model that ships. */
export function loadEmbedding(args: readonly string[]): Embedding {
  const at = args.indexOf('--embeddings');
  const file = at >= 0 ? args[at + 1] : undefined;
  if (file !== undefined) return readDistilled(readFileSync(file));
  if (!existsSync(modelFile)) throw new Error('no model yet: give the distilled vectors with --embeddings FILE');
  return readEmbeddingOf(readFileSync(modelFile));
}

/** Count, dimensions, scale; then the hashes of the words, then their vectors. */
function readDistilled(bytes: Buffer): Embedding {
  const count = bytes.readUInt32LE(0);
  const body = bytes.buffer.slice(bytes.byteOffset + 12, bytes.byteOffset + bytes.length);
  return createEmbedding({
    dimensions: bytes.readUInt32LE(4),
    scale: bytes.readFloatLE(8),
    hashes: new Int32Array(body.slice(0, count * 4)),
    vectors: new Int8Array(body.slice(count * 4)),
  });
}
