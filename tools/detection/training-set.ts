import type { Example } from './dataset.ts';
import type { TrainingSet } from './train-network.ts';

/** Lays the segments of examples out for training; `of` and `at` name the example and the segment of each row. */
export function toTrainingSet(examples: readonly Example[]): {
  readonly set: TrainingSet;
  readonly of: Int32Array;
  readonly at: Int32Array;
} {
  const rows: Float32Array[] = [];
  const sparse: Int32Array[] = [];
  const rowAt: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const of: number[] = [];
  const at: number[] = [];
  const bags: number[][] = [];
  examples.forEach((example, e) => {
    const bag: number[] = [];
    const share = (example.isMade ? 0.7 : 1) * (example.row.ambiguous === true ? 0.15 : 1);
    for (let i = 0; i < example.labels.length; i += 1) {
      if (example.isEmpty[i] === 1) continue;
      const label = example.labels[i] as number;
      if (label === -1) bag.push(rows.length);
      rows.push(example.rows);
      rowAt.push(i * example.width);
      sparse.push(example.sparse[i] as Int32Array);
      labels.push(label);
      of.push(e);
      at.push(i);
      const ownWeight = example.isMalicious ? (label === 0 ? 0.5 : 3) : 1 / example.labels.length ** 0.25;
      weights.push(share * ownWeight);
    }
    if (bag.length > 0) bags.push(bag);
  });
  const set: TrainingSet = {
    width: examples[0]?.width ?? 0,
    rows,
    rowAt: Int32Array.from(rowAt),
    sparse,
    labels: Int8Array.from(labels),
    weights: Float32Array.from(weights),
    bags,
  };
  return { set, of: Int32Array.from(of), at: Int32Array.from(at) };
}
