import { Field, Float, GraphQLISODateTime, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';
import { ToolKind } from '../servers/tool.model.ts';
import { FindingModel } from './finding.model.ts';

export const VetState = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  FINISHED: 'FINISHED',
  FAILED: 'FAILED',
} as const;
export type VetState = keyof typeof VetState;
registerEnumType(VetState, { name: 'VetState' });

@ObjectType('VetRun')
export class VetRunModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => NamedRefModel) readonly server!: NamedRefModel;
  @Field(() => String) readonly kind!: string;
  @Field(() => VetState) readonly state!: VetState;
  @Field(() => [VetStepModel]) readonly steps!: readonly VetStepModel[];
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly startedAt?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly endedAt?: Date | null;
  @Field(() => String, { nullable: true }) readonly error?: string | null;
  @Field(() => VetReportModel, { nullable: true }) readonly report?: VetReportModel | null;
}

@ObjectType('VetStep')
export class VetStepModel {
  @Field(() => String) readonly name!: string;
  @Field(() => VetState) readonly state!: VetState;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly startedAt?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly endedAt?: Date | null;
  @Field(() => String, { nullable: true }) readonly detail?: string | null;
}

@ObjectType('VetReport')
export class VetReportModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => NamedRefModel) readonly server!: NamedRefModel;
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => String) readonly grade!: string;
  @Field(() => [String]) readonly gradeReasons!: readonly string[];
  @Field(() => String) readonly digest!: string;
  @Field(() => [VetCheckModel]) readonly checks!: readonly VetCheckModel[];
  @Field(() => [VettedToolModel]) readonly tools!: readonly VettedToolModel[];
  @Field(() => [FindingModel]) readonly serverFindings!: readonly FindingModel[];
  @Field(() => [VetFactModel]) readonly facts!: readonly VetFactModel[];
  @Field(() => [String]) readonly scannerVersions!: readonly string[];
}

@ObjectType('VetCheck')
export class VetCheckModel {
  @Field(() => String) readonly name!: string;
  @Field(() => Boolean) readonly passed!: boolean;
  @Field(() => String) readonly detail!: string;
}

@ObjectType('VetFact')
export class VetFactModel {
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly value!: string;
}

@ObjectType('VettedTool')
export class VettedToolModel {
  @Field(() => ToolKind) readonly kind!: ToolKind;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly digest!: string;
  @Field(() => String) readonly definition!: string;
  @Field(() => [FindingModel]) readonly findings!: readonly FindingModel[];
  @Field(() => Float, { nullable: true, description: 'How likely it is an attack, 0 to 1.' })
  readonly score?: number | null;
  @Field(() => Boolean, { description: 'The score reached the shipped threshold.' })
  readonly flagged!: boolean;
}
