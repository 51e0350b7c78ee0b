import { Field, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Publication', { description: 'What the tenant runs on and how far it is live.' })
export class PublicationModel {
  @Field(() => Int) readonly version!: number;
  @Field(() => Int) readonly revSeq!: number;
  @Field(() => String) readonly digest!: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly at?: Date | null;
  @Field(() => Int, { description: 'Workers that run what was saved last.' }) readonly workersLive!: number;
  @Field(() => Int) readonly workersTotal!: number;
  @Field(() => [WorkerAckModel]) readonly workers!: readonly WorkerAckModel[];
  @Field(() => [EnvelopeRefusalModel]) readonly refusals!: readonly EnvelopeRefusalModel[];
  @Field(() => [SnapshotInfoModel]) readonly history!: readonly SnapshotInfoModel[];
}

@ObjectType('WorkerAck')
export class WorkerAckModel {
  @Field(() => String) readonly id!: string;
  @Field(() => Int, { nullable: true }) readonly version?: number | null;
  @Field(() => Int, { nullable: true }) readonly revSeq?: number | null;
  @Field(() => String) readonly state!: string;
  @Field(() => String, { nullable: true }) readonly reason?: string | null;
  @Field(() => GraphQLISODateTime) readonly lastSeenAt!: Date;
}

@ObjectType('EnvelopeRefusal')
export class EnvelopeRefusalModel {
  @Field(() => String) readonly worker!: string;
  @Field(() => Int, { nullable: true }) readonly version?: number | null;
  @Field(() => String) readonly reason!: string;
  @Field(() => GraphQLISODateTime) readonly at!: Date;
}

@ObjectType('SnapshotInfo')
export class SnapshotInfoModel {
  @Field(() => Int) readonly version!: number;
  @Field(() => String) readonly digest!: string;
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => String, { nullable: true }) readonly by?: string | null;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
}

@ObjectType('RevocationResult', { description: 'Revocation is live when acked equals total.' })
export class RevocationResultModel {
  @Field(() => Int) readonly revSeq!: number;
  @Field(() => Int) readonly acked!: number;
  @Field(() => Int) readonly total!: number;
  @Field(() => [String]) readonly blind!: readonly string[];
}
