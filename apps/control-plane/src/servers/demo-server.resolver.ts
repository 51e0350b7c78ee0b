import { Inject } from '@nestjs/common';
import { Context, Mutation, Resolver } from '@nestjs/graphql';
import { AppError } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { AddDemoServer } from './add-demo-server.ts';
import { ServerModel } from './server.model.ts';
import { type ServerView, toServerView } from './server-view.ts';

@Resolver(() => ServerModel)
export class DemoServerResolver {
  constructor(
    @Inject(AddDemoServer) private readonly add: AddDemoServer,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
  ) {}

  @Requires('catalog.write')
  @Mutation(() => ServerModel, {
    description: 'Registers the bundled demo server in this tenant (vetting runs as for any other).',
  })
  async addDemoServer(@CurrentActor() actor: Actor, @Context() context: RequestContext): Promise<ServerView> {
    const row = await this.batches.server(context, await this.add.execute(actor));
    if (!row) throw new AppError('not_found');
    return toServerView(row);
  }
}
