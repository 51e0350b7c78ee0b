import { Field, Float, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PublicationModel } from '../publication/publication.model.ts';
import { FindingSeverity } from '../vetting/finding.model.ts';
import { CustomRuleKind, DetectionSurface } from './detection-words.ts';

@ObjectType('CustomRule')
export class CustomRuleModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly code!: string;
  @Field(() => String) readonly title!: string;
  @Field(() => CustomRuleKind) readonly kind!: CustomRuleKind;
  @Field(() => String, { description: 'Keywords: one a line. Pattern: in the linear-time dialect.' })
  readonly value!: string;
  @Field(() => [DetectionSurface]) readonly surfaces!: readonly DetectionSurface[];
  @Field(() => FindingSeverity) readonly severity!: FindingSeverity;
  @Field(() => [ID], { nullable: true, description: 'Null: every tool.' })
  readonly toolIds?: readonly string[] | null;
  @Field(() => Boolean) readonly enabled!: boolean;
  @Field(() => Int) readonly version!: number;
  @Field(() => GraphQLISODateTime) readonly updatedAt!: Date;
  @Field(() => String, { nullable: true }) readonly updatedBy?: string | null;
}

@InputType('CustomRuleInput')
export class CustomRuleInputModel {
  @Field(() => String, { description: 'Lower case and `_`; `custom_` is put in front.' })
  readonly code!: string;
  @Field(() => String) readonly title!: string;
  @Field(() => CustomRuleKind) readonly kind!: CustomRuleKind;
  @Field(() => String) readonly value!: string;
  @Field(() => [DetectionSurface]) readonly surfaces!: readonly DetectionSurface[];
  @Field(() => FindingSeverity) readonly severity!: FindingSeverity;
  @Field(() => [ID], { nullable: true }) readonly toolIds?: readonly string[] | null;
  @Field(() => Boolean, { defaultValue: true }) readonly enabled!: boolean;
}

@ObjectType('CustomRuleChange')
export class CustomRuleChangeModel {
  @Field(() => CustomRuleModel) readonly rule!: CustomRuleModel;
  @Field(() => PublicationModel) readonly publication!: PublicationModel;
}

@ObjectType('CustomRuleTrial', { description: 'What a rule that is not saved yet would find in a text.' })
export class CustomRuleTrialModel {
  @Field(() => [String], { description: 'Why the rule cannot be saved; empty = it can.' })
  readonly problems!: readonly string[];
  @Field(() => [TrialHitModel]) readonly hits!: readonly TrialHitModel[];
  @Field(() => Float, { description: 'Counted steps for each character of the text; a rule is linear.' })
  readonly stepsPerCharacter!: number;
}

@ObjectType('TrialHit')
export class TrialHitModel {
  @Field(() => Int) readonly start!: number;
  @Field(() => Int) readonly end!: number;
}
