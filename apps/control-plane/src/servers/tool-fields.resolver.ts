import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../access/session.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { type ToolView, toPinModel } from './server-view.ts';
import { ToolModel } from './tool.model.ts';

/** The fields of a tool that need more than its row. */
@Resolver(() => ToolModel)
export class ToolFieldsResolver {
  constructor(@Inject(TenantBatches) private readonly batches: TenantBatches) {}

  @ResolveField()
  async pin(@Parent() tool: ToolView, @Context() context: RequestContext) {
    const live = tool.pinRows.find((row) => row.supersededAt === null);
    return live ? toPinModel(live, await this.batches.person(context, live.approvedBy)) : null;
  }

  @ResolveField()
  async pins(@Parent() tool: ToolView, @Context() context: RequestContext) {
    return Promise.all(
      tool.pinRows.map(async (row) => toPinModel(row, await this.batches.person(context, row.approvedBy))),
    );
  }

  @ResolveField()
  calls30d(@Parent() tool: ToolView, @Context() context: RequestContext): Promise<number> {
    return this.batches.toolCalls(context, tool.key);
  }
}
