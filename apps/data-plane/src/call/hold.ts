import { grant, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

/** Stage 9: a call that a policy wants approved by a person waits for one; there is nobody to ask yet, so it stops. */
export const hold: Stage<'requestInspected', 'held'> = (call) => {
  const policyId = call.decision.policyIds.find((id) => call.tenant.asksForApproval(id));
  if (policyId === undefined) return grant<'held'>(call);
  return stop('approval_unavailable', { details: { policy: policyId } });
};
