import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { FindingSeverity } from '../vetting/finding.model.ts';
import {
  ArgumentRole,
  DetectionMode,
  DetectionTier,
  OnFailure,
  RestoreTokens,
  SensitiveAction,
  SensitiveClass,
} from './detection-words.ts';

@ObjectType('SeverityMode')
export class SeverityModeModel {
  @Field(() => FindingSeverity) readonly severity!: FindingSeverity;
  @Field(() => DetectionMode) readonly mode!: DetectionMode;
}

@ObjectType('TierMode')
export class TierModeModel {
  @Field(() => DetectionTier) readonly tier!: DetectionTier;
  @Field(() => DetectionMode) readonly mode!: DetectionMode;
}

@ObjectType('CodeMode')
export class CodeModeModel {
  @Field(() => String) readonly code!: string;
  @Field(() => DetectionMode) readonly mode!: DetectionMode;
}

@ObjectType('DetectionModes', {
  description: 'The mode of its code wins, then of its tier, then of its severity.',
})
export class DetectionModesModel {
  @Field(() => [SeverityModeModel]) readonly bySeverity!: readonly SeverityModeModel[];
  @Field(() => [TierModeModel]) readonly byTier!: readonly TierModeModel[];
  @Field(() => [CodeModeModel]) readonly byCode!: readonly CodeModeModel[];
}

@ObjectType('ClassAction')
export class ClassActionModel {
  @Field(() => SensitiveClass) readonly class!: SensitiveClass;
  @Field(() => SensitiveAction) readonly action!: SensitiveAction;
}

@ObjectType('TypeAction')
export class TypeActionModel {
  @Field(() => String) readonly type!: string;
  @Field(() => SensitiveAction) readonly action!: SensitiveAction;
}

@ObjectType('RedactionSettings', { description: 'The action of its type wins over that of its class.' })
export class RedactionSettingsModel {
  @Field(() => [ClassActionModel]) readonly byClass!: readonly ClassActionModel[];
  @Field(() => [TypeActionModel]) readonly byType!: readonly TypeActionModel[];
}

@ObjectType('DetectionSettings')
export class DetectionSettingsModel {
  @Field(() => String, { description: '`monitor`: only recorded; `block`: modes and actions act.' })
  readonly requestInspection!: string;
  @Field(() => String) readonly responseInspection!: string;
  @Field(() => DetectionModesModel) readonly modes!: DetectionModesModel;
  @Field(() => RedactionSettingsModel, { description: 'Arguments on their way to tools.' })
  readonly outbound!: RedactionSettingsModel;
  @Field(() => RedactionSettingsModel, {
    description: 'Results, resources and prompts on their way to the model.',
  })
  readonly inbound!: RedactionSettingsModel;
  @Field(() => RestoreTokens) readonly restoreTokens!: RestoreTokens;
}

@ObjectType('ExternalClassifier')
export class ExternalClassifierModel {
  @Field(() => String) readonly url!: string;
  @Field(() => Boolean) readonly enabled!: boolean;
  @Field(() => Boolean) readonly hasToken!: boolean;
  @Field(() => Int) readonly budgetMs!: number;
  @Field(() => Int) readonly perMinute!: number;
  @Field(() => OnFailure) readonly onFailure!: OnFailure;
}

@ObjectType('ExportConsent')
export class ExportConsentModel {
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => String) readonly by!: string;
}

@ObjectType('RoleOfArgument')
export class RoleOfArgumentModel {
  @Field(() => String, { description: 'JSON Pointer into the arguments, `*` for the items of an array.' })
  readonly pointer!: string;
  @Field(() => ArgumentRole) readonly role!: ArgumentRole;
}

@ObjectType('ToolDetection', { description: 'Where one tool differs from its tenant.' })
export class ToolDetectionModel {
  @Field(() => ID) readonly toolId!: string;
  @Field(() => DetectionModesModel) readonly modes!: DetectionModesModel;
  @Field(() => RedactionSettingsModel) readonly outbound!: RedactionSettingsModel;
  @Field(() => RedactionSettingsModel) readonly inbound!: RedactionSettingsModel;
  @Field(() => [RoleOfArgumentModel], { description: 'Set by an admin.' })
  readonly roles!: readonly RoleOfArgumentModel[];
  @Field(() => [RoleOfArgumentModel], { description: 'What the schema says where nobody set a role.' })
  readonly guessedRoles!: readonly RoleOfArgumentModel[];
  @Field(() => [String]) readonly tags!: readonly string[];
}

@InputType('SeverityModeInput')
export class SeverityModeInputModel {
  @Field(() => FindingSeverity) readonly severity!: FindingSeverity;
  @Field(() => DetectionMode, { nullable: true, description: 'Null: as the default, or as the tenant.' })
  readonly mode?: DetectionMode | null;
}

@InputType('TierModeInput')
export class TierModeInputModel {
  @Field(() => DetectionTier) readonly tier!: DetectionTier;
  @Field(() => DetectionMode, { nullable: true, description: 'Null: by severity.' })
  readonly mode?: DetectionMode | null;
}

@InputType('CodeModeInput')
export class CodeModeInputModel {
  @Field(() => String) readonly code!: string;
  @Field(() => DetectionMode, { nullable: true, description: 'Null: by tier and severity.' })
  readonly mode?: DetectionMode | null;
}

@InputType('ClassActionInput')
export class ClassActionInputModel {
  @Field(() => SensitiveClass) readonly class!: SensitiveClass;
  @Field(() => SensitiveAction, { nullable: true, description: 'Null: as the default, or as the tenant.' })
  readonly action?: SensitiveAction | null;
}

@InputType('TypeActionInput')
export class TypeActionInputModel {
  @Field(() => String) readonly type!: string;
  @Field(() => SensitiveAction, { nullable: true, description: 'Null: as its class.' })
  readonly action?: SensitiveAction | null;
}

@InputType('RedactionInput')
export class RedactionInputModel {
  @Field(() => [ClassActionInputModel], { nullable: true })
  readonly byClass?: readonly ClassActionInputModel[] | null;
  @Field(() => [TypeActionInputModel], { nullable: true })
  readonly byType?: readonly TypeActionInputModel[] | null;
}

@InputType('DetectionInput', { description: 'Only what is named changes.' })
export class DetectionInputModel {
  @Field(() => [SeverityModeInputModel], { nullable: true })
  readonly bySeverity?: readonly SeverityModeInputModel[] | null;
  @Field(() => [TierModeInputModel], { nullable: true })
  readonly byTier?: readonly TierModeInputModel[] | null;
  @Field(() => [CodeModeInputModel], { nullable: true })
  readonly byCode?: readonly CodeModeInputModel[] | null;
  @Field(() => RedactionInputModel, { nullable: true }) readonly outbound?: RedactionInputModel | null;
  @Field(() => RedactionInputModel, { nullable: true }) readonly inbound?: RedactionInputModel | null;
  @Field(() => RestoreTokens, { nullable: true }) readonly restoreTokens?: RestoreTokens | null;
}

@InputType('RoleOfArgumentInput')
export class RoleOfArgumentInputModel {
  @Field(() => String) readonly pointer!: string;
  @Field(() => ArgumentRole) readonly role!: ArgumentRole;
}

@InputType('ToolDetectionInput', {
  description: 'Only what is named changes; roles and tags are given whole.',
})
export class ToolDetectionInputModel {
  @Field(() => [SeverityModeInputModel], { nullable: true })
  readonly bySeverity?: readonly SeverityModeInputModel[] | null;
  @Field(() => [TierModeInputModel], { nullable: true })
  readonly byTier?: readonly TierModeInputModel[] | null;
  @Field(() => [CodeModeInputModel], { nullable: true })
  readonly byCode?: readonly CodeModeInputModel[] | null;
  @Field(() => RedactionInputModel, { nullable: true }) readonly outbound?: RedactionInputModel | null;
  @Field(() => RedactionInputModel, { nullable: true }) readonly inbound?: RedactionInputModel | null;
  @Field(() => [RoleOfArgumentInputModel], { nullable: true })
  readonly roles?: readonly RoleOfArgumentInputModel[] | null;
  @Field(() => [String], { nullable: true }) readonly tags?: readonly string[] | null;
}

@InputType('ExternalClassifierInput')
export class ExternalClassifierInputModel {
  @Field(() => String) readonly url!: string;
  @Field(() => Boolean, { defaultValue: true }) readonly enabled!: boolean;
  @Field(() => Int, { defaultValue: 300 }) readonly budgetMs!: number;
  @Field(() => Int, { defaultValue: 60 }) readonly perMinute!: number;
  @Field(() => OnFailure, { defaultValue: 'PASS' }) readonly onFailure!: OnFailure;
  @Field(() => String, { nullable: true, description: 'Absent: the stored one stays, for the same origin.' })
  readonly token?: string | null;
}
