import { hash, randomBytes } from 'node:crypto';
import type { SystemTransaction } from '@sallyport/db';
import {
  firstBrokenLink,
  firstChain,
  type IngestBatch,
  isMetered,
  type OutcomeFrame,
  type SpooledFrame,
  usageKeyText,
  usageOf,
} from '@sallyport/ledger';
import type { Database } from '../platform/database.ts';
import { countFindings } from './count-findings.ts';
import * as sql from './ingest-sql.ts';
import { idRandomBytes, type ReceiptRow, toAnonymousRow, toReceiptRow, toSqlJson } from './receipt-rows.ts';

type Tx = SystemTransaction<'ingester'>;

export interface IngestResult {
  /** Every frame up to here is in Postgres; the worker may free it. */
  readonly committedSeq: number;
  /** Newest call per tenant, for the screens. */
  readonly calls: ReadonlyMap<string, string>;
  readonly hasObservations: boolean;
}

export interface IngestDeps {
  readonly db: Database;
  /** A spool whose chain does not fit: somebody changed frames, or mixed up two spools. */
  readonly onBrokenChain: (facts: { readonly spoolId: string; readonly seq: number }) => void;
}

const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/** Spool → Postgres: one transaction per batch, the same batch any number of times with the same effect. */
export class IngestFrames {
  constructor(private readonly deps: IngestDeps) {}

  async execute(batch: IngestBatch): Promise<IngestResult> {
    return this.deps.db.withSystem('ingester', async (tx) => {
      const first = batch.frames[0]?.seq ?? 1;
      // An unknown spool may start anywhere: what came before was committed to a database that is gone.
      await tx.query(sql.openSpool, [batch.spoolId, batch.workerId, first - 1], 'open_spool');
      const { rows } = await tx.query<{ contiguous_seq: string; chain: string | null }>(
        sql.lockSpool,
        [batch.spoolId],
        'lock_spool',
      );
      const committed = Number(rows[0]?.contiguous_seq ?? 0);
      const frames = batch.frames.filter((frame) => frame.seq > committed);
      const last = frames.at(-1);
      // A gap: the worker is told where to go on from.
      if (!last || frames[0]?.seq !== committed + 1) {
        return { committedSeq: committed, calls: new Map(), hasObservations: false };
      }
      this.checkChain(batch.spoolId, frames, committed === 0 ? firstChain : (rows[0]?.chain ?? null));
      const fresh = await storeReceipts(tx, batch, frames);
      await storeUsage(tx, fresh);
      await storeOthers(tx, batch, frames, fresh);
      await tx.query(
        sql.advanceSpool,
        [batch.spoolId, last.seq, last.chain, batch.workerId],
        'advance_spool',
      );
      return {
        committedSeq: last.seq,
        calls: new Map(fresh.map((frame) => [frame.tenantId, frame.callId])),
        hasObservations: frames.some(({ frame }) => frame.kind === 'observation'),
      };
    });
  }

  private checkChain(spoolId: string, frames: readonly SpooledFrame[], previous: string | null): void {
    if (previous === null) return;
    const seq = firstBrokenLink({ sha256, previous, frames });
    if (seq !== undefined) this.deps.onBrokenChain({ spoolId, seq });
  }
}

/** Inserts receipts and returns the outcomes that were not there before. */
async function storeReceipts(
  tx: Tx,
  batch: IngestBatch,
  frames: readonly SpooledFrame[],
): Promise<readonly OutcomeFrame[]> {
  // One draw for the whole batch: a draw for each row costs more than the row.
  const random = randomBytes(frames.length * idRandomBytes);
  const rows: ReceiptRow[] = [];
  frames.forEach((spooled, at) => {
    const own = random.subarray(at * idRandomBytes, (at + 1) * idRandomBytes);
    const row = toReceiptRow(batch, spooled, own);
    if (row) rows.push(row);
  });
  if (rows.length === 0) return [];
  const inserted = await tx.query<{ seq: string }>(sql.insertReceipts, [toSqlJson(rows)], 'insert_receipts');
  const fresh = new Set(inserted.rows.map((row) => Number(row.seq)));
  return frames.flatMap(({ seq, frame }) => (frame.kind === 'outcome' && fresh.has(seq) ? [frame] : []));
}

/** Usage and policy hits of new outcomes, in one order everywhere: two workers' batches cannot deadlock. */
async function storeUsage(tx: Tx, fresh: readonly OutcomeFrame[]): Promise<void> {
  const usage = [...usageOf(fresh)].sort((a, b) => (usageKeyText(a) < usageKeyText(b) ? -1 : 1));
  if (usage.length > 0) {
    const rows = usage.map((sum) => ({
      tenant_id: sum.tenantId,
      hour: new Date(sum.hourMs).toISOString(),
      customer_id: sum.customerId,
      agent_id: sum.agentId,
      server_id: sum.serverId,
      tool_id: sum.toolId,
      tool_name: sum.toolName,
      calls: sum.calls,
      denied: sum.denied,
      errors: sum.errors,
      billable: sum.billable,
      bytes_in: sum.requestBytes,
      bytes_out: sum.resultBytes,
    }));
    await tx.query(sql.addUsage, [toSqlJson(rows)], 'add_usage');
  }
  const hits = policyHits(fresh);
  if (hits.length > 0) await tx.query(sql.addPolicyHits, [toSqlJson(hits)], 'add_policy_hits');
  const found = countFindings(fresh);
  if (found.length > 0) await tx.query(sql.addDetectionCounts, [toSqlJson(found)], 'add_detection_counts');
}

function policyHits(fresh: readonly OutcomeFrame[]) {
  const counts = new Map<string, number>();
  for (const frame of fresh) {
    const day = new Date(frame.at).toISOString().slice(0, 10);
    for (const policyId of isMetered(frame) ? frame.policyIds : []) {
      const key = `${frame.tenantId}|${day}|${policyId}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, hits]) => {
      const [tenant_id, day, policy_id] = key.split('|');
      return { tenant_id, day, policy_id, hits };
    });
}

/** Bodies, anonymous counts, observations and the keys' last use. */
async function storeOthers(
  tx: Tx,
  batch: IngestBatch,
  frames: readonly SpooledFrame[],
  fresh: readonly OutcomeFrame[],
): Promise<void> {
  const bodies = fresh.flatMap(({ tenantId, callId, at, bodies: kept }) =>
    kept ? [{ tenant_id: tenantId, call_id: callId, at: new Date(at).toISOString(), ...kept }] : [],
  );
  if (bodies.length > 0) await tx.query(sql.insertBodies, [toSqlJson(bodies)], 'insert_bodies');
  const anonymous = frames.flatMap(({ seq, frame }) =>
    frame.kind === 'anonymous' ? [toAnonymousRow(batch, seq, frame)] : [],
  );
  if (anonymous.length > 0) await tx.query(sql.insertAnonymous, [toSqlJson(anonymous)], 'insert_anonymous');
  const observations = frames.flatMap(({ frame }) =>
    frame.kind === 'observation' ? [{ tenant_id: frame.tenantId, payload: frame }] : [],
  );
  if (observations.length > 0) {
    await tx.query(sql.insertObservations, [toSqlJson(observations)], 'insert_observations');
  }
  const uses = lastUses(fresh);
  if (uses.length > 0) await tx.query(sql.touchKeys, [toSqlJson(uses)], 'touch_keys');
}

function lastUses(fresh: readonly OutcomeFrame[]) {
  const uses = new Map<string, { tenant_id: string; id: string; at: string }>();
  for (const { tenantId, keyId, at } of fresh) {
    if (keyId === null) continue;
    const time = new Date(at).toISOString();
    const known = uses.get(keyId);
    if (!known || known.at < time) uses.set(keyId, { tenant_id: tenantId, id: keyId, at: time });
  }
  return [...uses.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
