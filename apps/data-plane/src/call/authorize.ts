import type { JsonObject } from '@sallyport/kernel';
import { grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

/** Stage 7 of a call: the tenant's policies about this agent, this tool and these arguments. */
export const authorize: Stage<'pinAsked', 'authorized'> = (call) => {
  const decision = call.slice.decide({
    args: call.args as JsonObject,
    endpoint: call.endpoint.slug,
    client: call.client,
    era: call.era,
  });
  call.decision = decision;
  if (decision.kind === 'permit') return grant<'authorized'>(call);
  const details: Record<string, unknown> = { reason: decision.reason };
  if (decision.advice !== null) details.advice = decision.advice;
  return stop('denied', { details });
};

/** Stage 7 of a list: only what this agent may possibly call is shown, in bytes made beforehand. */
export const authorizeList: Stage<'counted', 'answerable'> = (call) => {
  const cursor = call.params?.cursor;
  if (cursor !== undefined && cursor !== null) return badCursor;
  call.resultText = call.tenant.lists.textFor(call.endpoint, call.principal, call.era);
  return grant<'answerable'>(call);
};

const badCursor: Stop = stop('malformed', { details: { reason: 'unknown cursor' }, rpc: -32_602, http: 200 });
