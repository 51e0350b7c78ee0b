import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

export const DirectoryKind = {
  SERVER: 'SERVER',
  TOOL: 'TOOL',
  AGENT: 'AGENT',
  API_KEY: 'API_KEY',
  ENDPOINT: 'ENDPOINT',
  POLICY: 'POLICY',
} as const;
export type DirectoryKind = keyof typeof DirectoryKind;
registerEnumType(DirectoryKind, { name: 'DirectoryKind' });

@ObjectType('DirectoryEntry', { description: 'Something that has a page, by name.' })
export class DirectoryEntryModel {
  @Field(() => DirectoryKind) readonly kind!: DirectoryKind;
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true }) readonly detail?: string | null;
  @Field(() => ID, { nullable: true, description: 'The server of a tool, the agent of a key.' })
  readonly parentId?: string | null;
}
