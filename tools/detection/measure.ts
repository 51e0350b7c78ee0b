/** A judged row. */
export interface Judged {
  readonly isMalicious: boolean;
  readonly score: number;
}

/** Area under the ROC curve; ties count half. */
export function rocAuc(rows: readonly Judged[]): number {
  const sorted = [...rows].sort((a, b) => a.score - b.score);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (j < sorted.length && sorted[j]?.score === sorted[i]?.score) j += 1;
    for (let k = i; k < j; k += 1) {
      if (sorted[k]?.isMalicious) {
        positives += 1;
        rankSum += (i + j + 1) / 2;
      }
    }
    i = j;
  }
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** The lowest threshold at which at most `share` of the benign rows reach it. */
export function thresholdAt(rows: readonly Judged[], share: number): number {
  const benign = rows
    .filter((row) => !row.isMalicious)
    .map((row) => row.score)
    .sort((a, b) => b - a);
  const allowed = Math.floor(benign.length * share);
  return (benign[allowed] ?? 0) + 1e-9;
}

/** Share of attacks found where at most `share` of the benign rows are. */
export function recallAt(rows: readonly Judged[], share: number): number {
  const threshold = thresholdAt(rows, share);
  const attacks = rows.filter((row) => row.isMalicious);
  return attacks.filter((row) => row.score >= threshold).length / attacks.length;
}

/** Wilson interval of a share, 95 %. */
export function wilson(hits: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const p = hits / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
