import type { Database } from '@sallyport/db';
import { canonicalJson } from '@sallyport/kernel';
import type { VettingReport } from '@sallyport/vetting';
import type { ChildReport } from './run-child.ts';
import type { RunFacts, RunKey } from './run-facts.ts';

export type Claim =
  | { readonly kind: 'claimed' }
  /** Somebody else is at it, or it was given up. */
  | { readonly kind: 'busy' }
  /** Its result is committed; perhaps nobody was told. */
  | { readonly kind: 'done' };

export interface StepWrite {
  readonly name: string;
  readonly position: number;
  readonly state: 'running' | 'finished' | 'failed';
  readonly detail: string | null;
}

/** The rows of a run. Every write may be repeated: a run that starts again overwrites its own steps. */
export interface RunStore {
  claim(key: RunKey): Promise<Claim>;
  heartbeat(key: RunKey): Promise<void>;
  step(key: RunKey, step: StepWrite): Promise<void>;
  /** Writes the report and ends the run; a second time changes nothing. */
  finish(key: RunKey, result: RunResult): Promise<void>;
  /** Hands the run back to the queue, or gives it up. */
  release(key: RunKey, failure: { readonly error: string; readonly isFinal: boolean }): Promise<void>;
}

export interface RunResult {
  readonly facts: RunFacts;
  readonly report: VettingReport;
  /** Why the tools could not be read whole: the run failed, its report says more. */
  readonly error: string | null;
  /** A re-check by the timer that found everything as it was: no report, nothing to tell. */
  readonly isUnchanged: boolean;
}

interface StoreInput {
  readonly db: Database;
  readonly sha256Hex: (text: string) => string;
  readonly staleMs: number;
  readonly nowMs: () => number;
}

/** Builds the store over the scheduler's door. */
export function createRunStore({ db, sha256Hex, staleMs, nowMs }: StoreInput): RunStore {
  const now = (): Date => new Date(nowMs());
  const idOf = ({ tenantId, runId }: RunKey) => ({ tenantId_id: { tenantId, id: runId } });
  return {
    claim: (key) =>
      db.withSystem('scheduler', async (tx) => {
        const run = await tx.vetRun.findUnique({ where: idOf(key) });
        if (run === null) return { kind: 'busy' };
        if (run.state === 'finished' || run.state === 'failed') return { kind: 'done' };
        const { tenantId, runId } = key;
        const lost = new Date(nowMs() - staleMs);
        const { count } = await tx.vetRun.updateMany({
          where: {
            tenantId,
            id: runId,
            OR: [{ state: 'queued' }, { state: 'running', heartbeatAt: { lt: lost } }],
          },
          data: {
            state: 'running',
            attempts: { increment: 1 },
            startedAt: run.startedAt ?? now(),
            heartbeatAt: now(),
          },
        });
        return { kind: count === 1 ? 'claimed' : 'busy' };
      }),
    heartbeat: (key) =>
      db.withSystem('scheduler', async (tx) => {
        await tx.vetRun.update({ where: idOf(key), data: { heartbeatAt: now() } });
      }),
    step: ({ tenantId, runId }, { name, position, state, detail }) =>
      db.withSystem('scheduler', async (tx) => {
        const at = now();
        const times = state === 'running' ? { startedAt: at, endedAt: null } : { endedAt: at };
        await tx.vetStep.upsert({
          where: { tenantId_runId_name: { tenantId, runId, name } },
          create: { tenantId, runId, name, position, state, detail, startedAt: at, ...times },
          update: { position, state, detail, ...times },
        });
      }),
    finish: (key, result) =>
      db.withSystem('scheduler', async (tx) => {
        const { tenantId, runId } = key;
        const run = await tx.vetRun.findUniqueOrThrow({ where: idOf(key), include: { report: true } });
        if (run.state !== 'running') return;
        if (run.report === null && !result.isUnchanged) {
          const body = canonicalJson(result.report);
          await tx.vetReport.create({
            data: {
              tenantId,
              runId,
              serverId: result.facts.serverId,
              grade: result.report.grade,
              body: JSON.parse(body) as object,
              digest: sha256Hex(body),
            },
          });
        }
        await tx.vetRun.update({
          where: idOf(key),
          data: {
            state: result.error === null ? 'finished' : 'failed',
            error: result.error,
            endedAt: now(),
            heartbeatAt: now(),
            ...(result.isUnchanged ? { consumedAt: now() } : {}),
          },
        });
      }),
    release: (key, { error, isFinal }) =>
      db.withSystem('scheduler', async (tx) => {
        const state = isFinal ? ('failed' as const) : ('queued' as const);
        const ended = isFinal ? { endedAt: now() } : {};
        const { tenantId, runId } = key;
        await tx.vetRun.updateMany({
          where: { tenantId, id: runId, state: 'running' },
          data: { state, error, heartbeatAt: now(), ...ended },
        });
      }),
  };
}

/**
 * Whether a re-check found exactly what the catalog holds, with nothing drifted: then there is nothing to report,
 * and a server that is re-checked every few minutes does not fill the database with equal reports.
 */
export async function isUnchanged(
  db: Database,
  key: RunKey,
  facts: RunFacts,
  result: ChildReport,
): Promise<boolean> {
  if (facts.kind !== 'recheck' || facts.isAsked || result.error !== null) return false;
  const { tenantId } = key;
  const { serverId } = facts;
  const found = await db.withSystem('scheduler', async (tx) => ({
    tools: await tx.tool.findMany({ where: { tenantId, serverId, state: { not: 'removed' } } }),
    last: await tx.vetReport.findFirst({ where: { tenantId, serverId }, orderBy: { createdAt: 'desc' } }),
  }));
  if (found.tools.some((tool) => tool.state === 'drifted')) return false;
  if (found.tools.length !== result.report.tools.length || found.last === null) return false;
  const digests = new Map(found.tools.map((tool) => [`${tool.kind} ${tool.name}`, tool.definitionDigest]));
  if (result.report.tools.some((tool) => digests.get(`${tool.kind} ${tool.name}`) !== tool.digest))
    return false;
  return judgement(found.last.body) === judgement(result.report);
}

/** What a report says, without its timings. */
function judgement(body: unknown): string {
  const { grade, tools, serverFindings, capabilities } = body as Partial<VettingReport>;
  return canonicalJson({
    grade: grade ?? '',
    tools: tools ?? [],
    serverFindings: serverFindings ?? [],
    capabilities: capabilities ?? {},
  });
}
