import { createRandom } from './random.ts';

/** One document, read off by the pool. */
export interface Pooled {
  readonly values: Float32Array;
  readonly isMalicious: boolean;
  readonly weight: number;
}

export interface PoolWeights {
  bias: number;
  readonly weights: Float32Array;
}

const epochs = 120;

/** Logistic regression; `prior` is where weights are pulled to. The rules' weights are never negative. */
export function trainPool(
  rows: readonly Pooled[],
  size: number,
  options: {
    readonly prior: PoolWeights | null;
    readonly pull: number;
    readonly seed: number;
    readonly positiveFrom: number;
  },
): PoolWeights {
  const random = createRandom(options.seed);
  const start = options.prior?.weights ?? new Float32Array(size);
  const weights = Float32Array.from(start);
  let bias = options.prior?.bias ?? -1;
  const squares = new Float64Array(size).fill(0.5);
  let biasSquares = 0.5;
  const order = Array.from(rows.keys());
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    random.shuffle(order);
    const rate = 0.25 * (1 - (0.95 * epoch) / epochs);
    for (const i of order) {
      const row = rows[i] as Pooled;
      let logit = bias;
      for (let j = 0; j < size; j += 1) logit += (row.values[j] as number) * (weights[j] as number);
      const gradient = (1 / (1 + Math.exp(-logit)) - (row.isMalicious ? 1 : 0)) * row.weight;
      biasSquares += gradient * gradient;
      bias -= (rate * gradient) / Math.sqrt(biasSquares);
      for (let j = 0; j < size; j += 1) {
        const x = row.values[j] as number;
        if (x === 0) continue;
        const g = gradient * x + options.pull * ((weights[j] as number) - (start[j] as number));
        squares[j] = (squares[j] as number) + g * g;
        const next = (weights[j] as number) - (rate * g) / Math.sqrt(squares[j] as number);
        weights[j] = j >= options.positiveFrom || j < 4 ? Math.max(0, next) : next;
      }
    }
  }
  return { bias, weights };
}
