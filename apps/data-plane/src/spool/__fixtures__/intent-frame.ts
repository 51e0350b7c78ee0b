import { randomUUID } from 'node:crypto';
import type { IntentFrame } from '@sallyport/ledger';

/** The frame of a call about to leave, with as little in it as a frame may have. */
export function intentFrame(change: Partial<IntentFrame> = {}): IntentFrame {
  return {
    kind: 'intent',
    at: 1,
    callId: randomUUID(),
    tenantId: randomUUID(),
    method: 'tools/call',
    endpointId: null,
    agentId: null,
    customerId: null,
    keyId: null,
    serverId: null,
    toolId: null,
    toolName: 'up__echo',
    argsDigest: null,
    argsBytes: 0,
    argNames: [],
    snapshotVersion: 1,
    pinDigest: null,
    policyIds: [],
    ...change,
  };
}
