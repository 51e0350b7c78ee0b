import type { Example } from './dataset.ts';
import type { TrainingSet } from './train-network.ts';

/** Lays the segments of examples out for training; `of` and `at` name the example and the segment of each row. */
export function toTrainingSet(examples: readonly Example[]): {
  readonly set: TrainingSet;
  readonly of: Int32Array;
  readonly at: Int32Array;
} {
  const places = examples.flatMap((example, of) =>
    Array.from(example.labels, (label, at) => ({ example, of, at, label })).filter(
      ({ at }) => example.isEmpty[at] !== 1,
    ),
  );
  const set: TrainingSet = {
    width: examples[0]?.width ?? 0,
    rows: places.map(({ example }) => example.rows),
    rowAt: Int32Array.from(places, ({ example, at }) => at * example.width),
    sparse: places.map(({ example, at }) => example.sparse[at] as Int32Array),
    labels: Int8Array.from(places, ({ label }) => label),
    weights: Float32Array.from(places, ({ example, label }) => weightOf(example, label)),
    bags: bagsOf(places),
  };
  return { set, of: Int32Array.from(places, ({ of }) => of), at: Int32Array.from(places, ({ at }) => at) };
}

/** Attacks weigh more, for they are few; segments of a long document less, for they are many. */
function weightOf(example: Example, label: number): number {
  const share = (example.isMade ? 0.7 : 1) * (example.row.ambiguous === true ? 0.15 : 1);
  if (!example.isMalicious) return share / example.labels.length ** 0.25;
  return share * (label === 0 ? 0.5 : 3);
}

/** Segments of one row of which at least one is an attack. */
function bagsOf(places: readonly { readonly of: number; readonly label: number }[]): number[][] {
  const bags = new Map<number, number[]>();
  places.forEach(({ of, label }, i) => {
    if (label !== -1) return;
    const bag = bags.get(of) ?? [];
    bags.set(of, bag);
    bag.push(i);
  });
  return [...bags.values()];
}
