import type { JsonObject } from '@sallyport/kernel';
import type { PolicyDecision } from '@sallyport/policy';
import { type Call, grant, type Stop, type SubscribedResource, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

/** Stage 7 of a call: the tenant's policies about this agent, this capability and these arguments. */
export const authorize: Stage<'pinAsked', 'authorized'> = (call) => {
  const decision = call.slice.decide({
    args: call.args as JsonObject,
    endpoint: call.endpoint.slug,
    client: call.client,
    era: call.era,
  });
  call.decision = decision;
  return decision.kind === 'permit' ? grant<'authorized'>(call) : denied(decision);
};

function denied(decision: Extract<PolicyDecision, { kind: 'deny' }>): Stop {
  const details: Record<string, unknown> = { reason: decision.reason };
  if (decision.advice !== null) details.advice = decision.advice;
  return stop('denied', { details });
}

/**
 * Stage 7 of a subscription: who may read a resource may hear that it changed. A client that names one resource is told
 * when it may not; of many, those it may not read are left out without a word.
 */
export const authorizeSubscription: Stage<'targeted', 'permitted'> = (call) => {
  const { subscription } = call;
  if (subscription.kind === 'listen' || subscription.kind === 'stream') {
    const resources = subscription.resources.filter((one) => decide(call, one).kind === 'permit');
    call.subscription = { ...subscription, resources };
    return grant<'permitted'>(call);
  }
  for (const one of subscription.resources) {
    const decision = decide(call, one);
    call.decision = decision;
    if (decision.kind === 'deny') return denied(decision);
    const policyId = decision.policyIds.find((id) => call.tenant.asksForApproval(id));
    if (policyId !== undefined) return stop('approval_unavailable', { details: { policy: policyId } });
  }
  return grant<'permitted'>(call);
};

function decide(call: Call<'targeted'>, { item, upstreamUri }: SubscribedResource): PolicyDecision {
  const { tenant, principal, endpoint, client, era } = call;
  const slice = tenant.index.sliceFor(principal, item.context);
  return slice.decide({ args: { uri: upstreamUri }, endpoint: endpoint.slug, client, era });
}
