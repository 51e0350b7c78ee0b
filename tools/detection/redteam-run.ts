import type { Detector } from '@sallyport/detection/src/detector.ts';
import type { Row } from './corpus.ts';
import { judgeRow } from './judge-rows.ts';
import type { Variant } from './redteam-variants.ts';

/** A variant and what the detector made of it. */
export interface Tried {
  readonly variant: Variant;
  readonly score: number;
  readonly isCaught: boolean;
}

/** How much of what was said before is judged together with the next frame; as the gateway keeps it. */
const carried = 2048;

/** Runs variants through the detector; pieces are judged one by one and, as in the gateway, across their seam. */
export function tryVariants(detector: Detector, variants: readonly Variant[]): readonly Tried[] {
  return variants.map((variant) => {
    let score = 0;
    for (const row of [...variant.rows, ...seamOf(variant.rows)])
      score = Math.max(score, judgeRow(detector, row).score);
    return { variant, score, isCaught: score >= 0.5 };
  });
}

function seamOf(rows: readonly Row[]): readonly Row[] {
  const [first, second] = rows;
  if (first?.text === undefined || second?.text === undefined) return [];
  return [{ ...second, text: `${first.text.slice(-carried)} ${second.text.slice(0, carried)}` }];
}

/** Caught and all. */
export type Caught = readonly [caught: number, of: number];

/** Counts by a word of each variant. */
export function countBy(
  tried: readonly Tried[],
  word: (variant: Variant) => string,
): ReadonlyMap<string, Caught> {
  const counts = new Map<string, Caught>();
  for (const { variant, isCaught } of tried) {
    const key = word(variant);
    const [caught, of] = counts.get(key) ?? [0, 0];
    counts.set(key, [caught + (isCaught ? 1 : 0), of + 1]);
  }
  return counts;
}

/** Caught of all that were tried. */
export function recallOfAll(tried: readonly Tried[]): Caught {
  return [tried.filter(({ isCaught }) => isCaught).length, tried.length];
}
