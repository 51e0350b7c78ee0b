import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PageInfoModel } from '../graphql/page-info.model.ts';
import { DetectionTier, VerdictWord } from './detection-words.ts';

@ObjectType('Verdict')
export class VerdictModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => ID) readonly callId!: string;
  @Field(() => Int, { description: 'Position among the findings of that call.' })
  readonly findingIndex!: number;
  @Field(() => String) readonly code!: string;
  @Field(() => DetectionTier) readonly tier!: DetectionTier;
  @Field(() => String) readonly surface!: string;
  @Field(() => VerdictWord) readonly verdict!: VerdictWord;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => String, { nullable: true }) readonly by?: string | null;
}

@ObjectType('VerdictConnection')
export class VerdictConnectionModel {
  @Field(() => [VerdictModel]) readonly nodes!: readonly VerdictModel[];
  @Field(() => PageInfoModel) readonly pageInfo!: PageInfoModel;
}

@InputType('VerdictInput')
export class VerdictInputModel {
  @Field(() => ID) readonly callId!: string;
  @Field(() => Int) readonly findingIndex!: number;
  @Field(() => VerdictWord) readonly verdict!: VerdictWord;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
}

@InputType('VerdictFilter')
export class VerdictFilterModel {
  @Field(() => String, { nullable: true }) readonly code?: string | null;
  @Field(() => VerdictWord, { nullable: true }) readonly verdict?: VerdictWord | null;
}
