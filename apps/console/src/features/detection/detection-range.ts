import type { SeriesBucket } from '../../generated/graphql.ts';

export const detectionRanges = ['day', 'week', 'month'] as const;
export type DetectionRange = (typeof detectionRanges)[number];

const hourMs = 3_600_000;
const hours = { day: 24, week: 7 * 24, month: 30 * 24 } as const satisfies Record<DetectionRange, number>;
const buckets = { day: 'HOUR', week: 'HOUR', month: 'DAY' } as const satisfies Record<
  DetectionRange,
  SeriesBucket
>;

/** Whole hours, so that the query key changes once an hour; at most 168 bars. */
export function rangeBounds(
  range: DetectionRange,
  nowMs: number,
): { readonly from: string; readonly to: string; readonly bucket: SeriesBucket } {
  const to = Math.ceil((nowMs + 1) / hourMs) * hourMs;
  const from = to - hours[range] * hourMs;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), bucket: buckets[range] };
}

export interface ActionSums {
  readonly block: number;
  readonly mask: number;
  readonly tokenise: number;
  readonly alert: number;
  readonly monitor: number;
}

/** The sums of some rows. */
export function sumActions(rows: readonly ActionSums[]): ActionSums {
  const sums = { block: 0, mask: 0, tokenise: 0, alert: 0, monitor: 0 };
  for (const row of rows) {
    sums.block += row.block;
    sums.mask += row.mask;
    sums.tokenise += row.tokenise;
    sums.alert += row.alert;
    sums.monitor += row.monitor;
  }
  return sums;
}

/** How often anything was found. */
export function totalOf({ block, mask, tokenise, alert, monitor }: ActionSums): number {
  return block + mask + tokenise + alert + monitor;
}

interface Bucket extends ActionSums {
  readonly at: string;
  readonly overridden: number;
}

/** Several buckets as one, so that a week is drawn in bars wide enough to be told apart. */
export function mergeBuckets(buckets: readonly Bucket[], size: number): readonly Bucket[] {
  const merged: Bucket[] = [];
  for (let at = 0; at < buckets.length; at += size) {
    const group = buckets.slice(at, at + size);
    const [first] = group;
    if (!first) break;
    const overridden = group.reduce((sum, bucket) => sum + bucket.overridden, 0);
    merged.push({ at: first.at, ...sumActions(group), overridden });
  }
  return merged;
}

/** Buckets that become one bar. */
export const barSize = { day: 1, week: 6, month: 1 } as const satisfies Record<DetectionRange, number>;
