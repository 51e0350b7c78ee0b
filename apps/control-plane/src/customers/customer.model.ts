import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { ActiveState } from '../viewer/viewer.model.ts';

@ObjectType('Customer')
export class CustomerModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true }) readonly externalRef?: string | null;
  @Field(() => ActiveState) readonly state!: ActiveState;
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
}
