import type { Finding } from '../finding.ts';
import type { ModelSurface } from './dense-names.ts';
import type { ModelDocument } from './document.ts';
import { featurise, type ToolWords } from './featurise.ts';
import { type DetectionModel, networkOf, type Pool } from './model-file.ts';
import type { Network } from './network.ts';
import { emptyLogit, poolDocument, poolNames } from './pooling.ts';

/** What the model makes of a document. */
export interface ModelScore {
  /** 0–1; the shipped threshold of every surface is at one half. */
  readonly score: number;
  /** By segment. */
  readonly logits: Float32Array;
  readonly rows: Float32Array;
  readonly width: number;
  /** The network that saw the most in it. */
  readonly network: Network;
}

const hiddenOut = new Float32Array(64);

/** The output of a network for one row, its n-grams summed before. */
export function runNetwork(network: Network, rows: Float32Array, base: number, sparseSum: number): number {
  const { width, hidden, input, inputBias, output, direct } = network;
  let logit = (network.bias[0] as number) + sparseSum;
  for (let h = 0; h < hidden; h += 1) hiddenOut[h] = inputBias[h] as number;
  for (let j = 0; j < width; j += 1) {
    const x = rows[base + j] as number;
    if (x === 0) continue;
    logit += x * (direct[j] as number);
    const at = j * hidden;
    for (let h = 0; h < hidden; h += 1)
      hiddenOut[h] = (hiddenOut[h] as number) + x * (input[at + h] as number);
  }
  for (let h = 0; h < hidden; h += 1) {
    const out = hiddenOut[h] as number;
    if (out > 0) logit += out * (output[h] as number);
  }
  return logit;
}

/** The part of n-grams in the output of a network. */
export function sumSparse(network: Network, index: Int32Array, count: number): number {
  const { sparse } = network;
  let sum = 0;
  for (let k = 0; k < count; k += 1) sum += sparse[index[k] as number] as number;
  return sum / Math.sqrt(count + 8);
}

export interface ScoreFacts {
  readonly surface: ModelSurface;
  readonly document: ModelDocument;
  readonly findings: readonly Finding[];
  readonly tool: ToolWords | null;
  readonly hasPrevious: boolean;
  readonly foreignTools: number;
}

/** Scores a document. Linear in its length. */
export function scoreDocument(model: DetectionModel, facts: ScoreFacts): ModelScore {
  const { surface, document } = facts;
  const own = runOver(networkOf(model, surface), surface, facts);
  const isProse = surface === 'arguments' && hasProse(document);
  const text = isProse ? runOver(model.networks.text, proseSurface, facts) : undefined;
  const textHighest = text === undefined ? emptyLogit : highestOf(text.logits);
  const pool = model.pools[surface];
  const out = new Float32Array(poolNames.length + model.codes.size);
  poolDocument({ ...facts, logits: own.logits, textHighest, codes: model.codes, out });
  const isText = text !== undefined && textHighest > highestOf(own.logits);
  return { score: scoreOf(pool, out), ...(isText ? text : own) };
}

/** Sentences in arguments are read like those of a result. */
export const proseSurface = 'result' satisfies ModelSurface;

function highestOf(logits: Float32Array): number {
  let highest = emptyLogit;
  for (const logit of logits) if (logit > highest) highest = logit;
  return highest;
}

const minProse = 16;

/** Whether some string is long enough, and has words enough, to ask for something. */
export function hasProse({ leaves }: ModelDocument): boolean {
  return leaves.some(({ raw }) => raw.length >= minProse && raw.includes(' ', raw.indexOf(' ') + 1));
}

function runOver(
  network: Network,
  surface: ModelSurface,
  { document, tool }: ScoreFacts,
): Omit<ModelScore, 'score'> {
  const logits = new Float32Array(document.segments.length);
  const { rows, width, isEmpty } = featurise(document, {
    surface,
    tool,
    onSparse: (segment, { index, count }) => {
      logits[segment] = sumSparse(network, index, count);
    },
  });
  for (let i = 0; i < logits.length; i += 1) {
    logits[i] = isEmpty[i] === 1 ? emptyLogit : runNetwork(network, rows, i * width, logits[i] as number);
  }
  return { logits, rows, width, network };
}

const previousAt = poolNames.indexOf('has_previous');
/** What a definition changed after its approval is worth: among changes attacks are far more common than among new tools. */
const changedPrior = 1.4;

/** The score of what was read off a document: one half at the threshold of its surface. */
export function scoreOf(pool: Pool, out: Float32Array): number {
  let logit = pool.bias + changedPrior * (out[previousAt] as number);
  for (let i = 0; i < out.length; i += 1) logit += (out[i] as number) * (pool.weights[i] as number);
  return 1 / (1 + Math.exp(-(logit - pool.threshold) * pool.slope));
}
