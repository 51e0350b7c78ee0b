import { Inject } from '@nestjs/common';
import { Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { PublicationModel } from './publication.model.ts';
import { PublicationReadModel } from './publication.read-model.ts';
import { PublishTenantNow } from './publish-tenant-now.ts';

@Resolver(() => PublicationModel)
export class PublicationResolver {
  constructor(
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
    @Inject(PublishTenantNow) private readonly publishNow: PublishTenantNow,
  ) {}

  @Requires('member')
  @Query(() => PublicationModel)
  publication(@CurrentActor() actor: Actor): Promise<PublicationModel> {
    return this.publications.forTenant(actor.tenantId);
  }

  @Requires('publish')
  @Mutation(() => PublicationModel)
  async publish(@CurrentActor() actor: Actor): Promise<PublicationModel> {
    await this.publishNow.execute(actor);
    return this.publications.forTenant(actor.tenantId);
  }

  @Requires('publish')
  @Mutation(() => PublicationModel)
  async rollback(
    @CurrentActor() actor: Actor,
    @Arg('toVersion', () => Int) toVersion: number,
  ): Promise<PublicationModel> {
    await this.publishNow.rollBack(actor, toVersion);
    return this.publications.forTenant(actor.tenantId);
  }
}
