import { AppError } from '@sallyport/kernel';
import { readReason } from '../platform/reason.ts';
import type { Author, Change, TenantChanges } from '../platform/tenant-changes.ts';
import { findServer, serverKey } from '../servers/find-server.ts';
import { moveServer } from '../servers/server-state.ts';

export interface ToolVerdict {
  readonly toolId: string;
  /** The digest the person saw. */
  readonly digest: string;
  readonly decision: 'approve' | 'reject';
}

export interface Decision {
  readonly approvalId: string;
  readonly tools: readonly ToolVerdict[];
  readonly reason: string;
  readonly publish: boolean;
}

/** A person's decision on exact digests: pins, the server's next state and, unless unticked, publication. */
export class DecideApproval {
  constructor(private readonly changes: TenantChanges) {}

  /**
   * Says whether workers must get something new.
   * @throws AppError `conflict` when the item is decided or a digest is no longer the observed one
   */
  async execute(
    author: Author,
    decision: Decision,
  ): Promise<{ readonly hasConfig: boolean; readonly serverSlug: string }> {
    const reason = readReason(decision.reason);
    return this.changes.run(author, async (change) => {
      const { tenantId } = author;
      const where = { tenantId_id: { tenantId, id: decision.approvalId } };
      const approval = await change.tx.approval.findUnique({ where });
      if (!approval) throw new AppError('not_found', undefined, { details: { kind: 'approval' } });
      const server = await findServer(change.tx, tenantId, approval.serverId);
      const approved = await this.applyVerdicts(change, approval, decision.tools);
      const isApproved = approved.length > 0;
      // Taken in the same statement that checks it: of two deciders one wins.
      const taken = await change.tx.approval.updateMany({
        where: { id: approval.id, state: 'open' },
        data: {
          state: isApproved ? 'approved' : 'rejected',
          decidedBy: author.userId,
          decidedAt: change.at,
          reason,
          decision: decision.tools.map((verdict) => ({ ...verdict })),
        },
      });
      if (taken.count !== 1) throw new AppError('conflict', 'this was decided meanwhile');
      const publish = decision.publish && isApproved;
      const state = nextState(approval.kind, server.state, isApproved, publish);
      if (state !== server.state) {
        await change.tx.server.update({ where: serverKey(tenantId, server.id), data: { state } });
      }
      const hasConfig = publish || (approval.kind === 'tool' && server.state === 'published');
      if (hasConfig) await change.config(`decision on ${server.slug}`);
      await change.receipt({
        action: 'approval.decide',
        subjectKind: 'approval',
        subjectId: approval.id,
        summary: {
          server: server.slug,
          reason,
          publish,
          verdicts: decision.tools.map(
            (verdict) => `${verdict.decision} ${verdict.toolId} ${verdict.digest}`,
          ),
        },
      });
      change.live('approval', approval.id);
      change.live('server', server.id);
      return { hasConfig, serverSlug: server.slug };
    });
  }

  /** Applies each verdict and returns the approved tools' ids. */
  private async applyVerdicts(
    change: Change,
    approval: { readonly id: string; readonly serverId: string; readonly toolId: string | null },
    verdicts: readonly ToolVerdict[],
  ): Promise<readonly string[]> {
    const where = approval.toolId
      ? { id: approval.toolId }
      : { serverId: approval.serverId, state: { not: 'removed' as const } };
    const tools = await change.tx.tool.findMany({ where });
    const byId = new Map(tools.map((tool) => [tool.id, tool]));
    if (verdicts.some((verdict) => !byId.has(verdict.toolId))) {
      throw new AppError('not_found', undefined, { details: { kind: 'tool' } });
    }
    const given = new Set(verdicts.map((verdict) => verdict.toolId));
    if (given.size !== verdicts.length || tools.some((tool) => !given.has(tool.id))) {
      throw new AppError('invalid_input', 'every tool needs exactly one decision', {
        details: { field: 'tools' },
      });
    }
    const approved: string[] = [];
    for (const verdict of verdicts) {
      const tool = byId.get(verdict.toolId);
      if (!tool) continue;
      // Invariant: a decision binds to the digest the person saw; a definition that moved since is not approved by it.
      if (tool.definitionDigest !== verdict.digest) {
        throw new AppError('conflict', `the definition of ${tool.name} changed meanwhile`, {
          details: { tool: tool.name, seen: verdict.digest, now: tool.definitionDigest },
        });
      }
      if (verdict.decision === 'approve') {
        await this.pin(change, approval.id, tool);
        approved.push(tool.id);
      } else await this.hide(change, tool.id);
    }
    return approved;
  }

  private async pin(
    change: Change,
    approvalId: string,
    tool: { readonly id: string; readonly definition: string; readonly definitionDigest: string },
  ): Promise<void> {
    const { tenantId, userId } = change.author;
    const live = await change.tx.pin.findFirst({ where: { toolId: tool.id, supersededAt: null } });
    if (live?.digest !== tool.definitionDigest) {
      await this.unpin(change, tool.id);
      await change.tx.pin.create({
        data: {
          tenantId,
          toolId: tool.id,
          digest: tool.definitionDigest,
          definition: tool.definition,
          approvedBy: userId,
          approvedAt: change.at,
          approvalId,
        },
      });
    }
    await change.tx.tool.update({
      where: { tenantId_id: { tenantId, id: tool.id } },
      data: { state: 'approved' },
    });
  }

  /** A rejected tool is on no endpoint. */
  private async hide(change: Change, toolId: string): Promise<void> {
    const { tenantId } = change.author;
    await this.unpin(change, toolId);
    await change.tx.tool.update({
      where: { tenantId_id: { tenantId, id: toolId } },
      data: { state: 'hidden' },
    });
  }

  private async unpin(change: Change, toolId: string): Promise<void> {
    await change.tx.pin.updateMany({
      where: { toolId, supersededAt: null },
      data: { supersededAt: change.at },
    });
  }
}

function nextState(
  kind: 'server' | 'tool',
  state: Parameters<typeof moveServer>[0],
  isApproved: boolean,
  publish: boolean,
) {
  if (kind === 'tool') return state;
  if (!isApproved) return moveServer(state, 'rejected');
  const approved = moveServer(state, 'approved');
  return publish ? moveServer(approved, 'published') : approved;
}
