import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';

export const ToolState = {
  PROPOSED: 'PROPOSED',
  APPROVED: 'APPROVED',
  HIDDEN: 'HIDDEN',
  DRIFTED: 'DRIFTED',
  REMOVED: 'REMOVED',
} as const;
export type ToolState = keyof typeof ToolState;
registerEnumType(ToolState, { name: 'ToolState' });

export const ToolKind = {
  TOOL: 'TOOL',
  PROMPT: 'PROMPT',
  RESOURCE: 'RESOURCE',
  TEMPLATE: 'TEMPLATE',
  INSTRUCTIONS: 'INSTRUCTIONS',
} as const;
export type ToolKind = keyof typeof ToolKind;
registerEnumType(ToolKind, { name: 'ToolKind', description: 'What a capability of a server is.' });

@ObjectType('Tool')
export class ToolModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => ToolKind) readonly kind!: ToolKind;
  @Field(() => String, {
    description: 'Name on the upstream; of a resource its URI, of a template its URI template.',
  })
  readonly name!: string;
  @Field(() => String) readonly exposedName!: string;
  @Field(() => ToolState) readonly state!: ToolState;
  @Field(() => String, { description: 'JSON text of the definition last observed.' })
  readonly definition!: string;
  @Field(() => String) readonly observedDigest!: string;
  @Field(() => PinModel, { nullable: true }) readonly pin?: PinModel | null;
  @Field(() => [PinModel]) readonly pins!: readonly PinModel[];
  @Field(() => Int) readonly calls30d!: number;
  @Field(() => GraphQLISODateTime) readonly firstSeen!: Date;
  @Field(() => GraphQLISODateTime) readonly lastSeen!: Date;
}

@ObjectType('Pin')
export class PinModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly digest!: string;
  @Field(() => String) readonly definition!: string;
  @Field(() => GraphQLISODateTime) readonly approvedAt!: Date;
  @Field(() => String) readonly approvedBy!: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly supersededAt?: Date | null;
}

@ObjectType('DefinitionChange')
export class DefinitionChangeModel {
  @Field(() => NamedRefModel) readonly tool!: NamedRefModel;
  @Field(() => GraphQLISODateTime) readonly at!: Date;
  @Field(() => String) readonly beforeDigest!: string;
  @Field(() => String) readonly afterDigest!: string;
  @Field(() => String) readonly before!: string;
  @Field(() => String) readonly after!: string;
  @Field(() => [FieldChangeModel]) readonly fields!: readonly FieldChangeModel[];
}

@ObjectType('FieldChange')
export class FieldChangeModel {
  @Field(() => String) readonly path!: string;
  @Field(() => String) readonly kind!: string;
  @Field(() => String, { nullable: true }) readonly before?: string | null;
  @Field(() => String, { nullable: true }) readonly after?: string | null;
}
