import { uuidV7 } from '@sallyport/kernel';
import type {
  AnonymousFrame,
  IngestBatch,
  IntentFrame,
  ObservationFrame,
  OutcomeFrame,
  SpooledFrame,
} from '@sallyport/ledger';

/** One row of `receipt`, named as its columns. */
export type ReceiptRow = Readonly<Record<string, unknown>> & { readonly seq: number };

const maxInt = 2_147_483_647;
const toInt = (value: number): number => Math.max(0, Math.min(maxInt, Math.round(value)));

/** Random bytes that the id of one row takes. */
export const idRandomBytes = 10;

type StoredFrame = IntentFrame | OutcomeFrame | ObservationFrame;

/** A spooled frame as a row; `undefined` for an anonymous one, which belongs to no tenant. */
export function toReceiptRow(
  batch: Pick<IngestBatch, 'workerId' | 'spoolId'>,
  spooled: SpooledFrame,
  random: Uint8Array,
): ReceiptRow | undefined {
  const { frame, seq, chain } = spooled;
  if (frame.kind === 'anonymous') return undefined;
  const head = {
    id: uuidV7(Math.max(0, Math.floor(frame.at)), random),
    tenant_id: frame.tenantId,
    at: new Date(frame.at).toISOString(),
    worker_id: batch.workerId,
    spool_id: batch.spoolId,
    seq,
    chain,
    server_id: frame.serverId,
    tool_id: frame.toolId,
    ...noLists,
  };
  return { ...head, ...ownColumns(frame) };
}

const noLists = { arg_names: [], policy_ids: [], stage_times_us: [], billable: false };

function ownColumns(frame: StoredFrame): Readonly<Record<string, unknown>> {
  if (frame.kind === 'observation') {
    const summary = { observedDigest: frame.observedDigest, isGone: frame.observedDigest === null };
    return { kind: 'observation', phase: 'event', action: 'tool.observed', summary };
  }
  const facts = {
    kind: 'call',
    phase: frame.kind,
    call_id: frame.callId,
    method: frame.method,
    endpoint_id: frame.endpointId,
    agent_id: frame.agentId,
    customer_id: frame.customerId,
    key_id: frame.keyId,
    tool_name: frame.toolName,
    args_digest: frame.argsDigest,
    args_bytes: toInt(frame.argsBytes),
    arg_names: frame.argNames,
    snapshot_version: frame.snapshotVersion,
    pin_digest: frame.pinDigest,
    policy_ids: frame.policyIds,
  };
  return frame.kind === 'outcome' ? { ...facts, ...outcomeColumns(frame) } : facts;
}

function outcomeColumns(frame: OutcomeFrame): Readonly<Record<string, unknown>> {
  const totalUs = toInt(Math.max(0, ...frame.stageTimesUs));
  const upstreamUs = toInt(frame.upstreamUs);
  return {
    outcome: frame.outcome,
    code: frame.code,
    stage: frame.stage,
    policy_reason: frame.policyReason,
    result_digest: frame.resultDigest,
    result_bytes: toInt(frame.resultBytes),
    request_bytes: toInt(frame.requestBytes),
    findings: frame.findings,
    stage_times_us: frame.stageTimesUs.map((us) => Math.min(maxInt, Math.round(us))),
    upstream_us: upstreamUs,
    total_us: totalUs,
    added_us: Math.max(0, totalUs - upstreamUs),
    client: frame.client,
    protocol_version: frame.protocolVersion,
    credential: frame.credential,
    incident_id: frame.incidentId,
    billable: frame.billable,
  };
}

/** A row of `anonymous_refusal`. */
export function toAnonymousRow(
  batch: Pick<IngestBatch, 'workerId' | 'spoolId'>,
  seq: number,
  frame: AnonymousFrame,
): Readonly<Record<string, unknown>> {
  return {
    at: new Date(frame.at).toISOString(),
    worker_id: batch.workerId,
    spool_id: batch.spoolId,
    seq,
    window_ms: toInt(frame.windowMs),
    code: frame.code,
    source_prefix: frame.sourcePrefix,
    count: toInt(frame.count),
  };
}

/** NUL or half of a pair of surrogates, as `JSON.stringify` writes them. */
const unstorable = /\\u(?:0000|d[89a-f])/;

/**
 * Rows as JSON for Postgres. It stores neither NUL nor lone surrogates; one such character from a caller must not
 * keep a whole spool from being committed. They are rare, and looking at each value is slow: the text is searched.
 */
export function toSqlJson(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows);
  if (!unstorable.test(text)) return text;
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '\uFFFD').toWellFormed() : value,
  );
}
