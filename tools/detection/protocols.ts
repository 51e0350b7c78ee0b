import { findLookalike } from '@sallyport/detection/src/judge-context.ts';
import type { DetectionModel } from '@sallyport/detection/src/model/model-file.ts';
import type { Example } from './dataset.ts';
import type { Examples } from './examples.ts';
import type { Scored } from './figures.ts';
import { type Reading, readAcross, readWith } from './learn.ts';
import { type ModelOptions, modelOptions, scoreReadings, trainModel } from './train-model.ts';

/** A look-alike lifts the score, as in the detector. */
function withContext({ row }: Example, score: number): number {
  const found =
    row.surface === 'tool_definition' ? findLookalike(row.context?.server, row.context?.knownServers) : [];
  return found.reduce((most, { confidence }) => Math.max(most, confidence), score);
}

function toScored(
  model: Pick<DetectionModel, 'codes' | 'pools'>,
  examples: readonly Example[],
  readings: readonly Reading[],
): readonly Scored[] {
  const scores = scoreReadings(model, examples, readings);
  return examples.map((example, i) => ({
    row: example.row,
    score: withContext(example, scores[i] as number),
  }));
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
  const unseen = toScored(model, shared, readWith(model.networks, shared, options.network));
  return {
    model,
    unseen,
    heldOut: heldOut.map(({ example, score }) => ({ row: example.row, score: withContext(example, score) })),
  };
}

/**
 * As it ships: pools and thresholds from all rows, each row scored by networks that never saw its source. Thresholds
 * were chosen on these very scores, so the rates at the threshold flatter a little; the areas do not.
 */
export function shippedProtocol(
  { own, made, shared }: Examples,
  options: ModelOptions = modelOptions,
): readonly Scored[] {
  return trainModel([...own, ...made, ...shared], options)
    .heldOut.filter(({ example }) => !example.row.source.startsWith('own:'))
    .map(({ example, score }) => ({ row: example.row, score: withContext(example, score) }));
}

/** Shared rows in random folds, our own rows always in training: for contrast only, since rows of one source resemble each other. */
export function crossProtocol(
  { own, made, shared }: Examples,
  model: DetectionModel,
  folding: { readonly foldOf: (example: Example, index: number) => number; readonly folds: number },
  options: ModelOptions = modelOptions,
): readonly Scored[] {
  const readings = readAcross({
    examples: shared,
    always: [...own, ...made],
    ...folding,
    options: options.network,
  });
  return toScored(model, shared, readings);
}
