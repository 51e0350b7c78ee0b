import { Inject } from '@nestjs/common';
import { Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AppError, toWireId } from '@sallyport/kernel';
import { Requires } from '../access/requires.ts';
import type { RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { VetReportModel, VetRunModel } from './vet-report.model.ts';
import { type ReportViewModel, type RunView, toReportView, toRunView } from './vet-view.ts';

async function serverRef(batches: TenantBatches, context: RequestContext, serverId: string) {
  const row = await batches.server(context, serverId);
  return { id: toWireId('server', serverId), name: row?.name ?? 'a retired server' };
}

@Resolver(() => VetRunModel)
export class VetRunsResolver {
  constructor(@Inject(TenantBatches) private readonly batches: TenantBatches) {}

  @Requires('catalog.read')
  @Query(() => VetRunModel, { nullable: true })
  async vetRun(@Arg('id', () => ID) id: string, @Context() context: RequestContext): Promise<RunView> {
    const row = await this.batches.run(context, readId('vetRun', id));
    if (!row) throw new AppError('not_found');
    return toRunView(row);
  }

  @ResolveField()
  server(@Parent() run: RunView, @Context() context: RequestContext) {
    return serverRef(this.batches, context, run.serverKey);
  }

  @ResolveField()
  async report(@Parent() run: RunView, @Context() context: RequestContext) {
    const row = run.reportKey ? await this.batches.report(context, run.reportKey) : undefined;
    return row ? toReportView(row) : null;
  }
}

@Resolver(() => VetReportModel)
export class VetReportsResolver {
  constructor(@Inject(TenantBatches) private readonly batches: TenantBatches) {}

  @Requires('catalog.read')
  @Query(() => VetReportModel, { nullable: true })
  async vetReport(
    @Arg('id', () => ID) id: string,
    @Context() context: RequestContext,
  ): Promise<ReportViewModel> {
    const row = await this.batches.report(context, readId('report', id));
    if (!row) throw new AppError('not_found');
    return toReportView(row);
  }

  @ResolveField()
  server(@Parent() report: ReportViewModel, @Context() context: RequestContext) {
    return serverRef(this.batches, context, report.serverKey);
  }
}
