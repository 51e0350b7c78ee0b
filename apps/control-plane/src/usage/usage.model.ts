import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';

export const UsageGroup = { HOUR: 'HOUR', CUSTOMER: 'CUSTOMER', AGENT: 'AGENT', TOOL: 'TOOL' } as const;
export type UsageGroup = keyof typeof UsageGroup;
registerEnumType(UsageGroup, { name: 'UsageGroup' });

@ObjectType('UsageReport')
export class UsageReportModel {
  @Field(() => [UsageRowModel]) readonly rows!: readonly UsageRowModel[];
  @Field(() => UsageTotalsModel) readonly totals!: UsageTotalsModel;
  @Field(() => Int) readonly receiptCalls!: number;
}

@ObjectType('UsageRow')
export class UsageRowModel {
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly hour?: Date | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly customer?: NamedRefModel | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly agent?: NamedRefModel | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly server?: NamedRefModel | null;
  @Field(() => String, { nullable: true }) readonly toolName?: string | null;
  @Field(() => Int) readonly calls!: number;
  @Field(() => Int) readonly denied!: number;
  @Field(() => Int) readonly errors!: number;
  @Field(() => Float) readonly bytesIn!: number;
  @Field(() => Float) readonly bytesOut!: number;
}

@ObjectType('UsageTotals')
export class UsageTotalsModel {
  @Field(() => Int) readonly calls!: number;
  @Field(() => Int) readonly denied!: number;
  @Field(() => Int) readonly errors!: number;
  @Field(() => Float) readonly bytesIn!: number;
  @Field(() => Float) readonly bytesOut!: number;
}
