import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { actorOf } from '../access/requires.ts';
import type { RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { type ReportViewModel, toReportView, toRunView } from '../vetting/vet-view.ts';
import { ServerModel } from './server.model.ts';
import { readServerUrl } from './server-url.ts';
import {
  type ServerView,
  storedChangeSchema,
  toChangeModel,
  toConnectionInfo,
  toToolView,
} from './server-view.ts';
import { ServersReadModel } from './servers.read-model.ts';
import { ToolKind } from './tool.model.ts';

/** The fields of a server that need more than its row; lists load them together. */
@Resolver(() => ServerModel)
export class ServerFieldsResolver {
  constructor(
    @Inject(TenantBatches) private readonly batches: TenantBatches,
    @Inject(ServersReadModel) private readonly catalog: ServersReadModel,
  ) {}

  @ResolveField()
  async tools(
    @Parent() server: ServerView,
    @Context() context: RequestContext,
    @Arg('kinds', () => [ToolKind], { nullable: true }) kinds?: readonly ToolKind[] | null,
  ) {
    const tools = (await this.toolRows(server, context)).map(toToolView);
    return kinds ? tools.filter((tool) => kinds.includes(tool.kind)) : tools;
  }

  @ResolveField()
  async toolCount(@Parent() server: ServerView, @Context() context: RequestContext) {
    const tools = await this.toolRows(server, context);
    return tools.filter((tool) => tool.kind === 'tool' && tool.state !== 'removed').length;
  }

  @ResolveField()
  async hasDrift(@Parent() server: ServerView, @Context() context: RequestContext) {
    return (await this.toolRows(server, context)).some((tool) => tool.state === 'drifted');
  }

  @ResolveField()
  async connection(@Parent() server: ServerView, @Context() context: RequestContext) {
    return toConnectionInfo((await this.batches.extras(context, server.key))?.connection ?? null);
  }

  @ResolveField()
  async owner(@Parent() server: ServerView, @Context() context: RequestContext) {
    if (server.ownerMemberId === null) return null;
    const name = await this.batches.memberName(context, server.ownerMemberId);
    return name === undefined ? null : { id: toWireId('member', server.ownerMemberId), name };
  }

  @ResolveField()
  async latestRun(@Parent() server: ServerView, @Context() context: RequestContext) {
    const id = (await this.batches.extras(context, server.key))?.latestRunId;
    const run = id ? await this.batches.run(context, id) : undefined;
    return run ? toRunView(run) : null;
  }

  @ResolveField()
  async latestReport(@Parent() server: ServerView, @Context() context: RequestContext) {
    const id = (await this.batches.extras(context, server.key))?.latestReportId;
    return id ? this.report(id, context) : null;
  }

  @ResolveField()
  async reports(@Parent() server: ServerView, @Context() context: RequestContext) {
    const ids = (await this.batches.extras(context, server.key))?.reportIds ?? [];
    const reports = await Promise.all(ids.slice(0, 20).map((id) => this.report(id, context)));
    return reports.filter((report) => report !== null);
  }

  @ResolveField()
  async changes(@Parent() server: ServerView, @Context() context: RequestContext) {
    const rows = await this.catalog.changesOf(actorOf(context.session).tenantId, server.key);
    return rows.flatMap((row) => {
      const change = storedChangeSchema.safeParse(row.change);
      return change.success && row.tool ? [toChangeModel(row.tool, change.data, row.requestedAt)] : [];
    });
  }

  @ResolveField()
  isPrivateOrigin(@Parent() server: ServerView): boolean {
    return readServerUrl(server.url, []).isPrivate;
  }

  @ResolveField()
  async privateOriginAllowed(
    @Parent() server: ServerView,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    const allowed = await this.catalog.privateOrigins(actorOf(context.session).tenantId);
    return allowed.has(readServerUrl(server.url, []).origin);
  }

  private async toolRows(server: ServerView, context: RequestContext) {
    return (await this.batches.extras(context, server.key))?.tools ?? [];
  }

  private async report(id: string, context: RequestContext): Promise<ReportViewModel | null> {
    const row = await this.batches.report(context, id);
    return row ? toReportView(row) : null;
  }
}
