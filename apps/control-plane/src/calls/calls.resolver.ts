import { Inject } from '@nestjs/common';
import { Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { actorOf, CurrentActor, Requires } from '../access/requires.ts';
import type { Actor, RequestContext } from '../access/session.ts';
import { toVerdict } from '../detection/verdict-view.ts';
import { Arg } from '../graphql/arg.ts';
import { TenantBatches } from '../graphql/tenant-batches.ts';
import { readId, readOptionalId } from '../graphql/wire-ids.ts';
import { type CallBodiesModel, CallConnectionModel, CallFilterModel, CallModel } from './call.model.ts';
import { type CallView, toCallView } from './call-view.ts';
import { CallsReadModel } from './calls.read-model.ts';
import { OpenBodies } from './open-bodies.ts';

@Resolver(() => CallModel)
export class CallsResolver {
  constructor(
    @Inject(CallsReadModel) private readonly callsOf: CallsReadModel,
    @Inject(OpenBodies) private readonly openBodies: OpenBodies,
    @Inject(TenantBatches) private readonly batches: TenantBatches,
  ) {}

  @Requires('calls.read')
  @Query(() => CallConnectionModel)
  async calls(
    @CurrentActor() actor: Actor,
    @Arg('filter', () => CallFilterModel, { nullable: true }) filter: CallFilterModel | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const wanted = {
      outcome: filter?.outcome?.map((name) => name.toLowerCase()),
      code: filter?.code ?? undefined,
      agentId: readOptionalId('agent', filter?.agentId) ?? undefined,
      keyId: readOptionalId('apiKey', filter?.keyId) ?? undefined,
      serverId: readOptionalId('server', filter?.serverId) ?? undefined,
      customerId: readOptionalId('customer', filter?.customerId) ?? undefined,
      toolName: filter?.toolName ?? undefined,
      from: filter?.from ?? undefined,
      to: filter?.to ?? undefined,
    };
    const page = await this.callsOf.list(actor.tenantId, wanted, first, after);
    return { nodes: page.nodes.map(toCallView), pageInfo: page.pageInfo };
  }

  @Requires('calls.read')
  @Query(() => CallModel, { nullable: true })
  async call(@CurrentActor() actor: Actor, @Arg('id', () => ID) id: string): Promise<CallView> {
    return toCallView(await this.callsOf.byCallId(actor.tenantId, readId('call', id)));
  }

  /** Findings with what people made of them. */
  @ResolveField()
  async findings(@Parent() call: CallView, @Context() context: RequestContext) {
    if (call.findings.length === 0) return [];
    const given = await this.batches.verdicts(context, call.receiptKey);
    const verdictOf = new Map(given.map((row) => [row.findingIndex, row]));
    return call.findings.map(async (finding, index) => {
      const row = verdictOf.get(index);
      if (!row) return { ...finding, verdict: null };
      return { ...finding, verdict: toVerdict(row, await this.batches.person(context, row.givenBy)) };
    });
  }

  @ResolveField()
  bodies(@Parent() call: CallView, @Context() context: RequestContext): Promise<CallBodiesModel | null> {
    return this.openBodies.execute(actorOf(context.session), call.key);
  }
}
