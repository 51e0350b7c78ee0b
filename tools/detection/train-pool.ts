import { poolNames } from '@sallyport/detection/src/model/pooling.ts';
import { createRandom } from './random.ts';

/** One document, read off by the pool. */
export interface Pooled {
  readonly values: Float32Array;
  readonly isMalicious: boolean;
  readonly weight: number;
}

export interface PoolWeights {
  readonly bias: number;
  readonly weights: Float32Array;
}

const epochs = 120;
const firstRate = 0.25;
/** More of these never means less of an attack: what the segments say, and what a rule found. */
const neverNegative: Uint8Array = Uint8Array.from(poolNames, (name) =>
  name === 'has_previous' || name === 'foreign_tools' ? 0 : 1,
);

/** The logit of a document. */
export function logitOf({ bias, weights }: PoolWeights, values: Float32Array): number {
  let logit = bias;
  for (let j = 0; j < values.length; j += 1) logit += (values[j] as number) * (weights[j] as number);
  return logit;
}

interface State {
  bias: number;
  biasSquares: number;
  readonly weights: Float32Array;
  readonly squares: Float64Array;
  readonly start: Float32Array;
  readonly pull: number;
}

/** Logistic regression; weights are pulled to those of `prior`. */
export function trainPool(
  rows: readonly Pooled[],
  options: {
    readonly size: number;
    readonly prior: PoolWeights | null;
    readonly pull: number;
    readonly seed: number;
  },
): PoolWeights {
  const { size, prior, pull } = options;
  const random = createRandom(options.seed);
  const start = prior?.weights ?? new Float32Array(size);
  const state: State = {
    bias: prior?.bias ?? -1,
    biasSquares: 0.5,
    weights: Float32Array.from(start),
    squares: new Float64Array(size).fill(0.5),
    start,
    pull,
  };
  const order = Array.from(rows.keys());
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    random.shuffle(order);
    const rate = firstRate * (1 - (0.95 * epoch) / epochs);
    for (const i of order) step(state, rows[i] as Pooled, rate);
  }
  return { bias: state.bias, weights: state.weights };
}

function step(state: State, row: Pooled, rate: number): void {
  const { weights, squares, start, pull } = state;
  const { values } = row;
  const gradient = (1 / (1 + Math.exp(-logitOf(state, values))) - (row.isMalicious ? 1 : 0)) * row.weight;
  state.biasSquares += gradient * gradient;
  state.bias -= (rate * gradient) / Math.sqrt(state.biasSquares);
  for (let j = 0; j < values.length; j += 1) {
    const x = values[j] as number;
    if (x === 0) continue;
    const g = gradient * x + pull * ((weights[j] as number) - (start[j] as number));
    squares[j] = (squares[j] as number) + g * g;
    const next = (weights[j] as number) - (rate * g) / Math.sqrt(squares[j] as number);
    weights[j] = (neverNegative[j] ?? 1) === 1 ? Math.max(0, next) : next;
  }
}
