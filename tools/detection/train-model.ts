import { type ModelSurface, modelSurfaces } from '../../libs/detection/src/model/dense-features.ts';
import type { Embedding } from '../../libs/detection/src/model/embedding.ts';
import type { DetectionModel, Pool } from '../../libs/detection/src/model/model-file.ts';
import { poolDocument, poolNames } from '../../libs/detection/src/model/pooling.ts';
import type { Example } from './dataset.ts';
import { type Judged, thresholdAt } from './measure.ts';
import { createRandom } from './random.ts';
import { applyNetwork, type TrainingOptions, trainNetwork, usualOptions } from './train-network.ts';
import { type Pooled, type PoolWeights, trainPool } from './train-pool.ts';
import { toTrainingSet } from './training-set.ts';

export interface ModelOptions {
  readonly network: TrainingOptions;
  readonly folds: number;
  /** Share of harmless rows that may be flagged, by surface. */
  readonly targets: Readonly<Record<ModelSurface, number>>;
  readonly useRules: boolean;
}

export const modelOptions: ModelOptions = {
  network: usualOptions,
  folds: 4,
  targets: { definition: 0.006, result: 0.006, resource: 0.006, prompt: 0.015, arguments: 0.006 },
  useRules: true,
};

/** What was held out when the pools were trained: scores of every real row by a network that never saw its source. */
export interface HeldOut {
  readonly example: Example;
  readonly score: number;
}

const isArguments = (example: Example): boolean => example.surface === 'arguments';

/** Trains networks, pools and thresholds. The same examples give the same model. */
export function trainModel(
  examples: readonly Example[],
  embedding: Embedding,
  options: ModelOptions = modelOptions,
): { readonly model: DetectionModel; readonly heldOut: readonly HeldOut[] } {
  const codes = collectCodes(examples, options.useRules);
  const heldLogits = crossLogits(examples, options);
  const textNetwork = trainOn(
    examples.filter((e) => !isArguments(e)),
    options.network,
  );
  const argumentNetwork = trainOn(examples.filter(isArguments), options.network);
  const pooled = poolAll(examples, heldLogits, codes);
  const pools = trainPools(examples, pooled, codes.size, options);
  const model: DetectionModel = { version: '1', embedding, textNetwork, argumentNetwork, codes, pools };
  const heldOut = examples.flatMap((example, i) => {
    const row = pooled[i];
    return row === undefined ? [] : [{ example, score: scoreOf(pools[example.surface], row.values) }];
  });
  return { model, heldOut };
}

function scoreOf(pool: Pool, values: Float32Array): number {
  let logit = pool.bias;
  for (let j = 0; j < values.length; j += 1) logit += (values[j] as number) * (pool.weights[j] as number);
  return 1 / (1 + Math.exp(-(logit - pool.threshold) * pool.slope));
}

function trainOn(examples: readonly Example[], options: TrainingOptions) {
  return trainNetwork(toTrainingSet(examples).set, options);
}

function collectCodes(examples: readonly Example[], useRules: boolean): ReadonlyMap<string, number> {
  const codes = new Set<string>();
  if (useRules) for (const { findings } of examples) for (const { code } of findings) codes.add(code);
  return new Map([...codes].sort().map((code, i) => [code, i]));
}

/** Which fold a source is in; rows the generator made of a source go with it. */
function foldOf(group: string, folds: number): number {
  let hash = 7;
  for (const unit of group.replace(/^made:/, '')) hash = (hash * 31 + (unit.codePointAt(0) ?? 0)) >>> 0;
  return createRandom(hash).below(folds);
}

/** Logits of every real row by a network that never saw its source; made rows get none. */
function crossLogits(
  examples: readonly Example[],
  options: ModelOptions,
): readonly (Float32Array | undefined)[] {
  const out: (Float32Array | undefined)[] = examples.map(() => undefined);
  for (const part of [false, true]) {
    const at = examples.flatMap((example, i) => (isArguments(example) === part ? [i] : []));
    if (at.length === 0) continue;
    for (let fold = 0; fold < options.folds; fold += 1) {
      const isIn = (i: number): boolean => foldOf((examples[i] as Example).group, options.folds) === fold;
      const held = at.filter((i) => isIn(i) && !(examples[i] as Example).isMade);
      if (held.length === 0) continue;
      const seen = at.filter((i) => !isIn(i)).map((i) => examples[i] as Example);
      const network = trainOn(seen, options.network);
      const { set, of } = toTrainingSet(held.map((i) => examples[i] as Example));
      const logits = applyNetwork(network, set, options.network);
      held.forEach((i, h) => {
        out[i] = logits.filter((_, k) => of[k] === h);
      });
    }
  }
  return out;
}

/** Reads all rows with held-out logits off. */
function poolAll(
  examples: readonly Example[],
  logits: readonly (Float32Array | undefined)[],
  codes: ReadonlyMap<string, number>,
): readonly (Pooled | undefined)[] {
  return examples.map((example, i) => {
    const own = logits[i];
    if (own === undefined) return undefined;
    const values = new Float32Array(poolNames.length + codes.size);
    const hasPrevious = example.row.context?.previous !== undefined;
    const findings = codes.size > 0 && !hidesRules(example) ? example.findings : [];
    poolDocument({ document: example.document, logits: own, findings, codes, hasPrevious, out: values });
    const weight = example.row.ambiguous === true ? 0.2 : 1;
    return { values, isMalicious: example.isMalicious, weight };
  });
}

/** The rules were written beside the shared rows: on those attacks they say more than they will elsewhere. */
function hidesRules(example: Example): boolean {
  return example.isMalicious && !example.row.source.startsWith('own:');
}

function trainPools(
  examples: readonly Example[],
  pooled: readonly (Pooled | undefined)[],
  codeCount: number,
  options: ModelOptions,
): Record<ModelSurface, Pool> {
  const size = poolNames.length + codeCount;
  const rowsOf = (surfaces: readonly ModelSurface[]): Pooled[] =>
    pooled.flatMap((row, i) => {
      const example = examples[i] as Example;
      return row !== undefined && surfaces.includes(example.surface) && isJudgedByText(example) ? [row] : [];
    });
  const common = { pull: 0.002, seed: options.network.seed, positiveFrom: 8 };
  const shared = trainPool(rowsOf(['definition', 'result', 'resource', 'prompt']), size, {
    ...common,
    prior: null,
  });
  const pools = {} as Record<ModelSurface, Pool>;
  for (const surface of modelSurfaces) {
    const prior = surface === 'arguments' ? null : shared;
    const own = rowsOf([surface]);
    const judgedRows = pooled.flatMap((row, i) => {
      const example = examples[i] as Example;
      return row !== undefined && example.surface === surface && isJudgedByText(example) ? [{ row, isOwn: example.row.source.startsWith('own:') }] : [];
    });
    const weights: PoolWeights =
      own.length === 0
        ? shared
        : trainPool(own, size, { ...common, prior, pull: prior === null ? 0.002 : 0.01 });
    const judged = judgedRows.map(({ row, isOwn }) => ({ isOwn, isMalicious: row.isMalicious, score: logitOf(weights, row.values) }));
    pools[surface] = { ...weights, threshold: thresholdOf(judged, options.targets[surface]), slope: 1 };
  }
  return pools;
}

/** Our own harmless rows are the hard ones by intent: three times as many of them may be flagged. */
function thresholdOf(judged: readonly (Judged & { readonly isOwn: boolean })[], target: number): number {
  const shared = judged.filter((row) => !row.isOwn);
  const own = thresholdAt(judged.filter((row) => row.isOwn), shared.length > 100 ? target * 3 : target);
  return shared.length > 100 ? Math.max(own, thresholdAt(shared, target)) : own;
}

/** Look-alike servers are told by their name alone. */
function isJudgedByText(example: Example): boolean {
  return example.row.category !== 'lookalike_server';
}

function logitOf({ bias, weights }: PoolWeights, values: Float32Array): number {
  let logit = bias;
  for (let j = 0; j < values.length; j += 1) logit += (values[j] as number) * (weights[j] as number);
  return logit;
}
