import { Inject } from '@nestjs/common';
import { Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toWireId } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { POLICY_CHECKER } from '../platform/tokens.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import { DeletePolicy } from './delete-policy.ts';
import { effectOf, PoliciesReadModel, type PolicyRow } from './policies.read-model.ts';
import {
  PolicyChangeModel,
  PolicyCheckModel,
  PolicyInputModel,
  PolicyModel,
  PolicyTemplateModel,
} from './policy.model.ts';
import type { PolicyChecker } from './policy-checker.ts';
import { policyTemplates } from './policy-templates.ts';
import { SavePolicy } from './save-policy.ts';

function toView(row: PolicyRow) {
  const { name, text, enabled, version, updatedAt, hits7d, updatedBy } = row;
  const id = toWireId('policy', row.id);
  return {
    id,
    updatedByUser: updatedBy,
    name,
    text,
    enabled,
    version,
    updatedAt,
    hits7d,
    effect: effectOf(text),
  };
}
type PolicyView = ReturnType<typeof toView>;

/** What the policies' mutations do. */
export class PolicyUseCases {
  constructor(
    readonly save: SavePolicy,
    readonly remove: DeletePolicy,
    readonly publishNow: PublishTenantNow,
  ) {}
}

@Resolver(() => PolicyModel)
export class PoliciesResolver {
  constructor(
    @Inject(PoliciesReadModel) private readonly policiesOf: PoliciesReadModel,
    @Inject(PolicyUseCases) private readonly use: PolicyUseCases,
    @Inject(POLICY_CHECKER) private readonly checker: PolicyChecker,
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
  ) {}

  @Requires('policies.read')
  @Query(() => [PolicyModel])
  async policies(@CurrentActor() actor: Actor): Promise<readonly PolicyView[]> {
    return (await this.policiesOf.list(actor.tenantId, new Date())).map(toView);
  }

  @Requires('policies.read')
  @Query(() => PolicyModel, { nullable: true })
  async policy(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<PolicyView> {
    return toView(await this.policiesOf.byId(actor.tenantId, readId('policy', id), new Date()));
  }

  @Requires('policies.read')
  @Query(() => [PolicyTemplateModel])
  policyTemplates(): readonly PolicyTemplateModel[] {
    return policyTemplates;
  }

  @Requires('policies.read')
  @Query(() => PolicyCheckModel)
  async checkPolicy(@Arg('text', () => String) text: string): Promise<PolicyCheckModel> {
    const problems = await this.checker.check(text);
    return { ok: problems.length === 0, problems };
  }

  @Requires('policies.write')
  @Mutation(() => PolicyChangeModel)
  async createPolicy(
    @CurrentActor() actor: Actor,
    @Arg('input', () => PolicyInputModel) input: PolicyInputModel,
  ) {
    const id = await this.use.save.create(actor, input);
    return this.changed(actor, id, `policy ${input.name}`);
  }

  @Requires('policies.write')
  @Mutation(() => PolicyChangeModel)
  async updatePolicy(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) wireId: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => PolicyInputModel) input: PolicyInputModel,
  ) {
    const id = readId('policy', wireId);
    await this.use.save.update(actor, id, version, input);
    return this.changed(actor, id, `policy ${input.name}`);
  }

  @Requires('policies.write')
  @Mutation(() => PublicationModel)
  async deletePolicy(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) id: string,
  ): Promise<PublicationModel> {
    await this.use.remove.execute(actor, readId('policy', id));
    await this.use.publishNow.flush(actor, 'policy deleted');
    return this.publications.forTenant(actor.tenantId);
  }

  @ResolveField()
  updatedBy(@Parent() policy: PolicyView, @Context() context: RequestContext) {
    return this.batches.person(context, policy.updatedByUser);
  }

  /** Published before it is answered, so the console says how many workers have it. */
  private async changed(actor: Actor, id: string, note: string) {
    await this.use.publishNow.flush(actor, note);
    const policy = toView(await this.policiesOf.byId(actor.tenantId, id, new Date()));
    return { policy, publication: await this.publications.forTenant(actor.tenantId) };
  }
}
