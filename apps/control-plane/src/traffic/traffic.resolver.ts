import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { OpenConnectionsModel, UpstreamHealthModel } from './traffic.model.ts';
import { TrafficReadModel } from './traffic.read-model.ts';

@Resolver(() => UpstreamHealthModel)
export class TrafficResolver {
  constructor(@Inject(TrafficReadModel) private readonly traffic: TrafficReadModel) {}

  @Requires('catalog.read')
  @Query(() => [UpstreamHealthModel])
  upstreamHealth(@CurrentActor() actor: Actor): Promise<readonly UpstreamHealthModel[]> {
    return this.traffic.upstreams(actor.tenantId);
  }

  @Requires('agents.read')
  @Query(() => OpenConnectionsModel)
  openConnections(@CurrentActor() actor: Actor): Promise<OpenConnectionsModel> {
    return this.traffic.connections(actor.tenantId);
  }
}
