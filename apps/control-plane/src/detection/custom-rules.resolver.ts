import { Inject } from '@nestjs/common';
import { Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AppError } from '@sallyport/kernel';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import { PublishTenantNow } from '../publication/publish-tenant-now.ts';
import { tryRule } from './check-custom-rule.ts';
import {
  CustomRuleChangeModel,
  CustomRuleInputModel,
  CustomRuleModel,
  CustomRuleTrialModel,
} from './custom-rule.model.ts';
import { DetectionReadModel } from './detection.read-model.ts';
import type { toCustomRule } from './detection-view.ts';
import { CustomRuleKind } from './detection-words.ts';
import { SaveCustomRule } from './save-custom-rule.ts';

type RuleView = ReturnType<typeof toCustomRule>;

@Resolver(() => CustomRuleModel)
export class CustomRulesResolver {
  constructor(
    @Inject(DetectionReadModel) private readonly detectionOf: DetectionReadModel,
    @Inject(SaveCustomRule) private readonly save: SaveCustomRule,
    @Inject(PublishTenantNow) private readonly publishNow: PublishTenantNow,
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
  ) {}

  /** What a rule would find in a pasted text; nothing is stored. */
  @Requires('settings.write')
  @Query(() => CustomRuleTrialModel)
  tryDetectionRule(
    @Arg('kind', () => CustomRuleKind) kind: CustomRuleKind,
    @Arg('value', () => String) value: string,
    @Arg('text', () => String) text: string,
  ): CustomRuleTrialModel {
    return tryRule({ kind, value }, text);
  }

  @Requires('settings.write')
  @Mutation(() => CustomRuleChangeModel)
  async createDetectionRule(
    @CurrentActor() actor: Actor,
    @Arg('input', () => CustomRuleInputModel) input: CustomRuleInputModel,
  ) {
    const id = await this.save.create(actor, input);
    return this.changed(actor, id, `rule ${input.code}`);
  }

  @Requires('settings.write')
  @Mutation(() => CustomRuleChangeModel)
  async updateDetectionRule(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) wireId: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => CustomRuleInputModel) input: CustomRuleInputModel,
  ) {
    const id = readId('detectionRule', wireId);
    await this.save.update(actor, id, version, input);
    return this.changed(actor, id, `rule ${input.code}`);
  }

  @Requires('settings.write')
  @Mutation(() => PublicationModel)
  async deleteDetectionRule(
    @CurrentActor() actor: Actor,
    @Arg('id', () => ID) id: string,
  ): Promise<PublicationModel> {
    await this.save.remove(actor, readId('detectionRule', id));
    await this.publishNow.flush(actor, 'rule deleted');
    return this.publications.forTenant(actor.tenantId);
  }

  @ResolveField()
  updatedBy(@Parent() rule: RuleView, @Context() context: RequestContext) {
    return this.batches.person(context, rule.updatedByUser);
  }

  private async changed(actor: Actor, id: string, note: string) {
    await this.publishNow.flush(actor, note);
    const rule = await this.detectionOf.customRule(actor.tenantId, id);
    if (!rule) throw new AppError('not_found', undefined, { details: { kind: 'detectionRule' } });
    return { rule, publication: await this.publications.forTenant(actor.tenantId) };
  }
}
