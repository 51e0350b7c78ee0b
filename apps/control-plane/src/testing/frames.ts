import { createHash, randomUUID } from 'node:crypto';
import {
  encodeFrame,
  type Frame,
  firstChain,
  type IngestBatch,
  type IntentFrame,
  nextChain,
  type OutcomeFrame,
} from '@sallyport/ledger';

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Frames of one call that ended well, to change where a test wants something else. */
export function callFrames(
  tenantId: string,
  extra: Partial<OutcomeFrame> = {},
): { readonly intent: IntentFrame; readonly outcome: OutcomeFrame } {
  const at = extra.at ?? Date.now();
  const facts = {
    callId: randomUUID(),
    tenantId,
    method: 'tools/call',
    endpointId: null,
    agentId: null,
    customerId: null,
    keyId: null,
    serverId: null,
    toolId: null,
    toolName: 'demo__add',
    argsDigest: 'a'.repeat(64),
    argsBytes: 20,
    argNames: ['a', 'b'],
    snapshotVersion: 1,
    pinDigest: null,
    policyIds: [],
  };
  const outcome: OutcomeFrame = {
    ...facts,
    kind: 'outcome',
    at,
    outcome: 'ok',
    code: null,
    stage: null,
    policyReason: null,
    resultDigest: 'b'.repeat(64),
    resultBytes: 40,
    requestBytes: 120,
    findings: [],
    stageTimesUs: Array.from({ length: 30 }, (_, i) => i * 10),
    upstreamUs: 100,
    client: 'test',
    protocolVersion: '2026-07-28',
    credential: 'none',
    incidentId: null,
    billable: true,
    bodies: null,
    ...extra,
  };
  const { callId, serverId, toolId, agentId, keyId, toolName, policyIds, customerId } = outcome;
  const shared = { callId, serverId, toolId, agentId, keyId, toolName, policyIds, customerId };
  return { intent: { ...facts, ...shared, kind: 'intent', at }, outcome };
}

/** Spools frames as a worker does: numbered and chained. */
export function spool(spoolId: string, frames: readonly Frame[], workerId = 'worker-0'): IngestBatch {
  let chain = firstChain;
  const spooled = frames.map((frame, index) => {
    chain = nextChain(sha256, chain, encodeFrame(frame));
    return { seq: index + 1, chain, frame };
  });
  return { workerId, spoolId, frames: spooled };
}

/** A later part of a spool. */
export function slice(batch: IngestBatch, from: number, to: number): IngestBatch {
  return { ...batch, frames: batch.frames.filter(({ seq }) => seq >= from && seq <= to) };
}
