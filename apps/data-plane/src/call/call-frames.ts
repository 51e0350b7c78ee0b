import { severityRank } from '@sallyport/detection';
import {
  type FrameFinding,
  frameLimits,
  isBillable,
  type Outcome,
  type OutcomeFrame,
} from '@sallyport/ledger';
import type { KeyContext, ToolContext } from '@sallyport/snapshot';
import { keptText } from '../inspection/kept-form.ts';
import type { CallState, Stop } from './call.ts';

const maxArgNames = 64;
const maxNameLength = 128;
const maxFindings = 50;
const maxPolicies = 64;
const maxReason = 2_000;
const maxText = frameLimits.maxText;

/** The frame that stands before a call leaves, as text; made by hand, because it is made for every call. */
export function intentText(call: CallState): string {
  call.factsText = factsText(call);
  return `${call.factsText},"kind":"intent","at":${Date.now()}}`;
}

/** The frame that closes a call, whatever became of it, as text. */
export function outcomeText(call: CallState, bodies: OutcomeFrame['bodies']): string {
  const outcome = outcomeKind(call);
  const { decision, stopped } = call;
  const body = call.answer?.body ?? '';
  const facts = call.factsText ?? factsText(call);
  const code = outcome === 'cancelled' ? null : (stopped?.code ?? null);
  const reason = decision?.kind === 'deny' ? cleanText(decision.reason, maxReason) : null;
  return (
    `${facts},"kind":"outcome","at":${Date.now()},"outcome":"${outcome}","code":${quoted(code)},` +
    `"stage":${quoted(call.stoppedAt)},"policyReason":${json(reason)},"resultDigest":${quoted(call.resultDigest)},` +
    `"resultBytes":${Buffer.byteLength(body)},"requestBytes":${call.requestBytes},` +
    `"findings":${call.findings.length === 0 ? '[]' : json(frameFindings(call))},` +
    `"stageTimesUs":[${call.times.join(',')}],"upstreamUs":${call.upstreamUs},` +
    `"client":${call.client === '' ? null : json(call.client)},"protocolVersion":${json(call.version)},` +
    `"credential":${quoted(call.credential?.kind ?? null)},"incidentId":${quoted(call.incidentId)},` +
    `"billable":${call.method === 'tools/call' && call.tool !== null && isBillable(outcome)},"bodies":${json(bodies)}}`
  );
}

/** Who, what, by which right: what both frames of a call share, without the closing brace. */
function factsText(call: CallState): string {
  const method = call.method === '' ? 'unread' : call.method;
  const bytes = call.argsText === '' ? 0 : Buffer.byteLength(call.argsText);
  return (
    `{"callId":"${call.callId}","tenantId":"${call.tenant?.id ?? ''}","method":${json(cleanText(method, maxText))},` +
    `"endpointId":${quoted(call.endpoint?.id ?? null)},${callerText(call.principal)}${toolText(call)},` +
    `"argsDigest":${quoted(call.argsDigest)},"argsBytes":${bytes},` +
    `"argNames":${call.args === null ? '[]' : json(argNames(call, call.args))},` +
    `"snapshotVersion":${call.tenant?.version ?? 0},"pinDigest":${quoted(call.tool?.tool.digest ?? null)},` +
    `"policyIds":${call.decision === null ? '[]' : json(call.decision.policyIds.slice(0, maxPolicies))}`
  );
}

const callerTexts = new WeakMap<KeyContext, string>();

function callerText(principal: KeyContext | null): string {
  if (!principal) return '"agentId":null,"customerId":null,"keyId":null,';
  let text = callerTexts.get(principal);
  if (text === undefined) {
    const { agent, customer, key } = principal;
    text = `"agentId":"${agent.id}","customerId":${quoted(customer?.id ?? null)},"keyId":"${key.id}",`;
    callerTexts.set(principal, text);
  }
  return text;
}

const toolTexts = new WeakMap<ToolContext, string>();

function toolText({ tool, toolName }: CallState): string {
  if (!tool) return `"serverId":null,"toolId":null,"toolName":${json(toolName)}`;
  let text = toolTexts.get(tool);
  if (text === undefined) {
    text = `"serverId":"${tool.server.id}","toolId":"${tool.tool.id}","toolName":${json(tool.tool.exposedName)}`;
    toolTexts.set(tool, text);
  }
  return text;
}

/** A word of our own (id, digest, code): nothing in it needs an escape. */
function quoted(word: string | null): string {
  return word === null ? 'null' : `"${word}"`;
}

const json = (value: unknown): string => JSON.stringify(value);

/** Text from outside as every store can keep it: bounded, well-formed, without NUL. */
export function cleanText(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? text.slice(0, maxLength) : text;
  return (cut.isWellFormed() ? cut : cut.toWellFormed()).replaceAll('\0', '\uFFFD');
}

/** Stages that say no on purpose; every other stop is an error. */
const denials: ReadonlySet<Stop['code']> = new Set([
  'unauthenticated',
  'suspended',
  'rate_limited',
  'quota_exhausted',
  'tool_changed',
  'unknown_tool',
  'unknown_prompt',
  'unknown_resource',
  'unknown_task',
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

function argNames(call: CallState, args: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(call.keptArgs ?? args);
  const kept = names.length > maxArgNames ? names.slice(0, maxArgNames) : names;
  return kept.map((name) => cleanText(keptText(call, name), maxNameLength));
}

function frameFindings(call: CallState): readonly FrameFinding[] {
  const { findings } = call;
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
    path: cleanText(keptText(call, finding.path), maxText),
    start: finding.start,
    end: finding.end,
    excerpt: cleanText(keptText(call, finding.excerpt), maxText),
    owasp: finding.owasp,
    tier: finding.tier,
    confidence: finding.confidence,
    action: finding.action,
  }));
}
