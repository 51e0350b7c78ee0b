import {
  Field,
  Float,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';
import { PageInfoModel } from '../graphql/page-info.model.ts';
import { FindingModel } from '../vetting/finding.model.ts';

export const CallOutcome = {
  OK: 'OK',
  TOOL_ERROR: 'TOOL_ERROR',
  DENIED: 'DENIED',
  ERROR: 'ERROR',
  CANCELLED: 'CANCELLED',
  UNKNOWN: 'UNKNOWN',
  RUNNING: 'RUNNING',
} as const;
export type CallOutcome = keyof typeof CallOutcome;
registerEnumType(CallOutcome, { name: 'CallOutcome' });

@InputType('CallFilter')
export class CallFilterModel {
  @Field(() => [CallOutcome], { nullable: true }) readonly outcome?: readonly CallOutcome[] | null;
  @Field(() => [String], { nullable: true }) readonly code?: readonly string[] | null;
  @Field(() => ID, { nullable: true }) readonly agentId?: string | null;
  @Field(() => ID, { nullable: true }) readonly keyId?: string | null;
  @Field(() => ID, { nullable: true }) readonly serverId?: string | null;
  @Field(() => String, { nullable: true }) readonly toolName?: string | null;
  @Field(() => ID, { nullable: true }) readonly customerId?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly from?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly to?: Date | null;
}

@ObjectType('CallConnection')
export class CallConnectionModel {
  @Field(() => [CallModel]) readonly nodes!: readonly CallModel[];
  @Field(() => PageInfoModel) readonly pageInfo!: PageInfoModel;
}

@ObjectType('Call')
export class CallModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => String) readonly method!: string;
  @Field(() => CallOutcome) readonly outcome!: CallOutcome;
  @Field(() => String, { nullable: true }) readonly code?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The stage that stopped the call, by its name in the pipeline.',
  })
  readonly stage?: string | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly agent?: NamedRefModel | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly customer?: NamedRefModel | null;
  @Field(() => String, { nullable: true }) readonly keyPrefix?: string | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly server?: NamedRefModel | null;
  @Field(() => String, { nullable: true }) readonly toolName?: string | null;
  @Field(() => String, { nullable: true }) readonly endpoint?: string | null;
  @Field(() => String) readonly worker!: string;
  @Field(() => Int, { nullable: true }) readonly snapshotVersion?: number | null;
  @Field(() => [String]) readonly policyIds!: readonly string[];
  @Field(() => String, { nullable: true }) readonly policyReason?: string | null;
  @Field(() => [String]) readonly argumentNames!: readonly string[];
  @Field(() => String, { nullable: true }) readonly argumentsDigest?: string | null;
  @Field(() => Int, { nullable: true }) readonly argumentsBytes?: number | null;
  @Field(() => String, { nullable: true }) readonly resultDigest?: string | null;
  @Field(() => Int, { nullable: true }) readonly resultBytes?: number | null;
  @Field(() => [FindingModel]) readonly findings!: readonly FindingModel[];
  @Field(() => [StageTimingModel]) readonly stages!: readonly StageTimingModel[];
  @Field(() => Float, { nullable: true }) readonly addedMs?: number | null;
  @Field(() => Float, { nullable: true }) readonly upstreamMs?: number | null;
  @Field(() => Float, { nullable: true }) readonly totalMs?: number | null;
  @Field(() => String, { nullable: true }) readonly client?: string | null;
  @Field(() => String, { nullable: true }) readonly protocolVersion?: string | null;
  @Field(() => String, { nullable: true }) readonly credential?: string | null;
  @Field(() => String, { nullable: true }) readonly incidentId?: string | null;
  @Field(() => CallBodiesModel, {
    nullable: true,
    description: 'Only where the tenant keeps bodies; decrypted on demand, access leaves a receipt.',
  })
  readonly bodies?: CallBodiesModel | null;
}

@ObjectType('CallBodies')
export class CallBodiesModel {
  @Field(() => String, { nullable: true }) readonly arguments?: string | null;
  @Field(() => String, { nullable: true }) readonly result?: string | null;
}

@ObjectType('StageTiming')
export class StageTimingModel {
  @Field(() => String) readonly name!: string;
  @Field(() => Int) readonly startUs!: number;
  @Field(() => Int) readonly durationUs!: number;
  @Field(() => Boolean) readonly ran!: boolean;
  @Field(() => Boolean) readonly stopped!: boolean;
}
