import { type ModelSurface, modelSurfaces } from '@sallyport/detection/src/model/dense-names.ts';
import type { DetectionModel, Pool } from '@sallyport/detection/src/model/model-file.ts';
import { poolDocument, poolNames } from '@sallyport/detection/src/model/pooling.ts';
import { scoreOf } from '@sallyport/detection/src/model/score.ts';
import type { Example } from './dataset.ts';
import { sourceFold } from './fold-of.ts';
import { type Reading, readAcross, trainNetworks } from './learn.ts';
import { type Judged, thresholdAt } from './measure.ts';
import { type TrainingOptions, usualOptions } from './train-network.ts';
import { logitOf, type Pooled, type PoolWeights, trainPool } from './train-pool.ts';

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
  targets: { definition: 0.006, result: 0.008, resource: 0.02, prompt: 0.02, arguments: 0.006 },
  useRules: true,
};

/** A real row, scored by networks that never saw its source. */
export interface HeldOut {
  readonly example: Example;
  readonly score: number;
}

/** Trains networks, pools and thresholds. The same examples give the same model. */
export function trainModel(
  examples: readonly Example[],
  options: ModelOptions = modelOptions,
): { readonly model: DetectionModel; readonly heldOut: readonly HeldOut[] } {
  const codes = collectCodes(examples, options.useRules);
  const real = examples.filter((example) => !example.isMade);
  const readings = readAcross({
    examples: real,
    always: examples.filter((example) => example.isMade),
    foldOf: (example) => sourceFold(example.group, options.folds),
    folds: options.folds,
    options: options.network,
  });
  const pooled = real.map((example, i) => poolExample(example, readings[i] as Reading, codes));
  const pools = trainPools(pooled, poolNames.length + codes.size, options);
  const networks = trainNetworks(examples, options.network);
  const model: DetectionModel = { version: '1', networks, codes, pools };
  const scores = scoreReadings(model, real, readings);
  const heldOut = real.map((example, i) => ({ example, score: scores[i] as number }));
  return { model, heldOut };
}

/** Scores examples with the pools of a model. */
export function scoreReadings(
  model: Pick<DetectionModel, 'codes' | 'pools'>,
  examples: readonly Example[],
  readings: readonly Reading[],
): readonly number[] {
  return examples.map((example, i) => {
    const values = valuesOf(example, readings[i] as Reading, model.codes, true);
    return scoreOf(model.pools[example.surface], values);
  });
}

function collectCodes(examples: readonly Example[], useRules: boolean): ReadonlyMap<string, number> {
  const codes = new Set<string>();
  if (useRules) for (const { findings } of examples) for (const { code } of findings) codes.add(code);
  return new Map([...codes].sort().map((code, i) => [code, i]));
}

interface PooledExample extends Pooled {
  readonly example: Example;
}

function poolExample(example: Example, reading: Reading, codes: ReadonlyMap<string, number>): PooledExample {
  const values = valuesOf(example, reading, codes, !hidesRules(example));
  return {
    example,
    values,
    isMalicious: example.isMalicious,
    weight: example.row.ambiguous === true ? 0.2 : 1,
  };
}

function valuesOf(
  example: Example,
  { logits, textHighest }: Reading,
  codes: ReadonlyMap<string, number>,
  seesRules: boolean,
): Float32Array {
  const values = new Float32Array(poolNames.length + codes.size);
  poolDocument({
    document: example.document,
    logits,
    textHighest,
    findings: seesRules && codes.size > 0 ? example.findings : [],
    codes,
    hasPrevious: example.row.context?.previous !== undefined,
    foreignTools: example.foreignTools,
    out: values,
  });
  return values;
}

const isOwn = ({ row }: Example): boolean => row.source.startsWith('own:');

/** The rules were written beside the shared rows: on those attacks they say more than they will elsewhere. */
function hidesRules(example: Example): boolean {
  return example.isMalicious && !isOwn(example);
}

function trainPools(
  rows: readonly PooledExample[],
  size: number,
  options: ModelOptions,
): Record<ModelSurface, Pool> {
  const judged = rows.filter(({ example }) => example.row.category !== 'lookalike_server');
  const common = { size, seed: options.network.seed };
  const texts = judged.filter(({ example }) => example.surface !== 'arguments');
  const shared = trainPool(texts, { ...common, prior: null, pull: 0.002 });
  const entries = modelSurfaces.map((surface) => {
    const own = judged.filter(({ example }) => example.surface === surface);
    const isText = surface !== 'arguments';
    const weights =
      own.length === 0
        ? shared
        : trainPool(own, { ...common, prior: isText ? shared : null, pull: isText ? 0.01 : 0.002 });
    return [
      surface,
      { ...weights, threshold: thresholdOf(own, weights, options.targets[surface]), slope: 1 },
    ] as const;
  });
  return Object.fromEntries(entries) as Record<ModelSurface, Pool>;
}

const enough = 100;
/** Our own harmless rows are the hard ones by intent: more of them may be flagged. */
const hardShare = 4;

function thresholdOf(rows: readonly PooledExample[], weights: PoolWeights, target: number): number {
  const judged = (part: readonly PooledExample[]): readonly Judged[] =>
    part.map((row) => ({ isMalicious: row.isMalicious, score: logitOf(weights, row.values) }));
  const shared = rows.filter(({ example }) => !isOwn(example));
  const own = judged(rows.filter(({ example }) => isOwn(example)));
  if (shared.filter((row) => !row.isMalicious).length < enough) return thresholdAt(own, target);
  return Math.max(thresholdAt(own, target * hardShare), thresholdAt(judged(shared), target));
}
