import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import type { Env } from '../env.ts';
import { ENV } from '../platform/tokens.ts';
import { EndpointModel } from './endpoint.model.ts';
import { EndpointsReadModel, endpointUrl } from './endpoints.read-model.ts';

@Resolver(() => EndpointModel)
export class EndpointsResolver {
  constructor(
    @Inject(EndpointsReadModel) private readonly endpointsOf: EndpointsReadModel,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Requires('catalog.read')
  @Query(() => [EndpointModel])
  async endpoints(@CurrentActor() actor: Actor): Promise<readonly EndpointModel[]> {
    const { endpoints, toolCount } = await this.endpointsOf.list(actor.tenantId);
    return endpoints.map((row) => ({
      id: toWireId('endpoint', row.id),
      slug: row.slug,
      name: row.name,
      url: endpointUrl(this.env.GATEWAY_URL, actor.tenantSlug, row.slug),
      toolCount,
    }));
  }
}
