import type { UpstreamReport } from '@sallyport/bus';
import { describe, expect, it } from 'vitest';
import { mergeHealth } from './upstream-health.ts';

const quiet: UpstreamReport = {
  serverId: 's',
  era: null,
  version: null,
  transport: null,
  breaker: 'closed',
  inFlight: 0,
  lastOkAt: null,
  lastFailAt: null,
  lastError: null,
  p50Ms: null,
  calls: 0,
  errors: 0,
};
const good: UpstreamReport = {
  ...quiet,
  lastOkAt: 100,
  version: '2026-07-28',
  era: 'modern',
  calls: 10,
  p50Ms: 5,
};
const open: UpstreamReport = { ...good, breaker: 'open', lastFailAt: 200, lastError: 'timeout', errors: 3 };
const merge = (...reports: UpstreamReport[]) =>
  mergeHealth(reports.map((upstream, i) => ({ workerId: `w${i}`, upstream })));

describe('mergeHealth', () => {
  it('knows nothing where nobody tried', () => {
    expect(merge().state).toBe('unknown');
    expect(merge(quiet, quiet).state).toBe('unknown');
  });

  it('is down only where every worker that tried says so', () => {
    expect(merge(open, quiet).state).toBe('down');
    expect(merge(open, good).state).toBe('degraded');
    expect(merge({ ...quiet, lastFailAt: 1 }).state).toBe('down');
  });

  it('is degraded while the last call failed, and up again after a good one', () => {
    expect(merge({ ...good, lastFailAt: 150 }).state).toBe('degraded');
    expect(merge({ ...good, lastFailAt: 50 }).state).toBe('up');
  });

  it('adds counts and keeps the newest of the rest', () => {
    expect(merge(good, open)).toMatchObject({
      calls: 20,
      errors: 3,
      breaker: 'open',
      lastFailAt: 200,
      lastError: 'timeout',
      version: '2026-07-28',
      p50Ms: 5,
    });
  });
});
