import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CallModel } from '../calls/call.model.ts';
import { NamedRefModel } from '../graphql/named-ref.model.ts';
import { PageInfoModel } from '../graphql/page-info.model.ts';
import { ActiveState } from '../viewer/viewer.model.ts';

@ObjectType('AgentConnection')
export class AgentConnectionModel {
  @Field(() => [AgentModel]) readonly nodes!: readonly AgentModel[];
  @Field(() => PageInfoModel) readonly pageInfo!: PageInfoModel;
}

@ObjectType('Agent')
export class AgentModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => [String]) readonly roles!: readonly string[];
  @Field(() => NamedRefModel, { nullable: true }) readonly customer?: NamedRefModel | null;
  @Field(() => ActiveState) readonly state!: ActiveState;
  @Field(() => NamedRefModel, { nullable: true }) readonly owner?: NamedRefModel | null;
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastCallAt?: Date | null;
  @Field(() => [ApiKeyModel]) readonly keys!: readonly ApiKeyModel[];
  @Field(() => [CallModel]) readonly recentAttempts!: readonly CallModel[];
}

@InputType('CreateAgentInput')
export class CreateAgentInputModel {
  @Field(() => String) readonly name!: string;
  @Field(() => [String]) readonly roles!: readonly string[];
  @Field(() => ID, { nullable: true }) readonly customerId?: string | null;
}

@ObjectType('ApiKey')
export class ApiKeyModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly prefix!: string;
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly expiresAt?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastUsedAt?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly revokedAt?: Date | null;
  @Field(() => NamedRefModel, { nullable: true }) readonly endpoint?: NamedRefModel | null;
}

@InputType('CreateApiKeyInput')
export class CreateApiKeyInputModel {
  @Field(() => ID) readonly agentId!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => ID, { nullable: true }) readonly endpointId?: string | null;
  @Field(() => Int, { nullable: true }) readonly expiresInDays?: number | null;
}

@ObjectType('CreatedApiKey')
export class CreatedApiKeyModel {
  @Field(() => ApiKeyModel) readonly key!: ApiKeyModel;
  @Field(() => String) readonly secret!: string;
  @Field(() => String) readonly endpointUrl!: string;
}

@ObjectType('TestCallResult')
export class TestCallResultModel {
  @Field(() => Boolean) readonly ok!: boolean;
  @Field(() => ID, { nullable: true }) readonly callId?: string | null;
  @Field(() => String, { nullable: true }) readonly errorCode?: string | null;
  @Field(() => String, { nullable: true }) readonly text?: string | null;
}
