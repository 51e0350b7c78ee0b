import { Inject } from '@nestjs/common';
import { GraphQLISODateTime, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { UsageGroup, UsageReportModel } from './usage.model.ts';
import { UsageReadModel } from './usage.read-model.ts';

@Resolver(() => UsageReportModel)
export class UsageResolver {
  constructor(@Inject(UsageReadModel) private readonly usageOf: UsageReadModel) {}

  @Requires('usage.read')
  @Query(() => UsageReportModel)
  usage(
    @CurrentActor() actor: Actor,
    @Arg('from', () => GraphQLISODateTime) from: Date,
    @Arg('to', () => GraphQLISODateTime) to: Date,
    @Arg('groupBy', () => UsageGroup, { defaultValue: UsageGroup.HOUR }) groupBy: UsageGroup,
  ): Promise<UsageReportModel> {
    return this.usageOf.report(actor.tenantId, from, to, groupBy);
  }
}
