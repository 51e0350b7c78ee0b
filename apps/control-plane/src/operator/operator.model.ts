import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfoModel } from '../graphql/page-info.model.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { ActiveState } from '../viewer/viewer.model.ts';

@ObjectType('TenantConnection')
export class TenantConnectionModel {
  @Field(() => [OperatorTenantModel]) readonly nodes!: readonly OperatorTenantModel[];
  @Field(() => PageInfoModel) readonly pageInfo!: PageInfoModel;
}

@ObjectType('OperatorTenant')
export class OperatorTenantModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly slug!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => ActiveState) readonly state!: ActiveState;
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
  @Field(() => Int) readonly members!: number;
  @Field(() => Int) readonly servers!: number;
  @Field(() => Int) readonly calls24h!: number;
  @Field(() => PublicationModel) readonly publication!: PublicationModel;
}

@ObjectType('CreatedTenant')
export class CreatedTenantModel {
  @Field(() => OperatorTenantModel) readonly tenant!: OperatorTenantModel;
  @Field(() => String) readonly ownerLink!: string;
}

@ObjectType('OwnerLink')
export class OwnerLinkModel {
  @Field(() => String) readonly url!: string;
  @Field(() => GraphQLISODateTime) readonly expiresAt!: Date;
}

@ObjectType('PrivateOrigin')
export class PrivateOriginModel {
  @Field(() => String) readonly origin!: string;
  @Field(() => String) readonly source!: string;
}
