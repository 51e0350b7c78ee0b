import { type Finding, severityRank } from '@sallyport/detection';
import {
  type CallFacts,
  type FrameFinding,
  frameLimits,
  isBillable,
  type Outcome,
  type OutcomeFrame,
} from '@sallyport/ledger';
import type { CallState, Stop } from './call.ts';

const maxArgNames = 64;
const maxNameLength = 128;
const maxFindings = 50;
const maxText = frameLimits.maxText;

/** Who, what, by which right: what both frames of a call share. */
export function factsOf(call: CallState): CallFacts {
  const { principal, tool } = call;
  return {
    callId: call.callId,
    tenantId: call.tenant?.id ?? '',
    method: call.method === '' ? 'unread' : call.method,
    endpointId: call.endpoint?.id ?? null,
    agentId: principal?.agent.id ?? null,
    customerId: principal?.customer?.id ?? null,
    keyId: principal?.key.id ?? null,
    serverId: tool?.server.id ?? null,
    toolId: tool?.tool.id ?? null,
    toolName: call.toolName,
    argsDigest: call.argsDigest,
    argsBytes: call.argsText.length === 0 ? 0 : Buffer.byteLength(call.argsText),
    argNames: call.args === null ? [] : argNames(call.args),
    snapshotVersion: call.tenant?.version ?? 0,
    pinDigest: tool?.tool.digest ?? null,
    policyIds: call.decision?.policyIds ?? [],
  };
}

/** The frame that closes a call, whatever became of it. */
export function outcomeOf(call: CallState, bodies: OutcomeFrame['bodies']): OutcomeFrame {
  const outcome = outcomeKind(call);
  const { decision, stopped } = call;
  const isCancelled = outcome === 'cancelled';
  return {
    ...factsOf(call),
    kind: 'outcome',
    at: Date.now(),
    outcome,
    code: isCancelled ? null : (stopped?.code ?? null),
    stage: call.stoppedAt,
    policyReason: decision?.kind === 'deny' ? decision.reason.slice(0, 2_000) : null,
    resultDigest: call.resultDigest,
    resultBytes: call.answer?.body.length === 0 ? 0 : Buffer.byteLength(call.answer?.body ?? ''),
    requestBytes: call.requestBytes,
    findings: call.findings.length === 0 ? [] : frameFindings(call.findings),
    stageTimesUs: call.times,
    upstreamUs: call.upstreamUs,
    client: call.client === '' ? null : call.client,
    protocolVersion: call.version,
    credential: call.credential?.kind ?? null,
    incidentId: call.incidentId,
    billable: call.method === 'tools/call' && isBillable(outcome),
    bodies,
  };
}

/** Stages that say no on purpose; every other stop is an error. */
const denials: ReadonlySet<Stop['code']> = new Set([
  'unauthenticated',
  'suspended',
  'rate_limited',
  'quota_exhausted',
  'tool_changed',
  'unknown_tool',
  'denied',
  'blocked_request',
  'rejected',
  'expired',
  'approval_unavailable',
  'blocked_response',
]);

function outcomeKind(call: CallState): Outcome {
  const { stopped } = call;
  if (stopped === null) return call.resultIsError ? 'tool_error' : 'ok';
  if (call.cut === 'client') return 'cancelled';
  return denials.has(stopped.code) ? 'denied' : 'error';
}

function argNames(args: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(args);
  const kept = names.length > maxArgNames ? names.slice(0, maxArgNames) : names;
  return kept.some((name) => name.length > maxNameLength)
    ? kept.map((name) => name.slice(0, maxNameLength).toWellFormed())
    : kept;
}

function frameFindings(findings: readonly Finding[]): readonly FrameFinding[] {
  const loudest =
    findings.length > maxFindings
      ? [...findings]
          .sort((a, b) => severityRank(b.severity) - severityRank(a.severity))
          .slice(0, maxFindings)
      : findings;
  return loudest.map((finding) => ({
    code: finding.code,
    title: finding.title.slice(0, maxText),
    severity: finding.severity,
    surface: finding.surface,
    path: finding.path.slice(0, maxText).toWellFormed(),
    start: finding.start,
    end: finding.end,
    excerpt: finding.excerpt.slice(0, maxText).toWellFormed(),
    owasp: finding.owasp,
  }));
}
