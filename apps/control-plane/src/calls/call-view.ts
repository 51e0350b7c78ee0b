import { type IdKind, isUuid, toWireId } from '@sallyport/kernel';
import { stageNames } from '@sallyport/ledger';
import { readFindings, toFindingModel } from '../vetting/report-view.ts';
import type { CallModel, CallOutcome, StageTimingModel } from './call.model.ts';
import type { CallRow } from './calls.read-model.ts';

const outcomes: Readonly<Record<string, CallOutcome>> = {
  ok: 'OK',
  tool_error: 'TOOL_ERROR',
  denied: 'DENIED',
  error: 'ERROR',
  cancelled: 'CANCELLED',
  unknown: 'UNKNOWN',
};

const ms = (us: number | null): number | null => (us === null ? null : us / 1000);

function ref(kind: IdKind, row: { readonly id: string; readonly name: string } | null) {
  return row ? { id: toWireId(kind, row.id), name: row.name } : null;
}

/** The waterfall: every stage of the pipeline in order, also those that did not run. */
export function toStageTimings(
  timesUs: readonly number[],
  stoppedAt: string | null,
): readonly StageTimingModel[] {
  return stageNames.map((name, index) => {
    const start = timesUs[index * 2] ?? -1;
    const end = timesUs[index * 2 + 1] ?? -1;
    const ran = start >= 0;
    return {
      name,
      ran,
      startUs: ran ? start : 0,
      durationUs: ran && end > start ? end - start : 0,
      stopped: name === stoppedAt,
    };
  });
}

/** A call for the API; `key` is its own id for the field resolvers. */
export function toCallView(row: CallRow): Omit<CallModel, 'bodies'> & {
  readonly key: string;
  readonly receiptKey: string;
} {
  const { receipt } = row;
  const callId = receipt.callId ?? receipt.id;
  return {
    key: callId,
    receiptKey: receipt.id,
    id: toWireId('call', callId),
    at: receipt.at,
    method: receipt.method ?? '',
    outcome: receipt.phase === 'intent' ? 'RUNNING' : (outcomes[receipt.outcome ?? ''] ?? 'UNKNOWN'),
    code: receipt.code,
    stage: receipt.stage,
    agent: ref('agent', row.agent),
    customer: ref('customer', row.customer),
    keyPrefix: row.keyPrefix,
    server: ref('server', row.server),
    toolName: receipt.toolName,
    endpoint: row.endpoint,
    worker: receipt.workerId ?? '',
    snapshotVersion: receipt.snapshotVersion,
    policyIds: receipt.policyIds.map((id) => (isUuid(id) ? toWireId('policy', id) : id)),
    policyReason: receipt.policyReason,
    argumentNames: receipt.argNames,
    argumentsDigest: receipt.argsDigest,
    argumentsBytes: receipt.argsBytes,
    resultDigest: receipt.resultDigest,
    resultBytes: receipt.resultBytes,
    findings: readFindings(receipt.findings).map(toFindingModel),
    stages: toStageTimings(receipt.stageTimesUs, receipt.outcome === 'ok' ? null : receipt.stage),
    addedMs: ms(receipt.addedUs),
    upstreamMs: ms(receipt.upstreamUs),
    totalMs: ms(receipt.totalUs),
    client: receipt.client,
    protocolVersion: receipt.protocolVersion,
    credential: receipt.credential,
    incidentId: receipt.incidentId,
  };
}
export type CallView = ReturnType<typeof toCallView>;
