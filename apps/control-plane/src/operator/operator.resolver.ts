import { Inject } from '@nestjs/common';
import { ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { CurrentOperator, Requires } from '../access/requires.ts';
import type { OperatorActor } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { readId } from '../graphql/wire-ids.ts';
import { RevocationResultModel } from '../publication/publication.model.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import type { LoginLinks } from '../sign-in/login-links.ts';
import { ActiveState } from '../viewer/viewer.model.ts';
import type { CreateTenant } from './create-tenant.ts';
import {
  CreatedTenantModel,
  OperatorTenantModel,
  OwnerLinkModel,
  PrivateOriginModel,
  TenantConnectionModel,
} from './operator.model.ts';
import { OperatorReadModel, type OperatorTenantRow } from './operator.read-model.ts';
import type { PrivateOrigins } from './private-origins.ts';
import type { SetTenantState } from './set-tenant-state.ts';

/** What operators' mutations do. */
export class OperatorUseCases {
  constructor(
    readonly createTenant: CreateTenant,
    readonly setState: SetTenantState,
    readonly links: LoginLinks,
    readonly origins: PrivateOrigins,
  ) {}
}

function toView(row: OperatorTenantRow) {
  const { id, slug, name, state, createdAt } = row.tenant;
  const { members, servers, calls24h } = row;
  const shown = state === 'active' ? ('ACTIVE' as const) : ('SUSPENDED' as const);
  return {
    key: id,
    id: toWireId('tenant', id),
    slug,
    name,
    state: shown,
    createdAt,
    members,
    servers,
    calls24h,
  };
}
type TenantView = ReturnType<typeof toView>;

@Resolver(() => OperatorTenantModel)
export class OperatorResolver {
  constructor(
    @Inject(OperatorReadModel) private readonly tenantsOf: OperatorReadModel,
    @Inject(OperatorUseCases) private readonly use: OperatorUseCases,
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
  ) {}

  @Requires('operator')
  @Query(() => TenantConnectionModel, { description: 'Operators only; never payloads.' })
  async tenants(
    @CurrentOperator() _operator: OperatorActor,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const page = await this.tenantsOf.list(first, after);
    return { nodes: page.nodes.map(toView), pageInfo: page.pageInfo };
  }

  @Requires('operator')
  @Query(() => [PrivateOriginModel], { description: 'Operators only.' })
  privateOrigins(@CurrentOperator() _operator: OperatorActor): Promise<readonly PrivateOriginModel[]> {
    return this.use.origins.list();
  }

  @Requires('operator')
  @Mutation(() => CreatedTenantModel, { description: 'Operators only.' })
  async createTenant(
    @CurrentOperator() operator: OperatorActor,
    @Arg('slug', () => String) slug: string,
    @Arg('name', () => String) name: string,
  ) {
    const id = await this.use.createTenant.execute(operator.userId, slug, name);
    const link = await this.use.links.issueOwner(id, operator.userId);
    return { tenant: toView(await this.tenantsOf.byId(id)), ownerLink: link.url };
  }

  @Requires('operator')
  @Mutation(() => RevocationResultModel)
  setTenantState(
    @CurrentOperator() operator: OperatorActor,
    @Arg('id', () => ID) id: string,
    @Arg('state', () => ActiveState) state: ActiveState,
    @Arg('reason', () => String) reason: string,
  ): Promise<RevocationResultModel> {
    const wanted = state === 'ACTIVE' ? 'active' : 'suspended';
    return this.use.setState.execute(operator, readId('tenant', id), wanted, reason);
  }

  @Requires('operator')
  @Mutation(() => OwnerLinkModel)
  async createOwnerLink(
    @CurrentOperator() operator: OperatorActor,
    @Arg('tenantId', () => ID) tenantId: string,
  ): Promise<OwnerLinkModel> {
    const { tenant } = await this.tenantsOf.byId(readId('tenant', tenantId));
    return this.use.links.issueOwner(tenant.id, operator.userId);
  }

  @Requires('operator')
  @Mutation(() => [PrivateOriginModel])
  async allowPrivateOrigin(
    @CurrentOperator() operator: OperatorActor,
    @Arg('origin', () => String) origin: string,
  ): Promise<readonly PrivateOriginModel[]> {
    await this.use.origins.allow(origin, 'operator', operator.userId);
    return this.use.origins.list();
  }

  @Requires('operator')
  @Mutation(() => [PrivateOriginModel])
  async removePrivateOrigin(
    @CurrentOperator() _operator: OperatorActor,
    @Arg('origin', () => String) origin: string,
  ): Promise<readonly PrivateOriginModel[]> {
    await this.use.origins.remove(origin);
    return this.use.origins.list();
  }

  @ResolveField()
  publication(@Parent() tenant: TenantView) {
    return this.publications.forOperator(tenant.key);
  }
}
