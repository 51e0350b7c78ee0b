import { blockModes, decide, type Finding, scanJson, severityRank } from '@sallyport/detection';
import type { InspectionMode } from '@sallyport/snapshot';
import { type CallState, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

/** Stage 8: what the arguments carry out. */
export const inspectRequest: Stage<'authorized', 'requestInspected'> = (call) => {
  const inArguments = scanJson(call.args, 'arguments');
  // What the caller's `_meta` carries goes upstream too.
  const findings =
    call.passMeta === null ? inArguments : [...inArguments, ...scanJson(call.passMeta, 'arguments')];
  const halted = judge(call, findings, call.tenant.settings.requestInspection, 'blocked_request');
  return halted ?? grant<'requestInspected'>(call);
};

/** A receipt shows fewer; an upstream that finds no end of them fills no memory. */
const maxFindings = 200;

function joined(before: readonly Finding[], more: readonly Finding[]): readonly Finding[] {
  const all = [...before, ...more];
  if (all.length <= maxFindings) return all;
  return all.sort((a, b) => severityRank(b.severity) - severityRank(a.severity)).slice(0, maxFindings);
}

/** Notes findings on the call; in block mode clear attacks stop it. */
export function judge(
  call: CallState,
  findings: readonly Finding[],
  mode: InspectionMode,
  code: 'blocked_request' | 'blocked_response',
): Stop | undefined {
  if (findings.length === 0) return undefined;
  call.findings = call.findings.length === 0 ? findings : joined(call.findings, findings);
  if (mode === 'monitor') return undefined;
  const decision = decide(findings, blockModes);
  if (decision.kind !== 'block') return undefined;
  const { cause } = decision;
  return stop(code, { details: { finding: cause.code, path: cause.path, title: cause.title } });
}
