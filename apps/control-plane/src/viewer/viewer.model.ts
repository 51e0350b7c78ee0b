import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

export const ActiveState = { ACTIVE: 'ACTIVE', SUSPENDED: 'SUSPENDED' } as const;
export type ActiveState = keyof typeof ActiveState;
registerEnumType(ActiveState, { name: 'ActiveState' });

export const Role = {
  OWNER: 'OWNER',
  ADMIN: 'ADMIN',
  REVIEWER: 'REVIEWER',
  DEVELOPER: 'DEVELOPER',
  VIEWER: 'VIEWER',
} as const;
export type Role = keyof typeof Role;
registerEnumType(Role, { name: 'Role' });

@ObjectType('Viewer')
export class ViewerModel {
  @Field(() => UserModel) readonly user!: UserModel;
  @Field(() => TenantSummaryModel, { nullable: true }) readonly tenant?: TenantSummaryModel | null;
  @Field(() => [TenantSummaryModel]) readonly tenants!: readonly TenantSummaryModel[];
  @Field(() => [Role]) readonly roles!: readonly Role[];
  @Field(() => [String], {
    description: 'Names of what this session may do in the active tenant; the same table guards the API.',
  })
  readonly permissions!: readonly string[];
  @Field(() => Boolean) readonly isOperator!: boolean;
  @Field(() => String) readonly gatewayUrl!: string;
  @Field(() => String) readonly consoleUrl!: string;
  @Field(() => String) readonly version!: string;
  @Field(() => Boolean) readonly firstRunDone!: boolean;
}

@ObjectType('User')
export class UserModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly email!: string;
  @Field(() => String) readonly displayName!: string;
}

@ObjectType('TenantSummary')
export class TenantSummaryModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly slug!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => ActiveState) readonly state!: ActiveState;
}
