import { Inject } from '@nestjs/common';
import { ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import type { Env } from '../env.ts';
import { Arg } from '../graphql/arg.ts';
import { readId } from '../graphql/wire-ids.ts';
import { ENV } from '../platform/tokens.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import type { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import type { DeleteEndpoint } from './delete-endpoint.ts';
import {
  CapabilityListModel,
  EndpointChangeModel,
  EndpointInputModel,
  EndpointModel,
} from './endpoint.model.ts';
import { type EndpointDraft, type Naming, readDraft, type Selection } from './endpoint-input.ts';
import { toCapabilityModel, toEndpointModel } from './endpoint-view.ts';
import { EndpointsReadModel, type EndpointView, endpointUrl } from './endpoints.read-model.ts';
import type { SaveEndpoint } from './save-endpoint.ts';
import { searchTokens } from './search-tokens.ts';

/** What the endpoints' mutations do. */
export class EndpointUseCases {
  constructor(
    readonly save: SaveEndpoint,
    readonly remove: DeleteEndpoint,
    readonly publishNow: PublishTenantNow,
  ) {}
}

function toDraft(input: EndpointInputModel): EndpointDraft {
  return readDraft({
    ...input,
    selection: input.selection.toLowerCase() as Selection,
    naming: input.naming.toLowerCase() as Naming,
    items: input.items.map((item) => ({ ...item, toolId: readId('tool', item.toolId) })),
  });
}

@Resolver(() => EndpointModel)
export class EndpointsResolver {
  constructor(
    @Inject(EndpointsReadModel) private readonly endpointsOf: EndpointsReadModel,
    @Inject(EndpointUseCases) private readonly use: EndpointUseCases,
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Requires('catalog.read')
  @Query(() => [EndpointModel])
  async endpoints(@CurrentActor() actor: Actor): Promise<readonly EndpointModel[]> {
    const views = await this.endpointsOf.list(actor.tenantId);
    return views.map((view) => this.toModel(actor, view));
  }

  @Requires('catalog.read')
  @Query(() => EndpointModel, { nullable: true })
  async endpoint(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<EndpointModel> {
    return this.toModel(actor, await this.endpointsOf.byId(actor.tenantId, readId('endpoint', id)));
  }

  @Requires('catalog.read')
  @Query(() => CapabilityListModel, { description: 'Everything that an endpoint could show.' })
  async capabilities(@CurrentActor() actor: Actor): Promise<CapabilityListModel> {
    const rows = await this.endpointsOf.capabilities(actor.tenantId);
    const servers = new Map(rows.map(({ server: { id, name, slug } }) => [id, { id, name, slug }]));
    return {
      servers: [...servers.values()]
        .map((server) => ({ ...server, id: toWireId('server', server.id) }))
        .sort((a, b) => a.name.localeCompare(b.name, 'en')),
      capabilities: rows.map(toCapabilityModel),
      searchTokens,
    };
  }

  @Requires('catalog.write')
  @Mutation(() => EndpointChangeModel)
  async createEndpoint(
    @CurrentActor() actor: Actor,
    @Arg('slug', () => String) slug: string,
    @Arg('input', () => EndpointInputModel) input: EndpointInputModel,
  ): Promise<EndpointChangeModel> {
    const id = await this.use.save.create(actor, slug, toDraft(input));
    return this.changed(actor, id, `endpoint ${slug}`);
  }

  @Requires('catalog.write')
  @Mutation(() => EndpointChangeModel)
  async updateEndpoint(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) wireId: string,
    @Arg('revision', () => String) revision: string,
    @Arg('input', () => EndpointInputModel) input: EndpointInputModel,
  ): Promise<EndpointChangeModel> {
    const id = readId('endpoint', wireId);
    await this.use.save.update(actor, id, revision, toDraft(input));
    return this.changed(actor, id, 'endpoint changed');
  }

  @Requires('catalog.write')
  @Mutation(() => PublicationModel)
  async deleteEndpoint(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) id: string,
    @Arg('revokeKeys', () => Boolean, { defaultValue: false }) revokeKeys: boolean,
  ): Promise<PublicationModel> {
    await this.use.remove.execute(actor, readId('endpoint', id), revokeKeys);
    await this.use.publishNow.flush(actor, 'endpoint deleted');
    return this.publications.forTenant(actor.tenantId);
  }

  /** Published before it is answered, so the console says how many workers have it. */
  private async changed(actor: Actor, id: string, note: string): Promise<EndpointChangeModel> {
    await this.use.publishNow.flush(actor, note);
    const endpoint = this.toModel(actor, await this.endpointsOf.byId(actor.tenantId, id));
    return { endpoint, publication: await this.publications.forTenant(actor.tenantId) };
  }

  private toModel(actor: Actor, view: EndpointView): EndpointModel {
    const url = endpointUrl(this.env.GATEWAY_URL, actor.tenantSlug, view.row.slug);
    return toEndpointModel(view, url, new Date());
  }
}
