import { Field, Float, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../graphql/json-scalar.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { FindingSeverity } from '../vetting/finding.model.ts';
import { CustomRuleModel } from './custom-rule.model.ts';
import {
  DetectionSettingsModel,
  ExportConsentModel,
  ExternalClassifierModel,
} from './detection-settings.model.ts';
import { DetectionMode, DetectionTier, SensitiveAction, SensitiveClass } from './detection-words.ts';

@ObjectType('ActionCounts')
export class ActionCountsModel {
  @Field(() => Int, { description: 'Recorded only.' }) readonly monitor!: number;
  @Field(() => Int) readonly alert!: number;
  @Field(() => Int) readonly mask!: number;
  @Field(() => Int) readonly tokenise!: number;
  @Field(() => Int) readonly block!: number;
}

@ObjectType('DetectionTierRow')
export class DetectionTierRowModel {
  @Field(() => DetectionTier) readonly tier!: DetectionTier;
  @Field(() => DetectionMode, { nullable: true, description: 'Null: by severity.' })
  readonly mode?: DetectionMode | null;
  @Field(() => Boolean, { description: 'Whether this installation and tenant have it.' })
  readonly isActive!: boolean;
  @Field(() => ActionCountsModel, { description: 'Seven days.' }) readonly counts7d!: ActionCountsModel;
}

@ObjectType('DetectionRuleRow')
export class DetectionRuleRowModel {
  @Field(() => String) readonly code!: string;
  @Field(() => String) readonly title!: string;
  @Field(() => DetectionTier) readonly tier!: DetectionTier;
  @Field(() => FindingSeverity) readonly severity!: FindingSeverity;
  @Field(() => DetectionMode, { description: 'What applies, whoever set it.' }) readonly mode!: DetectionMode;
  @Field(() => String, { description: 'Who set the mode: `code`, `tier` or `severity`.' })
  readonly modeFrom!: string;
  @Field(() => String, { description: '`built_in`, `model` or `custom`.' }) readonly source!: string;
  @Field(() => String, { nullable: true }) readonly owasp?: string | null;
  @Field(() => ActionCountsModel, { description: 'Seven days.' }) readonly counts7d!: ActionCountsModel;
  @Field(() => Int) readonly confirmed!: number;
  @Field(() => Int) readonly overridden!: number;
  @Field(() => Float, { nullable: true, description: 'Confirmed among all verdicts; null without any.' })
  readonly precision?: number | null;
}

@ObjectType('SensitiveTypeRow')
export class SensitiveTypeRowModel {
  @Field(() => String) readonly type!: string;
  @Field(() => SensitiveClass) readonly class!: SensitiveClass;
  @Field(() => SensitiveAction, { description: 'What applies to arguments.' })
  readonly outbound!: SensitiveAction;
  @Field(() => SensitiveAction, { description: 'What applies to results.' })
  readonly inbound!: SensitiveAction;
  @Field(() => Boolean, { description: 'The type has an action of its own.' })
  readonly hasOwnOutbound!: boolean;
  @Field(() => Boolean) readonly hasOwnInbound!: boolean;
  @Field(() => ActionCountsModel, { description: 'Seven days.' }) readonly counts7d!: ActionCountsModel;
}

@ObjectType('DetectionBucket')
export class DetectionBucketModel {
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => Int) readonly monitor!: number;
  @Field(() => Int) readonly alert!: number;
  @Field(() => Int) readonly mask!: number;
  @Field(() => Int) readonly tokenise!: number;
  @Field(() => Int) readonly block!: number;
  @Field(() => Int, { description: 'Verdicts given in this time that a finding was wrong.' })
  readonly overridden!: number;
}

@ObjectType('Detection')
export class DetectionModel {
  @Field(() => DetectionSettingsModel) readonly settings!: DetectionSettingsModel;
  @Field(() => [DetectionTierRowModel]) readonly tiers!: readonly DetectionTierRowModel[];
  @Field(() => [DetectionRuleRowModel]) readonly rules!: readonly DetectionRuleRowModel[];
  @Field(() => [SensitiveTypeRowModel]) readonly sensitiveTypes!: readonly SensitiveTypeRowModel[];
  @Field(() => [CustomRuleModel]) readonly customRules!: readonly CustomRuleModel[];
  @Field(() => ExternalClassifierModel, { nullable: true })
  readonly external?: ExternalClassifierModel | null;
  @Field(() => ExportConsentModel, { nullable: true }) readonly exportConsent?: ExportConsentModel | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The card of the shipped model, as it was evaluated.',
  })
  readonly card?: unknown;
}

@ObjectType('DetectionChange')
export class DetectionChangeModel {
  @Field(() => DetectionModel) readonly detection!: DetectionModel;
  @Field(() => PublicationModel) readonly publication!: PublicationModel;
}
