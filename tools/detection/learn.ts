import { type NetworkName, networkNames } from '@sallyport/detection/src/model/model-file.ts';
import type { Network } from '@sallyport/detection/src/model/network.ts';
import { emptyLogit } from '@sallyport/detection/src/model/pooling.ts';
import type { Example } from './dataset.ts';
import { applyNetwork, type TrainingOptions, trainNetwork } from './train-network.ts';
import { toTrainingSet } from './training-set.ts';

export type Networks = Readonly<Record<NetworkName, Network>>;

/** What a network learns from. That of texts learns from definitions and written arguments too: they give orders in the same words. */
function learnedBy(examples: readonly Example[], name: NetworkName): readonly Example[] {
  return examples.flatMap((example) => {
    if (name !== 'text') return example.surface === name ? [example] : [];
    if (example.surface !== 'arguments') return [example];
    return example.prose !== null && isWritten(example) ? [example.prose] : [];
  });
}

/** Arguments that are language: harmless ones, and those whose attack is addressed to a model. */
function isWritten({ isMalicious, isMade, row }: Example): boolean {
  return !isMade && (!isMalicious || row.category.startsWith('prompt_injection'));
}

/** Trains one network for each kind of text. */
export function trainNetworks(examples: readonly Example[], options: TrainingOptions): Networks {
  return Object.fromEntries(
    networkNames.map((name) => [name, trainNetwork(toTrainingSet(learnedBy(examples, name)).set, options)]),
  ) as Networks;
}

/** What the networks make of one example. */
export interface Reading {
  readonly logits: Float32Array;
  /** The highest logit of the network of texts, for arguments with sentences in them. */
  readonly textHighest: number;
}

/** Reads examples with trained networks. */
export function readWith(
  networks: Networks,
  examples: readonly Example[],
  options: TrainingOptions,
): readonly Reading[] {
  const logits = new Map<Example, Float32Array>();
  for (const name of networkNames) {
    const judged = examples.filter(({ surface }) =>
      name === 'text' ? surface !== 'definition' && surface !== 'arguments' : surface === name,
    );
    const prose =
      name === 'text' ? examples.flatMap((example) => (example.prose === null ? [] : [example.prose])) : [];
    const all = [...judged, ...prose];
    logitsOf(networks[name], all, options).forEach((one, i) => {
      logits.set(all[i] as Example, one);
    });
  }
  return examples.map((example) => ({
    logits: logits.get(example) ?? new Float32Array(0),
    textHighest:
      example.prose === null ? emptyLogit : Math.max(emptyLogit, ...(logits.get(example.prose) ?? [])),
  }));
}

function logitsOf(
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

/**
 * Reads examples with networks that never saw them: all of a fold are read by networks trained on the others and on
 * what is always seen.
 */
export function readAcross(facts: {
  readonly examples: readonly Example[];
  readonly always: readonly Example[];
  readonly foldOf: (example: Example, index: number) => number;
  readonly folds: number;
  readonly options: TrainingOptions;
}): readonly Reading[] {
  const { examples, always, foldOf, folds, options } = facts;
  const fold = examples.map(foldOf);
  // A row that the generator made of a host leaves with that host.
  const isMadeOf = (example: Example, held: number): boolean =>
    example.isMade && example.group.startsWith('made:own:') && foldOf(example, -1) === held;
  const out: Reading[] = examples.map(() => ({ logits: new Float32Array(0), textHighest: emptyLogit }));
  for (let held = 0; held < folds; held += 1) {
    const at = fold.flatMap((of, i) => (of === held ? [i] : []));
    if (at.length === 0) continue;
    const seen = [
      ...always.filter((example) => !isMadeOf(example, held)),
      ...examples.filter((_, i) => fold[i] !== held),
    ];
    const networks = trainNetworks(seen, options);
    const readings = readWith(
      networks,
      at.map((i) => examples[i] as Example),
      options,
    );
    at.forEach((i, k) => {
      out[i] = readings[k] as Reading;
    });
  }
  return out;
}
