import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('NamedRef')
export class NamedRefModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
}

@ObjectType('NamedCount')
export class NamedCountModel {
  @Field(() => String) readonly name!: string;
  @Field(() => Int) readonly count!: number;
}
