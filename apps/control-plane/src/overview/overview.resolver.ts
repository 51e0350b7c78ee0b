import { Inject } from '@nestjs/common';
import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentSession, Requires } from '../access/requires.ts';
import type { Actor, Session } from '../access/session.ts';
import { toCallView } from '../calls/call-view.ts';
import { CallsReadModel } from '../calls/calls.read-model.ts';
import { Arg } from '../graphql/arg.ts';
import { PublicationReadModel } from '../publication/publication.read-model.ts';
import { toServerView } from '../servers/server-view.ts';
import { ServersReadModel } from '../servers/servers.read-model.ts';
import { OverviewModel, TimeRange } from './overview.model.ts';
import { type OverviewFacts, OverviewReadModel } from './overview.read-model.ts';

interface OverviewView extends Omit<OverviewFacts, 'totals'> {
  readonly tenantId: string;
}

const toMs = (us: number | undefined): number | null => (us === undefined ? null : us / 1000);

@Resolver(() => OverviewModel)
export class OverviewResolver {
  constructor(
    @Inject(OverviewReadModel) private readonly overviewOf: OverviewReadModel,
    @Inject(CallsReadModel) private readonly calls: CallsReadModel,
    @Inject(ServersReadModel) private readonly catalog: ServersReadModel,
    @Inject(PublicationReadModel) private readonly publications: PublicationReadModel,
  ) {}

  @Requires('calls.read')
  @Query(() => OverviewModel)
  async overview(
    @CurrentActor() actor: Actor,
    @CurrentSession() session: Session,
    @Arg('range', () => TimeRange, { defaultValue: TimeRange.HOUR }) range: TimeRange,
  ) {
    const now = new Date();
    const { totals, ...facts } = await this.overviewOf.facts(actor.tenantId, range, now);
    return {
      ...facts,
      tenantId: actor.tenantId,
      calls: totals.calls,
      denied: totals.denied,
      errors: totals.errors,
      addedP50Ms: toMs(totals.added?.[0]),
      addedP95Ms: toMs(totals.added?.[1]),
      addedP99Ms: toMs(totals.added?.[2]),
      upstreamP50Ms: toMs(totals.upstream?.[0]),
      upstreamP95Ms: toMs(totals.upstream?.[1]),
      anonymousRefusals: session.isOperator ? await this.overviewOf.anonymousRefusals(range, now) : 0,
    };
  }

  @ResolveField()
  async recent(@Parent() overview: OverviewView) {
    return (await this.calls.list(overview.tenantId, {}, 20, null)).nodes.map(toCallView);
  }

  @ResolveField()
  async servers(@Parent() overview: OverviewView) {
    return (await this.catalog.list(overview.tenantId, {}, 50, null)).nodes.map(toServerView);
  }

  @ResolveField()
  publication(@Parent() overview: OverviewView) {
    return this.publications.forTenant(overview.tenantId);
  }
}
