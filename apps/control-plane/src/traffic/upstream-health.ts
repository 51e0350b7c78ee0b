import type { UpstreamReport } from '@sallyport/bus';

/** How an upstream server is doing, as far as the workers know. */
export type UpstreamState = 'up' | 'degraded' | 'down' | 'unknown';

export interface WorkerView {
  readonly workerId: string;
  readonly upstream: UpstreamReport;
}

export interface MergedHealth {
  readonly state: UpstreamState;
  readonly breaker: UpstreamReport['breaker'];
  readonly era: UpstreamReport['era'];
  readonly version: string | null;
  readonly transport: string | null;
  readonly inFlight: number;
  readonly calls: number;
  readonly errors: number;
  readonly lastOkAt: number | null;
  readonly lastFailAt: number | null;
  /** Of the newest failure. */
  readonly lastError: string | null;
  readonly p50Ms: number | null;
}

/** What one worker alone would say. */
export function stateOf({ breaker, lastOkAt, lastFailAt }: UpstreamReport): UpstreamState {
  if (breaker === 'open') return 'down';
  if (lastFailAt !== null && lastFailAt >= (lastOkAt ?? 0)) return lastOkAt === null ? 'down' : 'degraded';
  if (breaker === 'probing') return 'degraded';
  return lastOkAt === null ? 'unknown' : 'up';
}

const breakerRank = { closed: 0, probing: 1, open: 2 } as const;

/** One answer out of those of all workers: down only where every worker that tried says so. */
export function mergeHealth(views: readonly WorkerView[]): MergedHealth {
  const reports = views.map(({ upstream }) => upstream);
  const byTime = [...reports].sort((a, b) => (b.lastFailAt ?? 0) - (a.lastFailAt ?? 0));
  const spoken = newest(reports);
  return {
    state: mergedState(reports.map(stateOf)),
    breaker: reports.reduce<UpstreamReport['breaker']>(
      (worst, { breaker }) => (breakerRank[breaker] > breakerRank[worst] ? breaker : worst),
      'closed',
    ),
    era: spoken?.era ?? null,
    version: spoken?.version ?? null,
    transport: spoken?.transport ?? null,
    inFlight: sum(reports, (report) => report.inFlight),
    calls: sum(reports, (report) => report.calls),
    errors: sum(reports, (report) => report.errors),
    lastOkAt: latest(reports.map((report) => report.lastOkAt)),
    lastFailAt: latest(reports.map((report) => report.lastFailAt)),
    lastError: byTime[0]?.lastError ?? null,
    p50Ms: weightedP50(reports),
  };
}

function mergedState(states: readonly UpstreamState[]): UpstreamState {
  const tried = states.filter((state) => state !== 'unknown');
  if (tried.length === 0) return 'unknown';
  if (tried.every((state) => state === 'down')) return 'down';
  return tried.every((state) => state === 'up') ? 'up' : 'degraded';
}

/** The report of the worker that spoke with the upstream last: what it speaks now. */
function newest(reports: readonly UpstreamReport[]): UpstreamReport | undefined {
  return [...reports]
    .filter((report) => report.version !== null)
    .sort((a, b) => (b.lastOkAt ?? 0) - (a.lastOkAt ?? 0))[0];
}

/** Medians cannot be added; the mean of them, weighted by calls, says enough for a screen. */
function weightedP50(reports: readonly UpstreamReport[]): number | null {
  let weight = 0;
  let total = 0;
  for (const { p50Ms, calls } of reports) {
    if (p50Ms === null) continue;
    weight += Math.max(1, calls);
    total += p50Ms * Math.max(1, calls);
  }
  return weight === 0 ? null : total / weight;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}
