import { join } from 'node:path';
import type { SessionStore } from '@sallyport/bus';
import type { Detector } from '@sallyport/detection';
import type { Frame } from '@sallyport/ledger';
import { createOutbound, type Lookup } from '@sallyport/outbound';
import { installationTenantId, type VerifyText } from '@sallyport/snapshot';
import { createMetrics, type Logger, type Metrics } from '@sallyport/telemetry';
import { createHandleSealer } from '@sallyport/vault';
import { type Call, cutCall } from './call/call.ts';
import { createCallMetrics } from './call/call-metrics.ts';
import { isStillAllowed } from './call/identify.ts';
import type { StageOverrides } from './call/pipeline.ts';
import { createRateLimiter } from './call/rate-limiter.ts';
import { createPipeline, type Pipeline } from './call/run-call.ts';
import { createStages, type Stages } from './call/stages.ts';
import { loadEngines } from './config/cedar-engines.ts';
import { createLoadedConfig, type LoadedConfig } from './config/loaded-config.ts';
import { type Conversations, createConversations } from './conversation/conversations.ts';
import { createUpstreamStore } from './conversation/upstream-store.ts';
import { openInspection } from './inspection/open-inspection.ts';
import type { ReportSources } from './report/collect-report.ts';
import { createReportSources } from './report/report-sources.ts';
import { watchLoop } from './report/watch-loop.ts';
import { recoverSpools, unknownOutcome } from './spool/recover-spools.ts';
import { type Shipper, startShipper } from './spool/ship-frames.ts';
import { createSpool, type Spool } from './spool/spool.ts';
import { exchange } from './upstream/exchange.ts';
import { createUpstreams, type UpstreamsInput } from './upstream/upstreams.ts';
import { createAllowedHosts } from './wire/allowed-hosts.ts';
import { createAnonymousCounter } from './wire/anonymous-counter.ts';
import { createCancelByCaller } from './wire/cancel-by-caller.ts';
import { createDoors } from './wire/doors.ts';
import type { OwnRoutes } from './wire/http-listener.ts';
import { openSlowCalls } from './wire/open-slow-calls.ts';
import { createOwnRoutes } from './wire/own-routes.ts';

/** Everything a worker is told; no environment is read below this line. */
export interface WorkerConfig {
  readonly workerId: string;
  /** Folder of this worker alone: spool and configuration. */
  readonly stateDir: string;
  readonly verify: VerifyText;
  readonly sealPrivateKey: string;
  readonly bodySealKey?: string | undefined;
  readonly sessionHandleKey: string;
  /** Without one the worker is alone: what needs another worker is refused. */
  readonly redisUrl?: string | undefined;
  readonly spoolKey: Uint8Array;
  readonly ingest?: { readonly url: string; readonly token: string } | undefined;
  readonly allowedHosts: readonly string[];
  readonly ownPorts: readonly number[];
  readonly anonymousWindowMs: number;
  readonly pinMaxAgeMs?: number | undefined;
  readonly spoolLimitBytes: number;
  readonly drainMs: number;
  readonly log: Logger;
  /** What judges calls; made once per process. */
  readonly detector: Detector;
  /** For tests only: stages put in the place of the real ones, and a resolver without a network. */
  readonly overrides?: StageOverrides;
  readonly lookup?: Lookup;
  readonly slowCallMs?: number;
}

export interface Worker {
  readonly config: LoadedConfig;
  readonly spool: Spool;
  readonly stages: Stages;
  /** What this worker sees of its tenants' upstreams and streams. */
  readonly report: ReportSources;
  /** Serves agents and our own routes; gives the port. */
  listenLoopback(port: number): Promise<number>;
  /** Serves agents on the port all workers share. */
  listenShared(port: number): Promise<void>;
  /** Cuts the calls in flight that their tenant's marks no longer allow. */
  cutRevoked(tenantId: string): void;
  flushAnonymous(): void;
  isReady(): boolean;
  /** Stops taking calls, lets those in flight end, ships what is spooled. */
  close(): Promise<void>;
}

/** Old configurations are disposed of once the longest call on them must be over. */
const graceMs = 120_000;
const syncEveryMs = 50;
/** What is not shipped in this time stays on the disk and goes out at the next start. */
const shipDrainMs = 2_000;

/** Puts a worker together; it serves nothing before it is told to listen. */
export function createWorker(input: WorkerConfig): Worker {
  const metrics = createMetrics();
  let isDraining = false;
  const parts = createParts(
    { ...input, metrics },
    (tenantId) => cutRevoked(tenantId),
    () => talks.sessions.store,
  );
  const { config, spool, shipper, outbound, anonymous } = parts;
  const hosts = createAllowedHosts(input.allowedHosts);
  const talks = createTalks(input, parts, metrics);
  const stages = createStages(
    {
      ...parts,
      ...talks.reading,
      ...talks.stages,
      hosts,
      limiter: createRateLimiter(),
      metrics: createCallMetrics(metrics),
      log: input.log,
      bodySealKey: input.bodySealKey,
      isReady: config.isReady,
      isDraining: () => isDraining,
      cancel: createCancelByCaller(() => pipeline.running, talks),
    },
    input.overrides,
  );
  const stopWatching = watchLoop(metrics);
  const pipeline: Pipeline = createPipeline(stages, talks.reading);
  const cutRevoked = (tenantId: string): void => {
    cutRevokedCalls(pipeline, tenantId);
    talks.tenantChanged(tenantId);
  };
  const stopOpening = openSlowCalls(() => pipeline.running, parts.nowMs, input.slowCallMs);
  const own = ownRoutes(input, parts, metrics, () => isDraining);
  const doors = createDoors({ pipeline, anonymous, sinks: talks.sinks, own, hosts });
  return {
    ...doors,
    config,
    spool,
    stages,
    report: createReportSources({
      config,
      running: pipeline.running,
      health: parts.upstreams.health,
      openStreams: talks.openStreams,
      recentSessions: talks.recent.ofTenant,
    }),
    cutRevoked,
    flushAnonymous: anonymous.flush,
    isReady: config.isReady,
    async close() {
      isDraining = true;
      doors.stopAccepting();
      cutStreams(pipeline);
      await drainCalls(pipeline, input.drainMs);
      stopOpening();
      talks.close();
      doors.closeAll();
      anonymous.stop();
      await shipper?.drain(Math.min(input.drainMs, shipDrainMs));
      shipper?.stop();
      await spool.close();
      parts.upstreams.close();
      await outbound.close();
      parts.closeInspection();
      stopWatching();
    },
  };
}

function ownRoutes(
  { workerId }: WorkerConfig,
  { config, spool }: ReturnType<typeof createParts>,
  metrics: Metrics,
  isDraining: () => boolean,
): OwnRoutes {
  return createOwnRoutes({
    metrics,
    health: () => ({
      workerId,
      isReady: config.isReady(),
      isDraining: isDraining(),
      tenants: config.tenantIds().filter((id) => id !== installationTenantId).length,
      pendingFrames: spool.pendingFrames,
    }),
  });
}

function createTalks(
  input: WorkerConfig,
  parts: ReturnType<typeof createParts>,
  metrics: Metrics,
): Conversations {
  const { config, upstreams, nowMs } = parts;
  return createConversations({
    workerId: input.workerId,
    redisUrl: input.redisUrl,
    sealer: createHandleSealer(input.sessionHandleKey),
    nowMs,
    metrics,
    log: input.log,
    inspector: parts.inspector,
    tenantById: config.tenantById,
    exchange,
    watch: (tenant, server, uris, onEvent) =>
      upstreams.watch(upstreams.of(tenant, server), {
        uris,
        onEvent: (event) => {
          if (event.kind !== 'task') onEvent(event);
        },
      }),
    onSessionEnded: ({ tenantId, nonce }, held) => upstreams.endSession(tenantId, nonce, held),
  });
}

/** What the stages stand on: configuration, the ways in and out, and the record. */
function createParts(
  input: WorkerConfig & { readonly metrics: Metrics },
  onApplied: (tenantId: string) => void,
  storeOf: () => SessionStore | undefined,
) {
  const nowMs = Date.now;
  const { spool, shipper } = openSpool(input);
  const config = createLoadedConfig({
    verify: input.verify,
    engines: loadEngines(),
    pinMaxAgeMs: input.pinMaxAgeMs,
    graceMs,
    onTenant: (tenantId, state) => {
      upstreams.retain(state, tenantId);
      onApplied(tenantId);
    },
  });
  const outbound = createOutbound({
    privateOrigins: config.privateOrigins,
    ownPorts: input.ownPorts,
    clock: { nowMs },
    ...(input.lookup ? { lookup: input.lookup } : {}),
  });
  const upstreams = createUpstreams({
    outbound,
    sealPrivateKey: input.sealPrivateKey,
    nowMs,
    store: input.redisUrl === undefined ? undefined : createUpstreamStore(storeOf, nowMs),
    onObserved: noteObservations((frame) => appendSafely(spool, frame, input.log), nowMs),
  });
  const anonymous = createAnonymousCounter({
    windowMs: input.anonymousWindowMs,
    nowMs,
    write: (frame) => appendSafely(spool, frame, input.log),
  });
  const inspection = openInspection({ ...input, outbound, nowMs });
  return { nowMs, config, spool, shipper, outbound, upstreams, anonymous, ...inspection };
}

/** Appends a frame of no call: a full disk costs the frame, never the worker. */
function appendSafely(spool: Spool, frame: Frame, log: Logger): void {
  try {
    spool.append(frame);
  } catch (error) {
    log.error({ err: error, kind: frame.kind }, 'a frame could not be spooled');
  }
}

/** What an upstream showed goes the way of the receipts, so that it survives what they survive. */
function noteObservations(append: (frame: Frame) => void, nowMs: () => number): UpstreamsInput['onObserved'] {
  return (tenantId, serverId, { tool, observedDigest, definition }) => {
    const frame = { at: nowMs(), tenantId, serverId, toolId: tool.id, observedDigest, definition };
    append({ kind: 'observation', ...frame });
  };
}

function cutRevokedCalls(pipeline: Pipeline, tenantId: string): void {
  for (const call of pipeline.running) {
    if (call.tenant?.id !== tenantId || call.principal === null) continue;
    // Judged by the marks of today, not by the configuration the call began with.
    if (!isStillAllowed(call as Call<'identified'>)) cutCall(call, 'revoked');
  }
}

/** Streams never end by themselves: they are ended first, so that calls have the time. */
function cutStreams(pipeline: Pipeline): void {
  for (const call of pipeline.running) if (call.subscription !== null) cutCall(call, 'draining');
}

async function drainCalls(pipeline: Pipeline, drainMs: number): Promise<void> {
  const deadline = performance.now() + drainMs;
  while (pipeline.running.size > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const call of pipeline.running) cutCall(call, 'draining');
  // A cut call needs a turn or two to write its outcome.
  if (pipeline.running.size > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

function openSpool(input: WorkerConfig): { readonly spool: Spool; readonly shipper: Shipper | undefined } {
  const root = join(input.stateDir, 'spool');
  const { spoolKey, log } = input;
  const { spools, unfinished } = recoverSpools({ root, spoolKey, log });
  const spool = createSpool({ root, spoolKey, limitBytes: input.spoolLimitBytes, syncEveryMs, log });
  for (const older of spools) {
    for (const [tenantId, bytes] of older.bytesByTenant) spool.addBacklog(tenantId, bytes);
  }
  for (const intent of unfinished) spool.append(unknownOutcome(intent, Date.now()));
  if (unfinished.length > 0)
    log.warn({ calls: unfinished.length }, 'calls cut by the end of an earlier process');
  const { ingest, workerId } = input;
  const shipper = ingest && startShipper({ ...ingest, workerId, spool, older: spools, log });
  return { spool, shipper };
}
