import { createHash } from 'node:crypto';
import { AppError, type TenantId } from '@sallyport/kernel';
import { exposedName } from '@sallyport/mcp';
import type { Change, TenantChanges } from '../platform/tenant-changes.ts';
import { moveServer } from '../servers/server-state.ts';
import { type ReportView, readReport } from '../vetting/report-view.ts';
import { countDefinitionFindings } from './count-definition-findings.ts';
import { observeTool } from './observe-tool.ts';

const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

interface RunFacts {
  readonly id: string;
  readonly serverId: string;
  readonly kind: 'vet' | 'recheck';
  readonly error: string | null;
  readonly requestedBy: string | null;
}

/** Takes in the result of a vetting run, once: the only place where a report moves a server. */
export class ApplyVetResult {
  constructor(private readonly changes: TenantChanges) {}

  /** Does nothing when the run is still going on or was taken in before. @throws AppError `not_found` */
  async execute(tenantId: string, runId: string): Promise<void> {
    const author = { tenantId: tenantId as TenantId, userId: null };
    await this.changes.run(author, async (change) => {
      const where = { tenantId_id: { tenantId, id: runId } };
      const run = await change.tx.vetRun.findUnique({ where, include: { report: true } });
      if (!run) throw new AppError('not_found');
      const taken = await change.tx.vetRun.updateMany({
        where: { id: runId, consumedAt: null, state: { in: ['finished', 'failed'] } },
        data: { consumedAt: change.at },
      });
      if (taken.count === 0) {
        change.hasReceipt = true;
        return;
      }
      const report = run.report && run.state === 'finished' ? run.report : null;
      if (run.kind === 'vet') await this.vetted(change, run, report);
      else await this.rechecked(change, run, report ? readReport(report.body) : null);
      change.live('vet', runId);
      change.live('server', run.serverId);
      await change.receipt({
        action: report ? `server.${run.kind}.finished` : `server.${run.kind}.failed`,
        subjectKind: 'server',
        subjectId: run.serverId,
        summary: { runId, grade: report?.grade ?? null, error: run.error },
      });
    });
  }

  /** A first vetting: every capability found is proposed, and one inbox item asks for the decision. */
  private async vetted(
    change: Change,
    run: RunFacts,
    report: { readonly id: string; readonly grade: string; readonly body: unknown } | null,
  ): Promise<void> {
    const { tenantId } = change.author;
    const where = { tenantId_id: { tenantId, id: run.serverId } };
    const server = await change.tx.server.findUniqueOrThrow({ where });
    // Retired meanwhile: the result is kept with the run and moves nothing.
    if (server.state !== 'vetting') return;
    const state = moveServer(server.state, report ? 'vet_passed' : 'vet_failed');
    const lastVettedAt = change.at;
    const view = report ? readReport(report.body) : null;
    await change.tx.server.update({
      where,
      data: view
        ? { state, lastVettedAt, grade: view.grade, capabilities: view.capabilities }
        : { state, lastVettedAt },
    });
    if (!report || !view) return;
    await this.proposeTools(change, server, view);
    await countDefinitionFindings(change, view);
    const approval = await change.tx.approval.create({
      data: {
        tenantId,
        kind: 'server',
        serverId: run.serverId,
        reportId: report.id,
        requestedBy: run.requestedBy,
      },
    });
    change.live('approval', approval.id);
  }

  private async proposeTools(
    change: Change,
    server: { readonly id: string; readonly slug: string },
    report: ReportView,
  ): Promise<void> {
    const { tenantId } = change.author;
    const listed = new Set<string>();
    for (const tool of report.tools) {
      const { kind, name } = tool;
      const seen = { definition: tool.definition, definitionDigest: tool.digest, lastSeen: change.at };
      const shown = exposedName(server.slug, name, sha256Hex);
      const row = await change.tx.tool.upsert({
        where: { tenantId_serverId_kind_name: { tenantId, serverId: server.id, kind, name } },
        create: { ...seen, tenantId, serverId: server.id, kind, name, exposedName: shown },
        update: { ...seen, state: 'proposed' },
      });
      listed.add(row.id);
    }
    await change.tx.tool.updateMany({
      where: { serverId: server.id, id: { notIn: [...listed] } },
      data: { state: 'removed' },
    });
  }

  /** A re-check: tools whose digest moved drift, those that came back stop drifting, new ones wait in the inbox. */
  private async rechecked(change: Change, run: RunFacts, report: ReportView | null): Promise<void> {
    const { tenantId } = change.author;
    const where = { tenantId_id: { tenantId, id: run.serverId } };
    const server = await change.tx.server.update({
      where,
      data: report
        ? { lastVettedAt: change.at, grade: report.grade, capabilities: report.capabilities }
        : { lastVettedAt: change.at },
    });
    // A failed re-check proves nothing about the tools; workers find out on their own.
    if (!report) return;
    const known = await change.tx.tool.findMany({ where: { serverId: server.id } });
    const found = new Map(report.tools.map((tool) => [capabilityKey(tool), tool]));
    for (const tool of known) {
      const now = found.get(capabilityKey(tool));
      if (!now && report.outcome === 'incomplete') continue;
      await observeTool(
        change,
        tool.id,
        now ? { digest: now.digest, definition: now.definition } : null,
        're-check',
      );
      found.delete(capabilityKey(tool));
    }
    for (const tool of found.values()) {
      const made = await change.tx.tool.create({
        data: {
          tenantId,
          serverId: server.id,
          kind: tool.kind,
          name: tool.name,
          exposedName: exposedName(server.slug, tool.name, sha256Hex),
          definition: tool.definition,
          definitionDigest: tool.digest,
        },
      });
      await observeTool(change, made.id, { digest: tool.digest, definition: tool.definition }, 're-check');
    }
  }
}

/** What tells the capabilities of one server apart. */
function capabilityKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}
