import { Inject } from '@nestjs/common';
import { Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { actorOf, CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { toCallView } from '../calls/call-view.ts';
import { CallsReadModel } from '../calls/calls.read-model.ts';
import { EndpointsReadModel, endpointUrl } from '../endpoints/endpoints.read-model.ts';
import type { Env } from '../env.ts';
import { Arg } from '../graphql/arg.ts';
import { batchOf } from '../graphql/batch.ts';
import { readId, readOptionalId } from '../graphql/wire-ids.ts';
import { ENV } from '../platform/tokens.ts';
import { RevocationResultModel } from '../publication/publication.model.ts';
import type { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import { ActiveState } from '../viewer/viewer.model.ts';
import {
  AgentConnectionModel,
  AgentModel,
  type ApiKeyModel,
  CreateAgentInputModel,
  CreateApiKeyInputModel,
  CreatedApiKeyModel,
} from './agent.model.ts';
import { type AgentRow, AgentsReadModel } from './agents.read-model.ts';
import type { CreateApiKey } from './create-api-key.ts';
import type { RevokeApiKey } from './revoke-api-key.ts';
import type { SaveAgent } from './save-agent.ts';
import type { SetAgentState } from './set-agent-state.ts';

/** What the agents' mutations do. */
export class AgentUseCases {
  constructor(
    readonly save: SaveAgent,
    readonly setState: SetAgentState,
    readonly createKey: CreateApiKey,
    readonly revokeKey: RevokeApiKey,
    readonly publishNow: PublishTenantNow,
  ) {}
}

function toKeyModel(row: AgentRow['keys'][number]): ApiKeyModel {
  const { name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt, endpoint } = row;
  const id = toWireId('apiKey', row.id);
  const ref = endpoint ? { id: toWireId('endpoint', endpoint.id), name: endpoint.name } : null;
  return { id, name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt, endpoint: ref };
}

function toAgentView(row: AgentRow) {
  return {
    key: row.id,
    id: toWireId('agent', row.id),
    name: row.name,
    roles: row.roles,
    customer: row.customer ? { id: toWireId('customer', row.customer.id), name: row.customer.name } : null,
    state: row.state.toUpperCase() as ActiveState,
    owner: row.owner ? { id: toWireId('member', row.owner.id), name: row.owner.user.displayName } : null,
    createdAt: row.createdAt,
    keys: row.keys.map(toKeyModel),
  };
}
type AgentView = ReturnType<typeof toAgentView>;

const lastCallsKind = {};

@Resolver(() => AgentModel)
export class AgentsResolver {
  constructor(
    @Inject(AgentsReadModel) private readonly agentsOf: AgentsReadModel,
    @Inject(AgentUseCases) private readonly use: AgentUseCases,
    @Inject(EndpointsReadModel) private readonly endpoints: EndpointsReadModel,
    @Inject(CallsReadModel) private readonly calls: CallsReadModel,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Requires('agents.read')
  @Query(() => AgentConnectionModel)
  async agents(
    @CurrentActor() actor: Actor,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const page = await this.agentsOf.list(actor.tenantId, first, after);
    return { nodes: page.nodes.map(toAgentView), pageInfo: page.pageInfo };
  }

  @Requires('agents.read')
  @Query(() => AgentModel, { nullable: true })
  async agent(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<AgentView> {
    return toAgentView(await this.agentsOf.byId(actor.tenantId, readId('agent', id)));
  }

  @Requires('agents.write')
  @Mutation(() => AgentModel)
  async createAgent(
    @CurrentActor() actor: Actor,
    @Arg('input', () => CreateAgentInputModel) input: CreateAgentInputModel,
  ): Promise<AgentView> {
    const customerId = readOptionalId('customer', input.customerId);
    const id = await this.use.save.create(actor, { name: input.name, roles: input.roles, customerId });
    return toAgentView(await this.agentsOf.byId(actor.tenantId, id));
  }

  @Requires('agents.write')
  @Mutation(() => AgentModel)
  async updateAgent(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) wireId: string,
    @Arg('input', () => CreateAgentInputModel) input: CreateAgentInputModel,
  ): Promise<AgentView> {
    const id = readId('agent', wireId);
    const customerId = readOptionalId('customer', input.customerId);
    await this.use.save.update(actor, id, { name: input.name, roles: input.roles, customerId });
    return toAgentView(await this.agentsOf.byId(actor.tenantId, id));
  }

  @Requires('agents.write')
  @Mutation(() => RevocationResultModel)
  setAgentState(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) id: string,
    @Arg('state', () => ActiveState) state: ActiveState,
  ): Promise<RevocationResultModel> {
    return this.use.setState.execute(actor, readId('agent', id), state === 'ACTIVE' ? 'active' : 'suspended');
  }

  @Requires('agents.write')
  @Mutation(() => CreatedApiKeyModel)
  async createApiKey(
    @CurrentActor() actor: Actor,
    @Arg('input', () => CreateApiKeyInputModel) input: CreateApiKeyInputModel,
  ): Promise<CreatedApiKeyModel> {
    const endpointId = readOptionalId('endpoint', input.endpointId);
    const endpoint = await this.endpoints.find(actor.tenantId, endpointId);
    const made = await this.use.createKey.execute(actor, {
      agentId: readId('agent', input.agentId),
      name: input.name,
      endpointId,
      expiresInDays: input.expiresInDays ?? null,
    });
    // Whoever is shown a key tries it at once.
    await this.use.publishNow.flush(actor, 'key');
    const url = endpointUrl(this.env.GATEWAY_URL, actor.tenantSlug, endpoint.slug);
    return {
      key: toKeyModel(await this.agentsOf.keyById(actor.tenantId, made.id)),
      secret: made.secret,
      endpointUrl: url,
    };
  }

  @Requires('agents.write')
  @Mutation(() => RevocationResultModel)
  revokeApiKey(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) id: string,
  ): Promise<RevocationResultModel> {
    return this.use.revokeKey.execute(actor, readId('apiKey', id));
  }

  @ResolveField()
  async lastCallAt(@Parent() agent: AgentView, @Context() context: RequestContext): Promise<Date | null> {
    const { tenantId } = actorOf(context.session);
    const load = (ids: readonly string[]) => this.agentsOf.lastCalls(tenantId, ids);
    return (await batchOf(context, lastCallsKind, load).get(agent.key)) ?? null;
  }

  @ResolveField()
  async recentAttempts(@Parent() agent: AgentView, @Context() context: RequestContext) {
    const { session } = context;
    // Receipts need their own permission, also by this way in.
    if (!session.permissions.has('calls.read')) return [];
    const page = await this.calls.list(actorOf(session).tenantId, { agentId: agent.key }, 10, null);
    return page.nodes.map(toCallView);
  }
}
