import type { SessionReport, StreamReport, TenantReport, UpstreamReport } from '@sallyport/bus';

/** Where a worker's report comes from: what its parts know of one tenant at this moment. */
export interface ReportSources {
  tenantIds(): readonly string[];
  health(tenantId: string): readonly UpstreamReport[];
  openStreams(tenantId: string): readonly StreamReport[];
  recentSessions(tenantId: string): readonly SessionReport[];
}

/** Gathers what the worker sees, tenant by tenant; one with nothing to tell is left out. */
export function collectReport(sources: ReportSources): ReadonlyMap<string, TenantReport> {
  const tenants = new Map<string, TenantReport>();
  for (const tenantId of sources.tenantIds()) {
    const upstreams = [...sources.health(tenantId)];
    const streams = [...sources.openStreams(tenantId)];
    const sessions = [...sources.recentSessions(tenantId)];
    if (upstreams.length + streams.length + sessions.length === 0) continue;
    const counts = { streamCount: streams.length, sessionCount: sessions.length };
    tenants.set(tenantId, { upstreams, streams, sessions, ...counts });
  }
  return tenants;
}
