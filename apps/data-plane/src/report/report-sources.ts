import type { StreamReport } from '@sallyport/bus';
import { installationTenantId } from '@sallyport/snapshot';
import type { CallState } from '../call/call.ts';
import type { LoadedConfig } from '../config/loaded-config.ts';
import type { ReportSources } from './collect-report.ts';

export interface ReportParts {
  readonly config: Pick<LoadedConfig, 'tenantIds'>;
  readonly running: Iterable<CallState>;
  readonly health: ReportSources['health'];
  readonly openStreams: ReportSources['openStreams'];
  readonly recentSessions: ReportSources['recentSessions'];
}

/** A call that ends soon is no stream anybody wants to see. */
const shownAfterMs = 500;

/** Reads a worker's own parts for its report. */
export function createReportSources(parts: ReportParts): ReportSources {
  const { config, running, openStreams, health, recentSessions } = parts;
  return {
    tenantIds: () => config.tenantIds().filter((id) => id !== installationTenantId),
    health,
    // Calls are told by themselves, with those that answer in one piece.
    openStreams: (tenantId) => [
      ...openStreams(tenantId).filter(({ kind }) => kind !== 'call'),
      ...longCalls(running, tenantId, Date.now()),
    ],
    recentSessions,
  };
}

/** Calls that have run for a while: an agent waits for their answer on an open response. */
function longCalls(running: Iterable<CallState>, tenantId: string, nowMs: number): readonly StreamReport[] {
  const found: StreamReport[] = [];
  for (const call of running) {
    if (call.tenant?.id !== tenantId || !call.endpoint || !call.principal) continue;
    if (nowMs - call.atMs < shownAfterMs || call.subscription !== null) continue;
    found.push({
      id: call.callId,
      kind: 'call',
      endpointId: call.endpoint.id,
      keyId: call.principal.key.id,
      client: call.client,
      version: call.version,
      openedAt: call.atMs,
    });
  }
  return found;
}
