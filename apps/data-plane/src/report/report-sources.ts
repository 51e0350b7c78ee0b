import type { StreamReport, UpstreamReport } from '@sallyport/bus';
import { installationTenantId } from '@sallyport/snapshot';
import type { CallState } from '../call/call.ts';
import type { LoadedConfig } from '../config/loaded-config.ts';
import type { ReportSources } from './collect-report.ts';

export interface ReportParts {
  readonly config: Pick<LoadedConfig, 'tenantIds' | 'tenantById'>;
  readonly running: Iterable<CallState>;
}

/** A call that ends soon is no stream anybody wants to see. */
const shownAfterMs = 500;

/** Reads a worker's own parts for its report. */
export function createReportSources({ config, running }: ReportParts): ReportSources {
  return {
    tenantIds: () => config.tenantIds().filter((id) => id !== installationTenantId),
    health: (tenantId) => {
      const upstreams = config.tenantById(tenantId)?.upstreams.values() ?? [];
      return Array.from(upstreams, toHealth);
    },
    openStreams: (tenantId) => longCalls(running, tenantId, Date.now()),
    recentSessions: () => [],
  };
}

function toHealth(upstream: {
  readonly server: { readonly id: string };
  readonly circuit: string;
  readonly inFlight: number;
  readonly outbound: { circuitState(circuit: string): UpstreamReport['breaker'] };
}): UpstreamReport {
  return {
    serverId: upstream.server.id,
    era: null,
    version: null,
    transport: null,
    breaker: upstream.outbound.circuitState(upstream.circuit),
    inFlight: upstream.inFlight,
    lastOkAt: null,
    lastFailAt: null,
    lastError: null,
    p50Ms: null,
    calls: 0,
    errors: 0,
  };
}

/** Calls that have run for a while: an agent waits for their answer on an open response. */
function longCalls(running: Iterable<CallState>, tenantId: string, nowMs: number): readonly StreamReport[] {
  const found: StreamReport[] = [];
  for (const call of running) {
    if (call.tenant?.id !== tenantId || !call.endpoint || !call.principal) continue;
    if (nowMs - call.atMs < shownAfterMs) continue;
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
