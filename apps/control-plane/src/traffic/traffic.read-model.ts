import type { SessionReport, StreamReport } from '@sallyport/bus';
import { type Clock, toWireId } from '@sallyport/kernel';
import type { Bus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import type {
  BreakerState,
  OpenConnectionsModel,
  StreamKind,
  UpstreamHealthModel,
  UpstreamState,
} from './traffic.model.ts';
import { mergeHealth, stateOf, type WorkerView } from './upstream-health.ts';

type WorkerReports = Awaited<ReturnType<Bus['workerReports']>>;

const stateOrder = ['DOWN', 'DEGRADED', 'UNKNOWN', 'UP'] as const;

/** What an endpoint says of the servers it shows. */
const shownServers = {
  id: true,
  name: true,
  selection: true,
  items: { where: { hidden: false }, select: { tool: { select: { serverId: true } } } },
} as const;

interface EndpointRow {
  readonly id: string;
  readonly name: string;
  readonly selection: 'all' | 'chosen';
  readonly items: readonly { readonly tool: { readonly serverId: string } }[];
}

/** The endpoints on which agents miss a server when it is down. */
function endpointsShowing(serverId: string, endpoints: readonly EndpointRow[]) {
  return endpoints
    .filter(
      ({ selection, items }) => selection === 'all' || items.some(({ tool }) => tool.serverId === serverId),
    )
    .map((row) => ({ id: toWireId('endpoint', row.id), name: row.name }));
}

const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
const upper = <T extends string>(text: T) => text.toUpperCase() as Uppercase<T>;

/** What the workers see at this moment, in the words of the tenant's own rows. */
export class TrafficReadModel {
  constructor(
    private readonly db: Database,
    private readonly bus: Pick<Bus, 'workerReports'>,
    private readonly clock: Clock,
  ) {}

  /** Every server that agents can reach, those in trouble first. Without Redis nothing is known. */
  async upstreams(tenantId: string): Promise<readonly UpstreamHealthModel[]> {
    const reports = await this.reports(tenantId);
    const { servers, endpoints } = await this.db.withTenant(tenantId, async (tx) => ({
      servers: await tx.server.findMany({
        where: { state: 'published' },
        select: { id: true, name: true },
        orderBy: { name: 'asc' },
      }),
      endpoints: await tx.endpoint.findMany({ select: shownServers, orderBy: { name: 'asc' } }),
    }));
    const views = viewsByServer(reports);
    const models = servers.map((server): UpstreamHealthModel => {
      const { workers, ...health } = toHealth(views.get(server.id) ?? []);
      const ref = { id: toWireId('server', server.id), name: server.name };
      return { server: ref, ...health, workers, endpoints: endpointsShowing(server.id, endpoints) };
    });
    return models.sort((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state));
  }

  /** Streams and sessions of the tenant's agents, the newest first. */
  async connections(tenantId: string): Promise<OpenConnectionsModel> {
    const reports = await this.reports(tenantId);
    const streams = reports.flatMap(({ workerId, report }) =>
      report.streams.map((stream) => ({ ...stream, worker: workerId })),
    );
    const sessions = reports.flatMap(({ workerId, report }) =>
      report.sessions.map((session) => ({ ...session, worker: workerId })),
    );
    const name = await this.names(tenantId, [...streams, ...sessions]);
    return {
      streams: streams
        .sort((a, b) => b.openedAt - a.openedAt)
        .map((stream) => ({
          ...name(stream),
          id: `${stream.worker}/${stream.id}`,
          kind: upper(stream.kind) satisfies StreamKind,
          openedAt: new Date(stream.openedAt),
          worker: stream.worker,
        })),
      streamCount: sum(reports, ({ report }) => report.streamCount),
      sessions: sessions
        .sort((a, b) => b.lastSeenAt - a.lastSeenAt)
        .map((session) => ({
          ...name(session),
          id: `${session.worker}/${session.id}`,
          startedAt: new Date(session.startedAt),
          lastSeenAt: new Date(session.lastSeenAt),
          worker: session.worker,
        })),
      sessionCount: sum(reports, ({ report }) => report.sessionCount),
      workers: reports.length,
    };
  }

  private async reports(tenantId: string): Promise<WorkerReports> {
    try {
      return await this.bus.workerReports(tenantId, this.clock.nowMs());
    } catch {
      return [];
    }
  }

  /** Names for ids that workers gave; an id that is not the tenant's has none. */
  private async names(tenantId: string, items: readonly (StreamReport | SessionReport)[]) {
    const keyIds = [...new Set(items.map((item) => item.keyId))];
    const { keys, endpoints } = await this.db.withTenant(tenantId, async (tx) => ({
      keys: await tx.apiKey.findMany({
        where: { id: { in: keyIds } },
        select: { id: true, prefix: true, agent: { select: { id: true, name: true } } },
      }),
      endpoints: await tx.endpoint.findMany({ select: { id: true, name: true } }),
    }));
    const keyOf = new Map(keys.map((key) => [key.id, key]));
    const endpointOf = new Map(endpoints.map((row) => [row.id, row]));
    return (item: StreamReport | SessionReport) => {
      const key = keyOf.get(item.keyId);
      const endpoint = endpointOf.get(item.endpointId);
      return {
        client: item.client,
        protocolVersion: item.version,
        endpoint: endpoint ? { id: toWireId('endpoint', endpoint.id), name: endpoint.name } : null,
        agent: key ? { id: toWireId('agent', key.agent.id), name: key.agent.name } : null,
        keyPrefix: key?.prefix ?? null,
      };
    };
  }
}

function viewsByServer(
  reports: WorkerReports,
): ReadonlyMap<string, readonly (WorkerView & { atMs: number })[]> {
  const views = new Map<string, (WorkerView & { atMs: number })[]>();
  for (const { workerId, atMs, report } of reports) {
    for (const upstream of report.upstreams) {
      views.set(upstream.serverId, [...(views.get(upstream.serverId) ?? []), { workerId, upstream, atMs }]);
    }
  }
  return views;
}

function toHealth(views: readonly (WorkerView & { readonly atMs: number })[]) {
  const merged = mergeHealth(views);
  return {
    state: upper(merged.state) satisfies UpstreamState,
    breaker: upper(merged.breaker) satisfies BreakerState,
    era: merged.era,
    protocolVersion: merged.version,
    transport: merged.transport,
    inFlight: merged.inFlight,
    calls: merged.calls,
    errors: merged.errors,
    lastOkAt: date(merged.lastOkAt),
    lastFailAt: date(merged.lastFailAt),
    lastError: merged.lastError,
    p50Ms: merged.p50Ms,
    workers: views.map(({ workerId, upstream, atMs }) => ({
      id: workerId,
      state: upper(stateOf(upstream)) satisfies UpstreamState,
      breaker: upper(upstream.breaker) satisfies BreakerState,
      inFlight: upstream.inFlight,
      reportedAt: new Date(atMs),
    })),
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
