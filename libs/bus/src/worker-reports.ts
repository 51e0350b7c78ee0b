import type { Redis } from 'ioredis';
import { z } from 'zod';
import { execute } from './envelopes.ts';
import { keys } from './keys.ts';

const text = z.string().max(300);
const at = z.number().nullable();

const upstreamSchema = z.object({
  serverId: z.string().max(60),
  era: z.enum(['modern', 'legacy']).nullable(),
  version: text.nullable(),
  transport: text.nullable(),
  breaker: z.enum(['closed', 'open', 'probing']),
  inFlight: z.number(),
  lastOkAt: at,
  lastFailAt: at,
  lastError: text.nullable(),
  p50Ms: z.number().nullable(),
  calls: z.number(),
  errors: z.number(),
});

const connectionFields = {
  id: text,
  endpointId: z.string().max(60),
  keyId: z.string().max(60),
  client: text.nullable(),
  version: text.nullable(),
};
const streamSchema = z.object({
  ...connectionFields,
  kind: z.enum(['get', 'listen', 'sse', 'call']),
  openedAt: z.number(),
});
const sessionSchema = z.object({ ...connectionFields, startedAt: z.number(), lastSeenAt: z.number() });

const reportSchema = z.object({
  upstreams: z.array(upstreamSchema),
  streams: z.array(streamSchema),
  /** How many are open, of which `streams` shows the newest. */
  streamCount: z.number(),
  sessions: z.array(sessionSchema),
  sessionCount: z.number(),
});

/** How one worker finds one upstream server. */
export type UpstreamReport = Readonly<z.infer<typeof upstreamSchema>>;
/** One answer stream that is open on a worker. */
export type StreamReport = Readonly<z.infer<typeof streamSchema>>;
/** One legacy session that spoke lately on a worker. */
export type SessionReport = Readonly<z.infer<typeof sessionSchema>>;
/** What a worker tells of one tenant: what it sees, never what was said. */
export type TenantReport = Readonly<z.infer<typeof reportSchema>>;

export interface WorkerReport {
  readonly workerId: string;
  readonly atMs: number;
  readonly tenants: ReadonlyMap<string, TenantReport>;
}

/** A worker that stops reporting is forgotten after this time. */
const reportLifeMs = 15_000;
/** Bounds of what one tenant may take in Redis, per worker. */
export const reportLimits = { upstreams: 500, streams: 200, sessions: 200, textLength: 300 } as const;
const tenantField = 't:';

/** Writes the whole report of a worker; it fades by itself. Cut to `reportLimits`, the newest stay. */
export async function publishWorkerReport(redis: Redis, report: WorkerReport): Promise<void> {
  const key = keys.report(report.workerId);
  const fields: Record<string, string> = { at: String(report.atMs) };
  for (const [tenantId, tenant] of report.tenants) {
    fields[tenantField + tenantId] = JSON.stringify(bounded(tenant), shortTexts);
  }
  await execute(redis.multi().del(key).hset(key, fields).pexpire(key, reportLifeMs));
}

/** A worker that leaves takes its report along. */
export async function removeWorkerReport(redis: Redis, workerId: string): Promise<void> {
  await redis.del(keys.report(workerId));
}

/** What each worker says of one tenant; nothing of any other tenant is read. A report that is none is left out. */
export async function readWorkerReports(
  redis: Redis,
  input: { readonly tenantId: string; readonly nowMs: number },
): Promise<readonly { readonly workerId: string; readonly atMs: number; readonly report: TenantReport }[]> {
  const found = [];
  for (const workerId of (await redis.smembers(keys.workers)).sort()) {
    const [atText, body] = await redis.hmget(keys.report(workerId), 'at', tenantField + input.tenantId);
    const atMs = Number(atText);
    if (!body || !(input.nowMs - atMs <= reportLifeMs)) continue;
    const report = parseReport(body);
    if (report) found.push({ workerId, atMs, report });
  }
  return found;
}

function bounded(report: TenantReport): TenantReport {
  const { upstreams, streams, sessions } = report;
  return {
    ...report,
    upstreams: upstreams.slice(0, reportLimits.upstreams),
    streams: newest(streams, (stream) => stream.openedAt, reportLimits.streams),
    sessions: newest(sessions, (session) => session.lastSeenAt, reportLimits.sessions),
  };
}

function newest<T>(items: readonly T[], when: (item: T) => number, limit: number): T[] {
  return [...items].sort((a, b) => when(b) - when(a)).slice(0, limit);
}

function shortTexts(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, reportLimits.textLength) : value;
}

function parseReport(body: string): TenantReport | undefined {
  try {
    return reportSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
