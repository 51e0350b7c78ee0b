import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { Role, UserModel } from '../viewer/viewer.model.ts';

@ObjectType('Member')
export class MemberModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => UserModel) readonly user!: UserModel;
  @Field(() => [Role]) readonly roles!: readonly Role[];
  @Field(() => GraphQLISODateTime) readonly joinedAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastSeenAt?: Date | null;
}

@ObjectType('Invitation')
export class InvitationModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly email!: string;
  @Field(() => [Role]) readonly roles!: readonly Role[];
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
  @Field(() => GraphQLISODateTime) readonly expiresAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly usedAt?: Date | null;
  @Field(() => String, { nullable: true }) readonly invitedBy?: string | null;
}

@ObjectType('CreatedInvitation')
export class CreatedInvitationModel {
  @Field(() => InvitationModel) readonly invitation!: InvitationModel;
  @Field(() => String) readonly url!: string;
}
