import { readFileSync } from 'node:fs';
import { createEmbedding, type Embedding } from '../../libs/detection/src/model/embedding.ts';

import type { Example } from './dataset.ts';
import { recallAt, rocAuc } from './measure.ts';
import {
  applyNetwork,
  type TrainingOptions,
  type TrainingSet,
  trainNetwork,
  usualOptions,
} from './train-network.ts';

export function readEmbedding(file: string): Embedding {
  const bytes = readFileSync(file);
  const count = bytes.readUInt32LE(0),
    dimensions = bytes.readUInt32LE(4),
    scale = bytes.readFloatLE(8);
  const hashes = new Int32Array(bytes.buffer.slice(bytes.byteOffset + 12, bytes.byteOffset + 12 + count * 4));
  const vectors = new Int8Array(bytes.buffer.slice(bytes.byteOffset + 12 + count * 4));
  return createEmbedding({ dimensions, scale, hashes, vectors });
}

export function toSet(examples: readonly Example[]): { set: TrainingSet; of: Int32Array } {
  const rows: Float32Array[] = [],
    sparse: Int32Array[] = [],
    rowAt: number[] = [],
    labels: number[] = [],
    weights: number[] = [],
    of: number[] = [];
  const bags: number[][] = [];
  examples.forEach((ex, e) => {
    const bag: number[] = [];
    for (let i = 0; i < ex.labels.length; i++) {
      if (ex.labels[i] === -1) bag.push(rows.length);
      rows.push(ex.rows);
      rowAt.push(i * ex.width);
      sparse.push(ex.sparse[i]!);
      labels.push(ex.labels[i]!);
      of.push(e);
      weights.push(ex.isMalicious ? (ex.labels[i] === 0 ? 0.5 : 3) : 1 / ex.labels.length ** 0.25);
    }
    if (bag.length) bags.push(bag);
  });
  return {
    set: {
      width: examples[0]!.width,
      rows,
      rowAt: Int32Array.from(rowAt),
      sparse,
      labels: Int8Array.from(labels),
      weights: Float32Array.from(weights),
      bags,
    },
    of: Int32Array.from(of),
  };
}

const t0 = Date.now();
export const log = (...a: unknown[]) => console.log(((Date.now() - t0) / 1000).toFixed(1), ...a);
export function evaluateSurfaces(
  train: Example[],
  test: Example[],
  options: TrainingOptions,
  name: string,
  surfaces: string[],
) {
  const a = toSet(train),
    b = toSet(test);
  const net = trainNetwork(a.set, options);
  const logits = applyNetwork(net, b.set, options);
  const best = new Float32Array(test.length).fill(-99);
  logits.forEach((l, i) => {
    best[b.of[i]!] = Math.max(best[b.of[i]!]!, l);
  });
  const out: string[] = [];
  for (const s of surfaces) {
    const rows = test
      .map((e, i) => ({ isMalicious: e.isMalicious, score: best[i]!, e }))
      .filter((r) => r.e.surface === s && !r.e.row.ambiguous && r.e.row.category !== 'lookalike_server');
    out.push(`${s} ${rocAuc(rows).toFixed(3)}/${recallAt(rows, 0.01).toFixed(2)}`);
  }
  log(name, out.join('  '));
  return { net, best };
}
