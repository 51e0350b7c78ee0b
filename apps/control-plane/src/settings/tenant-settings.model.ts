import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('TenantSettings')
export class TenantSettingsModel {
  @Field(() => Int) readonly pinMaxAgeMs!: number;
  @Field(() => Boolean) readonly keepBodies!: boolean;
  @Field(() => Boolean) readonly strictAudit!: boolean;
  @Field(() => String) readonly requestInspection!: string;
  @Field(() => String) readonly responseInspection!: string;
  @Field(() => Int) readonly ratePerMinute!: number;
}

@InputType('TenantSettingsInput')
export class TenantSettingsInputModel {
  @Field(() => Int, { nullable: true }) readonly pinMaxAgeMs?: number | null;
  @Field(() => Boolean, { nullable: true }) readonly keepBodies?: boolean | null;
  @Field(() => Boolean, { nullable: true }) readonly strictAudit?: boolean | null;
  @Field(() => String, { nullable: true }) readonly requestInspection?: string | null;
  @Field(() => String, { nullable: true }) readonly responseInspection?: string | null;
  @Field(() => Int, { nullable: true }) readonly ratePerMinute?: number | null;
}
