import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';
import { PageInfoModel } from '../graphql/page-info.model.ts';
import { VetReportModel, VetRunModel } from '../vetting/vet-report.model.ts';
import { DefinitionChangeModel, ToolModel } from './tool.model.ts';

export const ServerState = {
  DRAFT: 'DRAFT',
  VETTING: 'VETTING',
  VETTING_FAILED: 'VETTING_FAILED',
  NEEDS_REVIEW: 'NEEDS_REVIEW',
  REJECTED: 'REJECTED',
  APPROVED: 'APPROVED',
  PUBLISHED: 'PUBLISHED',
  SUSPENDED: 'SUSPENDED',
  RETIRED: 'RETIRED',
} as const;
export type ServerState = keyof typeof ServerState;
registerEnumType(ServerState, { name: 'ServerState' });

export const ConnectionKind = { NONE: 'NONE', BEARER: 'BEARER', HEADER: 'HEADER', QUERY: 'QUERY' } as const;
export type ConnectionKind = keyof typeof ConnectionKind;
registerEnumType(ConnectionKind, { name: 'ConnectionKind' });

@InputType('ServerFilter')
export class ServerFilterModel {
  @Field(() => [ServerState], { nullable: true }) readonly state?: readonly ServerState[] | null;
  @Field(() => String, { nullable: true }) readonly search?: string | null;
}

@ObjectType('ServerConnection')
export class ServerConnectionModel {
  @Field(() => [ServerModel]) readonly nodes!: readonly ServerModel[];
  @Field(() => PageInfoModel) readonly pageInfo!: PageInfoModel;
}

@ObjectType('Server')
export class ServerModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly slug!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly url!: string;
  @Field(() => ServerState) readonly state!: ServerState;
  @Field(() => Boolean) readonly hasDrift!: boolean;
  @Field(() => String, { nullable: true }) readonly grade?: string | null;
  @Field(() => ConnectionInfoModel) readonly connection!: ConnectionInfoModel;
  @Field(() => NamedRefModel, { nullable: true }) readonly owner?: NamedRefModel | null;
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastVettedAt?: Date | null;
  @Field(() => [ToolModel], { description: 'Capabilities of every kind, or of the kinds asked for.' })
  readonly tools!: readonly ToolModel[];
  @Field(() => Int) readonly toolCount!: number;
  @Field(() => VetReportModel, { nullable: true }) readonly latestReport?: VetReportModel | null;
  @Field(() => VetRunModel, { nullable: true }) readonly latestRun?: VetRunModel | null;
  @Field(() => [VetReportModel]) readonly reports!: readonly VetReportModel[];
  @Field(() => [DefinitionChangeModel]) readonly changes!: readonly DefinitionChangeModel[];
  @Field(() => Boolean) readonly isPrivateOrigin!: boolean;
  @Field(() => Boolean) readonly privateOriginAllowed!: boolean;
}

@ObjectType('ConnectionInfo')
export class ConnectionInfoModel {
  @Field(() => ConnectionKind) readonly kind!: ConnectionKind;
  @Field(() => String, { nullable: true }) readonly headerName?: string | null;
  @Field(() => Boolean) readonly hasSecret!: boolean;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly updatedAt?: Date | null;
}

@InputType('ConnectionInput')
export class ConnectionInputModel {
  @Field(() => ConnectionKind) readonly kind!: ConnectionKind;
  @Field(() => String, { nullable: true }) readonly headerName?: string | null;
  @Field(() => String, { nullable: true }) readonly secret?: string | null;
}

@InputType('RegisterServerInput')
export class RegisterServerInputModel {
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true }) readonly slug?: string | null;
  @Field(() => String) readonly url!: string;
  @Field(() => ConnectionInputModel, { nullable: true }) readonly connection?: ConnectionInputModel | null;
}
