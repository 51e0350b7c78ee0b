import type { Network } from '@sallyport/detection/src/model/network.ts';
import { sparseBits } from '@sallyport/detection/src/model/sparse-features.ts';
import { createRandom, type Random } from './random.ts';

/** What one network learns from: one row of numbers and one list of n-grams per segment. */
export interface TrainingSet {
  readonly width: number;
  /** Rows of `width` numbers; each segment names its own. */
  readonly rows: readonly Float32Array[];
  readonly rowAt: Int32Array;
  readonly sparse: readonly Int32Array[];
  /** 1, 0 or -1 (unknown). */
  readonly labels: Int8Array;
  readonly weights: Float32Array;
  /** Rows of unknown segments: at least one segment of each is an attack. */
  readonly bags: readonly (readonly number[])[];
}

export interface TrainingOptions {
  readonly seed: number;
  readonly hidden: number;
  readonly epochs: number;
  readonly sparseDropout: number;
  readonly sparseRate: number;
  readonly denseRate: number;
  readonly decay: number;
  readonly bagEpoch: number;
  readonly useSparse: boolean;
  /** Columns that are kept at zero, for ablations. */
  readonly mask: Uint8Array | null;
  /** Only n-grams seen in this many sources. */
  readonly known: Uint8Array | null;
}

export const usualOptions: TrainingOptions = {
  seed: 20261121,
  hidden: 16,
  epochs: 10,
  sparseDropout: 0.3,
  sparseRate: 0.3,
  denseRate: 0.06,
  decay: 2e-5,
  bagEpoch: 2,
  useSparse: true,
  mask: null,
  known: null,
};

interface State extends Network {
  readonly sparseSquares: Float32Array;
  readonly inputSquares: Float32Array;
  readonly outputSquares: Float32Array;
  readonly directSquares: Float32Array;
}

function createState(width: number, hidden: number, random: Random): State {
  const input = new Float32Array(width * hidden);
  for (let i = 0; i < input.length; i += 1) input[i] = (random.next() * 2 - 1) * Math.sqrt(2 / width);
  const output = new Float32Array(hidden);
  for (let i = 0; i < hidden; i += 1) output[i] = (random.next() * 2 - 1) * 0.5;
  return {
    width,
    hidden,
    bias: Float32Array.of(-2),
    sparse: new Float32Array(1 << sparseBits),
    input,
    inputBias: new Float32Array(hidden),
    output,
    direct: new Float32Array(width),
    sparseSquares: new Float32Array(1 << sparseBits).fill(0.1),
    inputSquares: new Float32Array(width * hidden).fill(0.1),
    outputSquares: new Float32Array(hidden).fill(0.1),
    directSquares: new Float32Array(width).fill(0.1),
  };
}

/** Trains a network; the same set and options give the same weights. */
export function trainNetwork(set: TrainingSet, options: TrainingOptions): Network {
  const random = createRandom(options.seed);
  const state = createState(set.width, options.hidden, random);
  const labels = Int8Array.from(set.labels);
  const order = Array.from(labels.keys());
  const last = new Float32Array(labels.length);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    labelBags(set, labels, last, epoch >= options.bagEpoch);
    random.shuffle(order);
    const rate = 1 - (0.9 * epoch) / options.epochs;
    for (const i of order) {
      if (labels[i] === -1) {
        last[i] = forward(state, set, i, options, false);
        continue;
      }
      // What is plainly harmless is looked at every fourth time.
      const isEasy = epoch > 1 && labels[i] === 0 && (last[i] as number) < -5;
      if (isEasy && random.next() > 0.25) continue;
      const dropped = random.next() < options.sparseDropout;
      last[i] = step(state, set, i, labels[i] as number, { options, rate, dropped });
    }
  }
  return state;
}

/** Within a bag, the segment that looks most like an attack is one; half as good ones too. */
function labelBags(set: TrainingSet, labels: Int8Array, last: Float32Array, isWarm: boolean): void {
  for (const bag of set.bags) {
    const best = bag.reduce((most, i) => Math.max(most, last[i] as number), -Infinity);
    for (const i of bag) labels[i] = isAttack(last[i] as number, best, bag.length, isWarm) ? 1 : -1;
  }
}

function isAttack(logit: number, best: number, size: number, isWarm: boolean): boolean {
  return isWarm ? logit >= best - 0.5 || logit > 1 : size <= 3;
}

const hiddenOut = new Float32Array(64);

function forward(
  state: State,
  set: TrainingSet,
  i: number,
  options: TrainingOptions,
  dropped: boolean,
): number {
  const { width, hidden, input, inputBias, output, direct } = state;
  const row = set.rows[i] as Float32Array;
  const base = set.rowAt[i] as number;
  let logit = state.bias[0] as number;
  const { mask } = options;
  for (let h = 0; h < hidden; h += 1) hiddenOut[h] = inputBias[h] as number;
  for (let j = 0; j < width; j += 1) {
    const x = row[base + j] as number;
    if (x === 0 || (mask !== null && mask[j] === 1)) continue;
    logit += x * (direct[j] as number);
    const at = j * hidden;
    for (let h = 0; h < hidden; h += 1)
      hiddenOut[h] = (hiddenOut[h] as number) + x * (input[at + h] as number);
  }
  for (let h = 0; h < hidden; h += 1) {
    if ((hiddenOut[h] as number) > 0) logit += (hiddenOut[h] as number) * (output[h] as number);
  }
  if (!dropped && options.useSparse) logit += sparseSum(state, set.sparse[i] as Int32Array, options.known);
  return logit;
}

function sparseSum(state: State, index: Int32Array, known: Uint8Array | null): number {
  let sum = 0;
  for (let k = 0; k < index.length; k += 1) {
    const at = index[k] as number;
    if (known === null || known[at] === 1) sum += state.sparse[at] as number;
  }
  return sum / Math.sqrt(index.length + 8);
}

interface StepFacts {
  readonly options: TrainingOptions;
  readonly rate: number;
  readonly dropped: boolean;
}

function step(
  state: State,
  set: TrainingSet,
  i: number,
  label: number,
  { options, rate, dropped }: StepFacts,
): number {
  const logit = forward(state, set, i, options, dropped);
  const p = 1 / (1 + Math.exp(-logit));
  const gradient = (p - label) * (set.weights[i] as number);
  if (Math.abs(gradient) < 1e-4) return logit;
  if (!dropped && options.useSparse) stepSparse(state, set.sparse[i] as Int32Array, gradient, options, rate);
  stepDense(state, set, i, gradient, options, rate);
  return logit;
}

function stepSparse(
  state: State,
  index: Int32Array,
  gradient: number,
  options: TrainingOptions,
  rate: number,
): void {
  const share = gradient / Math.sqrt(index.length + 8);
  const { sparse, sparseSquares } = state;
  const { known } = options;
  for (let k = 0; k < index.length; k += 1) {
    const at = index[k] as number;
    if (known !== null && known[at] !== 1) continue;
    const g = share + options.decay * 10 * (sparse[at] as number);
    const squares = (sparseSquares[at] as number) + g * g;
    sparseSquares[at] = squares;
    sparse[at] = (sparse[at] as number) - (options.sparseRate * 4 * rate * g) / Math.sqrt(squares);
  }
}

function stepDense(
  state: State,
  set: TrainingSet,
  i: number,
  gradient: number,
  options: TrainingOptions,
  rate: number,
): void {
  const { width, hidden, input, inputBias, output, direct, inputSquares, outputSquares, directSquares } =
    state;
  const row = set.rows[i] as Float32Array;
  const base = set.rowAt[i] as number;
  const { mask, decay } = options;
  const lr = options.denseRate * rate;
  state.bias[0] = (state.bias[0] as number) - lr * 0.1 * gradient;
  for (let h = 0; h < hidden; h += 1) {
    const out = hiddenOut[h] as number;
    const back = out > 0 ? gradient * (output[h] as number) : 0;
    if (out > 0) {
      const g = gradient * out + decay * (output[h] as number);
      const squares = (outputSquares[h] as number) + g * g;
      outputSquares[h] = squares;
      output[h] = (output[h] as number) - (lr * g) / Math.sqrt(squares);
    }
    inputBias[h] = (inputBias[h] as number) - lr * 0.1 * back;
    hiddenOut[h] = back;
  }
  for (let j = 0; j < width; j += 1) {
    const x = row[base + j] as number;
    if (x === 0 || (mask !== null && mask[j] === 1)) continue;
    const g = gradient * x + decay * (direct[j] as number);
    const squares = (directSquares[j] as number) + g * g;
    directSquares[j] = squares;
    direct[j] = (direct[j] as number) - (lr * g) / Math.sqrt(squares);
    const at = j * hidden;
    for (let h = 0; h < hidden; h += 1) {
      const back = hiddenOut[h] as number;
      if (back === 0) continue;
      const gh = back * x + decay * (input[at + h] as number);
      const total = (inputSquares[at + h] as number) + gh * gh;
      inputSquares[at + h] = total;
      input[at + h] = (input[at + h] as number) - (lr * gh) / Math.sqrt(total);
    }
  }
}

/** Logits of all segments of a set. */
export function applyNetwork(network: Network, set: TrainingSet, options: TrainingOptions): Float32Array {
  return Float32Array.from(set.rows, (_, i) => forward(network as State, set, i, options, false));
}
