import {
  type AnonymousFrame,
  type CallFacts,
  type IntentFrame,
  type ObservationFrame,
  type OutcomeFrame,
  stageNames,
} from '../frames.ts';

const uuid = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

function facts(call: number): CallFacts {
  return {
    callId: uuid(call),
    tenantId: uuid(1),
    method: 'tools/call',
    endpointId: uuid(2),
    agentId: uuid(3),
    customerId: null,
    keyId: uuid(4),
    serverId: uuid(5),
    toolId: uuid(6),
    toolName: 'demo__add',
    argsDigest: 'a'.repeat(64),
    argsBytes: 12,
    argNames: ['a', 'b'],
    snapshotVersion: 3,
    pinDigest: 'b'.repeat(64),
    policyIds: [uuid(7)],
  };
}

export function sampleIntent(call: number, change: Partial<IntentFrame> = {}): IntentFrame {
  return { ...facts(call), kind: 'intent', at: 1_790_000_000_000, ...change };
}

export function sampleOutcome(call: number, change: Partial<OutcomeFrame> = {}): OutcomeFrame {
  return {
    ...facts(call),
    kind: 'outcome',
    at: 1_790_000_000_010,
    outcome: 'ok',
    code: null,
    stage: null,
    policyReason: null,
    resultDigest: 'c'.repeat(64),
    resultBytes: 40,
    requestBytes: 80,
    findings: [],
    stageTimesUs: stageNames.flatMap((_, at) => [at * 10, at * 10 + 5]),
    upstreamUs: 900,
    client: 'test 1.0',
    protocolVersion: '2025-11-25',
    credential: 'none',
    incidentId: null,
    billable: true,
    bodies: null,
    ...change,
  };
}

export function sampleAnonymous(): AnonymousFrame {
  return {
    kind: 'anonymous',
    at: 1_790_000_000_000,
    windowMs: 60_000,
    code: 'unauthenticated',
    sourcePrefix: '127.0.0.0/24',
    count: 12,
  };
}

export function sampleObservation(): ObservationFrame {
  return {
    kind: 'observation',
    at: 1_790_000_000_000,
    tenantId: uuid(1),
    serverId: uuid(5),
    toolId: uuid(6),
    observedDigest: 'd'.repeat(64),
    definition: '{"name":"add"}',
  };
}
