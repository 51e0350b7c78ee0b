import { type DetectionModel, networkNames } from '../../libs/detection/src/model/model-file.ts';
import { findChange, findForeignTools, findLookalike } from '../../libs/detection/src/judge-context.ts';
import type { Example } from './dataset.ts';
import type { Examples } from './examples.ts';
import type { Scored } from './figures.ts';
import {
  isJudgedBy,
  isLearned,
  logitsOf,
  type ModelOptions,
  modelOptions,
  scoreWith,
  trainModel,
  trainOn,
} from './train-model.ts';

/** Scores with the pools of a model and the logits its networks give; what the neighbourhood tells is added as in the detector. */
function scoreAll(
  model: Pick<DetectionModel, 'codes' | 'pools'>,
  examples: readonly Example[],
  logits: readonly (Float32Array | undefined)[],
  options: ModelOptions,
): readonly Scored[] {
  const scores = scoreWith(model, examples, logits, options);
  return examples.map((example, i) => ({
    row: example.row,
    score: withContext(example, scores[i] as number),
  }));
}

function withContext({ row }: Example, score: number): number {
  const { context } = row;
  if (row.surface !== 'tool_definition' || context === undefined) return score;
  const extra = [
    ...findLookalike(context.server, context.knownServers),
    ...findForeignTools(row.tool, context.server, context.knownTools),
    ...findChange(row.tool, context.previous),
  ];
  return extra.reduce(
    (most, { severity, confidence }) => (severity === 'low' ? most : Math.max(most, confidence)),
    score,
  );
}

function logitsOfBoth(
  model: DetectionModel,
  examples: readonly Example[],
  options: ModelOptions,
): readonly Float32Array[] {
  const out: Float32Array[] = examples.map(() => new Float32Array(0));
  for (const name of networkNames) {
    const at = examples.flatMap((example, i) => (isJudgedBy(example, name) ? [i] : []));
    const logits = logitsOf(
      model.networks[name],
      at.map((i) => examples[i] as Example),
      options.network,
    );
    at.forEach((i, k) => {
      out[i] = logits[k] as Float32Array;
    });
  }
  return out;
}

/** Trained on our own rows and what the generator makes of them; scored on the shared rows, which it never saw. */
export function unseenProtocol(
  { own, made, shared }: Examples,
  options: ModelOptions = modelOptions,
): {
  readonly model: DetectionModel;
  readonly unseen: readonly Scored[];
  readonly heldOut: readonly Scored[];
} {
  const { model, heldOut } = trainModel([...own, ...made], options);
  const unseen = scoreAll(model, shared, logitsOfBoth(model, shared, options), options);
  return {
    model,
    unseen,
    heldOut: heldOut.map(({ example, score }) => ({ row: example.row, score: withContext(example, score) })),
  };
}

/**
 * Shared rows in folds, our own rows always in training. By source: no row of a source that is scored was trained on.
 * At random: for contrast only, since rows of one source resemble each other.
 */
export function crossProtocol(
  { own, made, shared }: Examples,
  model: DetectionModel,
  foldOf: (example: Example, index: number) => number,
  folds: number,
  options: ModelOptions = modelOptions,
): readonly Scored[] {
  const logits: (Float32Array | undefined)[] = shared.map(() => undefined);
  for (let fold = 0; fold < folds; fold += 1) {
    for (const name of networkNames) {
      const held = shared.flatMap((example, i) =>
        isJudgedBy(example, name) && foldOf(example, i) === fold ? [i] : [],
      );
      if (held.length === 0) continue;
      const seen = shared.filter((_, i) => foldOf(shared[i] as Example, i) !== fold);
      const learned = [...own, ...made, ...seen].filter((example) => isLearned(example, name));
      const network = trainOn(learned, options.network);
      const found = logitsOf(
        network,
        held.map((i) => shared[i] as Example),
        options.network,
      );
      held.forEach((i, k) => {
        logits[i] = found[k];
      });
    }
  }
  return scoreAll(model, shared, logits, options);
}
