/** The value below which `share` of the ascending samples lie; 0 for no samples. */
export function quantile(ascending: Float64Array, share: number): number {
  if (ascending.length === 0) return 0;
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? 0;
}

/** Median of a short list. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** One measured cell: a target at a number of calls in flight in one round. */
export interface Cell {
  readonly target: 'direct' | 'bare' | 'sallyport';
  readonly inFlight: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly callsPerS: number;
  readonly cpuUs: number;
  readonly rssMb: number;
}

function pick(cells: readonly Cell[], target: Cell['target'], inFlight: number): readonly Cell[] {
  return cells.filter((cell) => cell.target === target && cell.inFlight === inFlight);
}

const fixed = (value: number, digits = 3) => Number(value.toFixed(digits));

/** Prints the table (median of the rounds) and returns the closing object, keyed by calls in flight. */
export function report(cells: readonly Cell[], levels: readonly number[], print: (line: string) => void) {
  print('target     in-flight   p50 ms   p95 ms   p99 ms   calls/s   CPU µs/call   RSS MB');
  const summary: Record<string, Record<string, number>> = {};
  for (const level of levels) {
    for (const target of ['direct', 'bare', 'sallyport'] as const) {
      const rows = pick(cells, target, level);
      const col = (get: (cell: Cell) => number, digits: number, width: number) =>
        median(rows.map(get)).toFixed(digits).padStart(width);
      print(
        `${target.padEnd(10)} ${String(level).padStart(9)} ${col((c) => c.p50, 3, 8)} ${col((c) => c.p95, 3, 8)} ${col((c) => c.p99, 3, 8)} ${col((c) => c.callsPerS, 0, 9)} ${col((c) => c.cpuUs, 1, 13)} ${col((c) => c.rssMb, 0, 8)}`,
      );
    }
    const ours = pick(cells, 'sallyport', level);
    const bare = pick(cells, 'bare', level);
    const added = (get: (cell: Cell) => number) =>
      median(ours.map((cell, round) => get(cell) - get(bare[round] ?? cell)));
    summary[String(level)] = {
      added_p50_ms: fixed(added((cell) => cell.p50)),
      added_p99_ms: fixed(added((cell) => cell.p99)),
      cpu_us: fixed(median(ours.map((cell) => cell.cpuUs)), 1),
      cpu_ratio: fixed(median(ours.map((cell, round) => cell.cpuUs / (bare[round]?.cpuUs || 1))), 2),
      rss_mb: fixed(median(ours.map((cell) => cell.rssMb)), 0),
    };
  }
  return summary;
}
