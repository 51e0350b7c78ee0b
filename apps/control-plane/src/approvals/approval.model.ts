import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PageInfoModel } from '../graphql/page-info.model.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { ServerModel } from '../servers/server.model.ts';
import { DefinitionChangeModel, ToolModel } from '../servers/tool.model.ts';
import { FindingModel } from '../vetting/finding.model.ts';
import { VetReportModel } from '../vetting/vet-report.model.ts';

export const ToolDecision = { APPROVE: 'APPROVE', REJECT: 'REJECT' } as const;
export type ToolDecision = keyof typeof ToolDecision;
registerEnumType(ToolDecision, { name: 'ToolDecision' });

export const ApprovalState = {
  OPEN: 'OPEN',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  SUPERSEDED: 'SUPERSEDED',
} as const;
export type ApprovalState = keyof typeof ApprovalState;
registerEnumType(ApprovalState, { name: 'ApprovalState' });

export const ApprovalKind = { SERVER: 'SERVER', TOOL: 'TOOL' } as const;
export type ApprovalKind = keyof typeof ApprovalKind;
registerEnumType(ApprovalKind, { name: 'ApprovalKind' });

@ObjectType('ApprovalConnection')
export class ApprovalConnectionModel {
  @Field(() => [ApprovalModel]) readonly nodes!: readonly ApprovalModel[];
  @Field(() => PageInfoModel) readonly pageInfo!: PageInfoModel;
  @Field(() => Int) readonly openCount!: number;
}

@ObjectType('Approval')
export class ApprovalModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => ApprovalKind) readonly kind!: ApprovalKind;
  @Field(() => ApprovalState) readonly state!: ApprovalState;
  @Field(() => ServerModel) readonly server!: ServerModel;
  @Field(() => [ApprovalToolModel], {
    description: 'For kind TOOL: the changed tool and its diff; for SERVER: every tool found.',
  })
  readonly tools!: readonly ApprovalToolModel[];
  @Field(() => VetReportModel, { nullable: true }) readonly report?: VetReportModel | null;
  @Field(() => GraphQLISODateTime) readonly requestedAt!: Date;
  @Field(() => String, { nullable: true }) readonly requestedBy?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly decidedAt?: Date | null;
  @Field(() => String, { nullable: true }) readonly decidedBy?: string | null;
  @Field(() => String, { nullable: true }) readonly reason?: string | null;
  @Field(() => PublicationModel, { nullable: true }) readonly publication?: PublicationModel | null;
}

@ObjectType('ApprovalTool')
export class ApprovalToolModel {
  @Field(() => ToolModel) readonly tool!: ToolModel;
  @Field(() => String) readonly observedDigest!: string;
  @Field(() => DefinitionChangeModel, { nullable: true }) readonly change?: DefinitionChangeModel | null;
  @Field(() => [FindingModel]) readonly findings!: readonly FindingModel[];
}

@InputType('ToolDecisionInput')
export class ToolDecisionInputModel {
  @Field(() => ID) readonly toolId!: string;
  @Field(() => String) readonly digest!: string;
  @Field(() => ToolDecision) readonly decision!: ToolDecision;
}

@InputType('DecideApprovalInput')
export class DecideApprovalInputModel {
  @Field(() => ID) readonly approvalId!: string;
  @Field(() => [ToolDecisionInputModel]) readonly tools!: readonly ToolDecisionInputModel[];
  @Field(() => String) readonly reason!: string;
  @Field(() => Boolean, { defaultValue: true }) readonly publish!: boolean;
}
