import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PublicationModel } from '../publication/publication.model.ts';

@ObjectType('Policy')
export class PolicyModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly text!: string;
  @Field(() => Boolean) readonly enabled!: boolean;
  @Field(() => Int) readonly version!: number;
  @Field(() => GraphQLISODateTime) readonly updatedAt!: Date;
  @Field(() => String, { nullable: true }) readonly updatedBy?: string | null;
  @Field(() => String) readonly effect!: string;
  @Field(() => Int) readonly hits7d!: number;
}

@InputType('PolicyInput')
export class PolicyInputModel {
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly text!: string;
  @Field(() => Boolean, { defaultValue: true }) readonly enabled!: boolean;
}

@ObjectType('PolicyTemplate')
export class PolicyTemplateModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly title!: string;
  @Field(() => String) readonly description!: string;
  @Field(() => String) readonly text!: string;
}

@ObjectType('PolicyCheck')
export class PolicyCheckModel {
  @Field(() => Boolean) readonly ok!: boolean;
  @Field(() => [PolicyProblemModel]) readonly problems!: readonly PolicyProblemModel[];
}

@ObjectType('PolicyProblem')
export class PolicyProblemModel {
  @Field(() => String) readonly message!: string;
  @Field(() => Int, { nullable: true }) readonly startLine?: number | null;
  @Field(() => Int, { nullable: true }) readonly startColumn?: number | null;
  @Field(() => Int, { nullable: true }) readonly endLine?: number | null;
  @Field(() => Int, { nullable: true }) readonly endColumn?: number | null;
}

@ObjectType('PolicyChange')
export class PolicyChangeModel {
  @Field(() => PolicyModel) readonly policy!: PolicyModel;
  @Field(() => PublicationModel) readonly publication!: PublicationModel;
}
