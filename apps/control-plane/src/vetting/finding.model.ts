import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DetectionTier, FindingAction } from '../detection/detection-words.ts';
import { VerdictModel } from '../detection/verdict.model.ts';

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
  @Field(() => DetectionTier) readonly tier!: DetectionTier;
  @Field(() => Float, { nullable: true, description: 'How sure the detector was, 0 to 1.' })
  readonly confidence?: number | null;
  @Field(() => FindingAction, { nullable: true, description: 'What was done; null for a definition.' })
  readonly action?: FindingAction | null;
  @Field(() => VerdictModel, { nullable: true }) readonly verdict?: VerdictModel | null;
}
