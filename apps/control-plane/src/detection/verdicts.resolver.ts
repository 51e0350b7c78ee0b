import { Inject } from '@nestjs/common';
import { Context, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId } from '../graphql/wire-ids.ts';
import { lower } from './detection-words.ts';
import { GiveVerdict } from './give-verdict.ts';
import {
  VerdictConnectionModel,
  VerdictFilterModel,
  VerdictInputModel,
  VerdictModel,
} from './verdict.model.ts';
import { toVerdict } from './verdict-view.ts';
import { VerdictsReadModel } from './verdicts.read-model.ts';

@Resolver(() => VerdictModel)
export class VerdictsResolver {
  constructor(
    @Inject(VerdictsReadModel) private readonly verdictsOf: VerdictsReadModel,
    @Inject(GiveVerdict) private readonly give: GiveVerdict,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
  ) {}

  @Requires('calls.read')
  @Query(() => VerdictConnectionModel)
  async detectionVerdicts(
    @CurrentActor() actor: Actor,
    @Context() context: RequestContext,
    @Arg('filter', () => VerdictFilterModel, { nullable: true }) filter: VerdictFilterModel | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const wanted = {
      code: filter?.code ?? undefined,
      verdict: filter?.verdict ? lower(filter.verdict) : undefined,
    };
    const page = await this.verdictsOf.list(actor.tenantId, wanted, first, after);
    const nodes = await Promise.all(
      page.nodes.map(async (row) => toVerdict(row, await this.batches.person(context, row.givenBy))),
    );
    return { nodes, pageInfo: page.pageInfo };
  }

  /** Whoever may judge servers may judge findings. */
  @Requires('approvals.decide')
  @Mutation(() => VerdictModel)
  async giveVerdict(
    @CurrentActor() actor: Actor,
    @Context() context: RequestContext,
    @Arg('input', () => VerdictInputModel) input: VerdictInputModel,
  ): Promise<VerdictModel> {
    const id = await this.give.execute(actor, {
      callId: readId('call', input.callId),
      findingIndex: input.findingIndex,
      verdict: lower(input.verdict),
      note: input.note ?? null,
    });
    const row = await this.verdictsOf.byId(actor.tenantId, id);
    return toVerdict(row, await this.batches.person(context, row.givenBy));
  }
}
