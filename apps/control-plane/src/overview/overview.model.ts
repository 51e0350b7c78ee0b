import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CallModel } from '../calls/call.model.ts';
import { NamedCountModel } from '../graphql/named-ref.model.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { ServerModel } from '../servers/server.model.ts';

export const TimeRange = { HOUR: 'HOUR', DAY: 'DAY', WEEK: 'WEEK' } as const;
export type TimeRange = keyof typeof TimeRange;
registerEnumType(TimeRange, { name: 'TimeRange' });

@ObjectType('Overview')
export class OverviewModel {
  @Field(() => Int) readonly calls!: number;
  @Field(() => Int) readonly denied!: number;
  @Field(() => Int) readonly errors!: number;
  @Field(() => Float, { nullable: true }) readonly addedP50Ms?: number | null;
  @Field(() => Float, { nullable: true }) readonly addedP95Ms?: number | null;
  @Field(() => Float, { nullable: true }) readonly addedP99Ms?: number | null;
  @Field(() => Float, { nullable: true }) readonly upstreamP50Ms?: number | null;
  @Field(() => Float, { nullable: true }) readonly upstreamP95Ms?: number | null;
  @Field(() => [OverviewPointModel]) readonly series!: readonly OverviewPointModel[];
  @Field(() => [NamedCountModel]) readonly deniesByCode!: readonly NamedCountModel[];
  @Field(() => [NamedCountModel]) readonly topTools!: readonly NamedCountModel[];
  @Field(() => [CallModel]) readonly recent!: readonly CallModel[];
  @Field(() => [ServerModel]) readonly servers!: readonly ServerModel[];
  @Field(() => PublicationModel) readonly publication!: PublicationModel;
  @Field(() => Int) readonly openApprovals!: number;
  @Field(() => Int) readonly driftedTools!: number;
  @Field(() => Int) readonly anonymousRefusals!: number;
}

@ObjectType('OverviewPoint')
export class OverviewPointModel {
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => Int) readonly calls!: number;
  @Field(() => Int) readonly denied!: number;
  @Field(() => Int) readonly errors!: number;
}
