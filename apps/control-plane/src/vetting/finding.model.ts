import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export const FindingSeverity = { LOW: 'LOW', MEDIUM: 'MEDIUM', HIGH: 'HIGH', CRITICAL: 'CRITICAL' } as const;
export type FindingSeverity = keyof typeof FindingSeverity;
registerEnumType(FindingSeverity, { name: 'FindingSeverity' });

@ObjectType('Finding')
export class FindingModel {
  @Field(() => String) readonly code!: string;
  @Field(() => String) readonly title!: string;
  @Field(() => FindingSeverity) readonly severity!: FindingSeverity;
  @Field(() => String) readonly surface!: string;
  @Field(() => String) readonly path!: string;
  @Field(() => Int, { nullable: true }) readonly start?: number | null;
  @Field(() => Int, { nullable: true }) readonly end?: number | null;
  @Field(() => String) readonly excerpt!: string;
  @Field(() => String, { nullable: true }) readonly owasp?: string | null;
}
