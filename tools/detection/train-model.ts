import { type ModelSurface, modelSurfaces } from '../../libs/detection/src/model/dense-features.ts';
import {
  type DetectionModel,
  type NetworkName,
  networkNameOf,
  networkNames,
  type Pool,
} from '../../libs/detection/src/model/model-file.ts';
import type { Network } from '../../libs/detection/src/model/network.ts';
import { emptyLogit, poolDocument, poolNames } from '../../libs/detection/src/model/pooling.ts';
import type { Row } from './corpus.ts';
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

/** One source in ten is never trained on, so that a check can compare figures without training. */
export function isKeptOut(row: Row): boolean {
  return row.source.startsWith('own:') && foldOf(row.source, 10) === 3;
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

/** The network of texts learns from definitions too: they give orders in the same words. */
export function isLearned(example: Example, name: NetworkName): boolean {
  return name === 'text' ? example.surface !== 'arguments' : example.surface === name;
}

export function isJudgedBy(example: Example, name: NetworkName): boolean {
  return networkNameOf(example.surface) === name;
}

/** Trains networks, pools and thresholds. The same examples give the same model. */
export function trainModel(
  examples: readonly Example[],
  options: ModelOptions = modelOptions,
): { readonly model: DetectionModel; readonly heldOut: readonly HeldOut[] } {
  const codes = collectCodes(examples, options.useRules);
  const heldLogits = crossLogits(examples, options);
  const networks = Object.fromEntries(
    networkNames.map((name) => [
      name,
      trainOn(
        examples.filter((e) => isLearned(e, name)),
        options.network,
      ),
    ]),
  ) as DetectionModel['networks'];
  const pooled = poolAll(examples, heldLogits, codes);
  const pools = trainPools(examples, pooled, codes.size, options);
  const model: DetectionModel = { version: '1', networks, codes, pools };
  const heldOut = examples.flatMap((example, i) => {
    const row = pooled[i];
    return row === undefined ? [] : [{ example, score: scoreOf(pools[example.surface], row.values) }];
  });
  return { model, heldOut };
}

export function scoreOf(pool: Pool, values: Float32Array): number {
  let logit = pool.bias;
  for (let j = 0; j < values.length; j += 1) logit += (values[j] as number) * (pool.weights[j] as number);
  return 1 / (1 + Math.exp(-(logit - pool.threshold) * pool.slope));
}

export function trainOn(examples: readonly Example[], options: TrainingOptions) {
  return trainNetwork(toTrainingSet(examples).set, options);
}

/** Scores examples with networks of their own and the pools of a model. */
export function scoreWith(
  model: Pick<DetectionModel, 'codes' | 'pools'>,
  examples: readonly Example[],
  logits: readonly (Float32Array | undefined)[],
  options: { readonly useRules: boolean },
): readonly number[] {
  return examples.map((example, i) => {
    const values = new Float32Array(poolNames.length + model.codes.size);
    poolDocument({
      document: example.document,
      logits: logits[i] ?? new Float32Array(0),
      findings: options.useRules ? example.findings : [],
      codes: model.codes,
      hasPrevious: example.row.context?.previous !== undefined,
      out: values,
    });
    return scoreOf(model.pools[example.surface], values);
  });
}

/** Logits of examples by a network. */
export function logitsOf(
  network: Network,
  examples: readonly Example[],
  options: TrainingOptions,
): readonly Float32Array[] {
  if (examples.length === 0) return [];
  const { set, of, at } = toTrainingSet(examples);
  const out = examples.map(({ labels }) => new Float32Array(labels.length).fill(emptyLogit));
  applyNetwork(network, set, options).forEach((logit, k) => {
    const logits = out[of[k] as number];
    if (logits !== undefined) logits[at[k] as number] = logit;
  });
  return out;
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
export function crossLogits(
  examples: readonly Example[],
  options: ModelOptions,
): readonly (Float32Array | undefined)[] {
  const out: (Float32Array | undefined)[] = examples.map(() => undefined);
  for (const name of networkNames) {
    const at = examples.flatMap((example, i) => (isLearned(example, name) ? [i] : []));
    if (at.length === 0) continue;
    for (let fold = 0; fold < options.folds; fold += 1) {
      const isIn = (i: number): boolean => foldOf((examples[i] as Example).group, options.folds) === fold;
      const held = at.filter(
        (i) => isIn(i) && isJudgedBy(examples[i] as Example, name) && !(examples[i] as Example).isMade,
      );
      if (held.length === 0) continue;
      const seen = at.filter((i) => !isIn(i)).map((i) => examples[i] as Example);
      const network = trainOn(seen, options.network);
      const logits = logitsOf(
        network,
        held.map((i) => examples[i] as Example),
        options.network,
      );
      held.forEach((i, h) => {
        out[i] = logits[h];
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
      return row !== undefined && example.surface === surface && isJudgedByText(example)
        ? [{ row, isOwn: example.row.source.startsWith('own:') }]
        : [];
    });
    const weights: PoolWeights =
      own.length === 0
        ? shared
        : trainPool(own, size, { ...common, prior, pull: prior === null ? 0.002 : 0.01 });
    const judged = judgedRows.map(({ row, isOwn }) => ({
      isOwn,
      isMalicious: row.isMalicious,
      score: logitOf(weights, row.values),
    }));
    pools[surface] = { ...weights, threshold: thresholdOf(judged, options.targets[surface]), slope: 1 };
  }
  return pools;
}

/** Our own harmless rows are the hard ones by intent: three times as many of them may be flagged. */
function thresholdOf(judged: readonly (Judged & { readonly isOwn: boolean })[], target: number): number {
  const shared = judged.filter((row) => !row.isOwn);
  const own = thresholdAt(
    judged.filter((row) => row.isOwn),
    shared.length > 100 ? target * 3 : target,
  );
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
