import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NamedRefModel } from '../graphql/named-ref.model.ts';
import { PublicationModel } from '../publication/publication.model.ts';
import { ToolKind, ToolState } from '../servers/tool.model.ts';
import { FindingModel } from '../vetting/finding.model.ts';

export const EndpointSelection = { ALL: 'ALL', CHOSEN: 'CHOSEN' } as const;
export type EndpointSelection = keyof typeof EndpointSelection;
registerEnumType(EndpointSelection, {
  name: 'EndpointSelection',
  description: '`ALL`: everything approved, now and later; `CHOSEN`: only its items.',
});

export const EndpointNaming = { PREFIXED: 'PREFIXED', PLAIN: 'PLAIN' } as const;
export type EndpointNaming = keyof typeof EndpointNaming;
registerEnumType(EndpointNaming, {
  name: 'EndpointNaming',
  description: '`PREFIXED`: `server__name`; `PLAIN`: as on the upstream, for one server.',
});

@ObjectType('Endpoint')
export class EndpointModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly slug!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly url!: string;
  @Field(() => EndpointSelection) readonly selection!: EndpointSelection;
  @Field(() => EndpointNaming) readonly naming!: EndpointNaming;
  @Field(() => Boolean) readonly toolSearch!: boolean;
  @Field(() => String, { description: 'Names this state; an edit says which one it was made on.' })
  readonly revision!: string;
  @Field(() => GraphQLISODateTime) readonly createdAt!: Date;
  @Field(() => Int, { description: 'Tools that agents see.' }) readonly toolCount!: number;
  @Field(() => Int, { description: 'Everything that agents see.' }) readonly capabilityCount!: number;
  @Field(() => Int, { description: 'Servers that stand behind it.' }) readonly serverCount!: number;
  @Field(() => [EndpointItemModel]) readonly items!: readonly EndpointItemModel[];
  @Field(() => [EndpointEntryModel], { description: 'What agents see, under the names they use.' })
  readonly entries!: readonly EndpointEntryModel[];
  @Field(() => [EndpointKeyModel], { description: 'Live keys that work only here.' })
  readonly keys!: readonly EndpointKeyModel[];
}

@ObjectType('EndpointItem')
export class EndpointItemModel {
  @Field(() => ID) readonly toolId!: string;
  @Field(() => String, { nullable: true }) readonly name?: string | null;
  @Field(() => String, { nullable: true }) readonly description?: string | null;
  @Field(() => Boolean) readonly hidden!: boolean;
  @Field(() => [FindingModel], { description: 'What the detectors see in the description given here.' })
  readonly findings!: readonly FindingModel[];
}

@ObjectType('EndpointEntry')
export class EndpointEntryModel {
  @Field(() => ID) readonly toolId!: string;
  @Field(() => ToolKind) readonly kind!: ToolKind;
  @Field(() => String) readonly wireName!: string;
}

@ObjectType('EndpointKey')
export class EndpointKeyModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly prefix!: string;
  @Field(() => NamedRefModel) readonly agent!: NamedRefModel;
  @Field(() => GraphQLISODateTime, { nullable: true }) readonly lastUsedAt?: Date | null;
}

@ObjectType('Capability', { description: 'One thing that an endpoint can show.' })
export class CapabilityModel {
  @Field(() => ID) readonly toolId!: string;
  @Field(() => ToolKind) readonly kind!: ToolKind;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly exposedName!: string;
  @Field(() => ToolState) readonly state!: ToolState;
  @Field(() => Boolean, { description: 'Whether agents may see it now.' }) readonly isUsed!: boolean;
  @Field(() => ID) readonly serverId!: string;
  @Field(() => String, { nullable: true }) readonly title?: string | null;
  @Field(() => String, { nullable: true }) readonly description?: string | null;
  @Field(() => Int, { description: 'About how many tokens its definition takes in a list.' })
  readonly tokens!: number;
}

@ObjectType('CapabilityServer')
export class CapabilityServerModel {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly slug!: string;
}

@ObjectType('CapabilityList')
export class CapabilityListModel {
  @Field(() => [CapabilityServerModel]) readonly servers!: readonly CapabilityServerModel[];
  @Field(() => [CapabilityModel]) readonly capabilities!: readonly CapabilityModel[];
  @Field(() => Int, { description: 'About how many tokens the three tools of tool search take.' })
  readonly searchTokens!: number;
}

@InputType('EndpointItemInput')
export class EndpointItemInputModel {
  @Field(() => ID) readonly toolId!: string;
  @Field(() => String, { nullable: true }) readonly name?: string | null;
  @Field(() => String, { nullable: true }) readonly description?: string | null;
  @Field(() => Boolean, { defaultValue: false }) readonly hidden!: boolean;
}

@InputType('EndpointInput')
export class EndpointInputModel {
  @Field(() => String) readonly name!: string;
  @Field(() => EndpointSelection) readonly selection!: EndpointSelection;
  @Field(() => EndpointNaming) readonly naming!: EndpointNaming;
  @Field(() => Boolean) readonly toolSearch!: boolean;
  @Field(() => [EndpointItemInputModel]) readonly items!: readonly EndpointItemInputModel[];
}

@ObjectType('EndpointChange')
export class EndpointChangeModel {
  @Field(() => EndpointModel) readonly endpoint!: EndpointModel;
  @Field(() => PublicationModel) readonly publication!: PublicationModel;
}
