import { describe, expect, it } from 'vitest';
import { collectReport, type ReportSources } from './collect-report.ts';

const upstream = {
  serverId: 's',
  era: 'modern',
  version: '2026-07-28',
  transport: 'http',
  breaker: 'open',
  inFlight: 3,
  lastOkAt: null,
  lastFailAt: 5,
  lastError: 'upstream_unreachable',
  p50Ms: null,
  calls: 3,
  errors: 3,
} as const;

const nothing: ReportSources = {
  tenantIds: () => ['a', 'b'],
  health: () => [],
  openStreams: () => [],
  recentSessions: () => [],
};

describe('collectReport', () => {
  it('says nothing of a tenant of which there is nothing to say', () => {
    expect(collectReport(nothing).size).toBe(0);
  });

  it('keeps what is seen under the tenant it belongs to', () => {
    const report = collectReport({ ...nothing, health: (id) => (id === 'b' ? [upstream] : []) });
    expect([...report.keys()]).toEqual(['b']);
    expect(report.get('b')).toMatchObject({ upstreams: [upstream], streamCount: 0, sessionCount: 0 });
  });
});
