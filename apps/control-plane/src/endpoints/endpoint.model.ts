import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Endpoint')
export class EndpointModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly slug!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly url!: string;
  @Field(() => Int) readonly toolCount!: number;
}
