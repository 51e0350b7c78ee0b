import { Inject } from '@nestjs/common';
import { Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Approval, ApprovalState as ApprovalStateRow } from '@sallyport/db';
import { AppError, toWireId } from '@sallyport/kernel';
import { actorOf, CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import { storedChangeSchema, toChangeModel, toServerView, toToolView } from '../servers/server-view.ts';
import type { ToolRow } from '../servers/servers.read-model.ts';
import type { FindingModel } from '../vetting/finding.model.ts';
import { readReport, toFindingModel } from '../vetting/report-view.ts';
import { toReportView } from '../vetting/vet-view.ts';
import {
  ApprovalConnectionModel,
  type ApprovalKind,
  ApprovalModel,
  ApprovalState,
  DecideApprovalInputModel,
} from './approval.model.ts';
import { ApprovalsReadModel } from './approvals.read-model.ts';
import { DecideApproval } from './decide-approval.ts';
import { judgeChange } from './judge-change.ts';

function toView(row: Approval) {
  return {
    row,
    id: toWireId('approval', row.id),
    kind: row.kind.toUpperCase() as ApprovalKind,
    state: row.state.toUpperCase() as ApprovalState,
    requestedAt: row.requestedAt,
    decidedAt: row.decidedAt,
    reason: row.reason,
  };
}
type ApprovalView = ReturnType<typeof toView>;

@Resolver(() => ApprovalModel)
export class ApprovalsResolver {
  constructor(
    @Inject(ApprovalsReadModel) private readonly approvals: ApprovalsReadModel,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
    @Inject(DecideApproval) private readonly decide: DecideApproval,
    @Inject(PublishTenantNow) private readonly publishNow: PublishTenantNow,
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
  ) {}

  @Requires('catalog.read')
  @Query(() => ApprovalConnectionModel)
  async inbox(
    @CurrentActor() actor: Actor,
    @Arg('state', () => ApprovalState, { nullable: true }) state: ApprovalState | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const wanted = (state?.toLowerCase() ?? null) as ApprovalStateRow | null;
    const page = await this.approvals.list(actor.tenantId, wanted, first, after);
    return { nodes: page.nodes.map(toView), pageInfo: page.pageInfo, openCount: page.openCount };
  }

  @Requires('catalog.read')
  @Query(() => ApprovalModel, { nullable: true })
  async approval(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<ApprovalView> {
    return toView(await this.approvals.byId(actor.tenantId, readId('approval', id)));
  }

  @Requires('approvals.decide')
  @Mutation(() => ApprovalModel)
  async decideApproval(
    @CurrentActor() actor: Actor,
    @Arg('input', () => DecideApprovalInputModel) input: DecideApprovalInputModel,
  ): Promise<ApprovalView> {
    const approvalId = readId('approval', input.approvalId);
    const result = await this.decide.execute(actor, {
      approvalId,
      reason: input.reason,
      publish: input.publish,
      tools: input.tools.map((tool) => ({
        toolId: readId('tool', tool.toolId),
        digest: tool.digest,
        decision: tool.decision === 'APPROVE' ? 'approve' : 'reject',
      })),
    });
    if (result.hasConfig) await this.publishNow.flush(actor, `decision on ${result.serverSlug}`);
    return toView(await this.approvals.byId(actor.tenantId, approvalId));
  }

  @ResolveField()
  async server(@Parent() approval: ApprovalView, @Context() context: RequestContext) {
    const row = await this.batches.server(context, approval.row.serverId);
    if (!row) throw new AppError('not_found');
    return toServerView(row);
  }

  @ResolveField()
  async tools(@Parent() { row }: ApprovalView, @Context() context: RequestContext) {
    const { tenantId } = actorOf(context.session);
    const ids = row.toolId ? [row.toolId] : await this.approvals.toolIdsOf(tenantId, row.serverId);
    const stored = storedChangeSchema.safeParse(row.change);
    const reported = await this.reportedTools(row, context);
    const tools = await Promise.all(ids.map((id) => this.batches.tool(context, id)));
    return tools
      .filter((tool) => tool !== undefined)
      .map((tool) => ({
        tool: toToolView(tool),
        observedDigest: tool.definitionDigest,
        change: stored.success ? toChangeModel(tool, stored.data, row.requestedAt) : null,
        findings: findingsOf(tool, reported.get(`${tool.kind} ${tool.name}`)),
      }));
  }

  @ResolveField()
  async report(@Parent() { row }: ApprovalView, @Context() context: RequestContext) {
    const report = row.reportId ? await this.batches.report(context, row.reportId) : undefined;
    return report ? toReportView(report) : null;
  }

  @ResolveField()
  requestedBy(@Parent() { row }: ApprovalView, @Context() context: RequestContext) {
    return this.batches.person(context, row.requestedBy);
  }

  @ResolveField()
  decidedBy(@Parent() { row }: ApprovalView, @Context() context: RequestContext) {
    return this.batches.person(context, row.decidedBy);
  }

  @ResolveField()
  publication(@Context() context: RequestContext) {
    return this.publications.forTenant(actorOf(context.session).tenantId);
  }

  /** What was reported per kind and name, in the item's own report, else in the server's latest. */
  private async reportedTools(row: Approval, context: RequestContext) {
    const reportId = row.reportId ?? (await this.batches.extras(context, row.serverId))?.latestReportId;
    const report = reportId ? await this.batches.report(context, reportId) : undefined;
    const tools = report ? readReport(report.body).tools : [];
    return new Map(tools.map((tool) => [`${tool.kind} ${tool.name}`, tool]));
  }
}

type ReportedTool = ReturnType<typeof readReport>['tools'][number];

/** A report that is about another definition than the one in question says nothing of it. */
function findingsOf(tool: ToolRow, reported: ReportedTool | undefined): readonly FindingModel[] {
  if (reported?.digest === tool.definitionDigest) return reported.findings.map(toFindingModel);
  if (tool.kind !== 'tool') return reported?.findings.map(toFindingModel) ?? [];
  return judgeChange(tool.definition, tool.pins.find((pin) => pin.supersededAt === null)?.definition ?? null);
}
