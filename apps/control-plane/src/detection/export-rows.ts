import { setImmediate } from 'node:timers/promises';
import type { DetectionVerdict } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import { openBox } from '@sallyport/vault';
import type { Actor } from '../access/session.ts';
import type { Database, TenantTx } from '../platform/database.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { readFindings } from '../vetting/report-view.ts';
import { toRow, type VerdictCase } from './export-row.ts';

/** Most verdicts of one export, the newest first; more are a second export after a second consent to think about. */
const maxVerdicts = 10_000;
const pageSize = 200;

/** What people made of findings, as labelled rows that detection can be trained and measured on. */
export class ExportRows {
  constructor(
    private readonly db: Database,
    private readonly changes: TenantChanges,
    private readonly privateKey: string | undefined,
  ) {}

  /**
   * Rows of the corpus, redacted, one a line. Who took them is on record before the first.
   * @throws AppError `conflict` when the tenant has not allowed it
   */
  async execute(actor: Actor): Promise<AsyncIterable<string>> {
    const { tenantId } = actor;
    await this.changes.run(actor, async (change) => {
      const tenant = await change.tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
      // Invariant: T45, nothing leaves a tenant for training unless somebody of it said so.
      if (tenant.exportConsentAt === null) {
        throw new AppError('conflict', 'this tenant has not allowed exports', {
          details: { reason: 'no_consent' },
        });
      }
      const verdicts = await change.tx.detectionVerdict.count();
      await change.receipt({
        action: 'detection.export',
        subjectKind: 'tenant',
        subjectId: tenantId,
        summary: { verdicts: Math.min(verdicts, maxVerdicts) },
      });
    });
    return this.rows(tenantId);
  }

  private async *rows(tenantId: string): AsyncIterable<string> {
    const told = new Set<string>();
    let after: DetectionVerdict | undefined;
    for (let taken = 0; taken < maxVerdicts; taken += pageSize) {
      const page = await this.db.withTenant(tenantId, (tx) => readPage(tx, after));
      for (const one of page.cases) {
        const name = `${one.callId} ${one.surface}`;
        if (told.has(name)) continue;
        told.add(name);
        const row = toRow(one, (box, part) => this.open(box, `${tenantId}|${one.callId}|${part}`));
        // Redacting takes milliseconds for a row: others get their turn in between.
        await setImmediate();
        if (row) yield `${JSON.stringify(row)}\n`;
      }
      after = page.last;
      if (page.isLast || !after) return;
    }
  }

  private open(box: string | null, aad: string): string | null {
    if (box === null || this.privateKey === undefined) return null;
    try {
      return Buffer.from(openBox({ privateKey: this.privateKey, box, aad })).toString('utf8');
    } catch {
      // A body sealed for a key that is gone: the row is made of the finding's own excerpt.
      return null;
    }
  }
}

/** A page of verdicts with their receipts and kept bodies, one case for each call and surface. */
async function readPage(tx: TenantTx, after: DetectionVerdict | undefined) {
  const verdicts = await tx.detectionVerdict.findMany({
    where: after
      ? { OR: [{ givenAt: { lt: after.givenAt } }, { givenAt: after.givenAt, id: { lt: after.id } }] }
      : {},
    orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
    take: pageSize,
  });
  const receipts = await tx.receipt.findMany({
    where: { id: { in: verdicts.map((row) => row.receiptId) } },
    select: { id: true, findings: true, toolName: true },
  });
  const bodies = await tx.receiptBody.findMany({
    where: { callId: { in: verdicts.map((row) => row.callId) } },
  });
  const receiptOf = new Map(receipts.map((row) => [row.id, row]));
  const bodyOf = new Map(bodies.map((row) => [row.callId, row]));
  // All verdicts on these receipts, also those of later pages: a row is labelled by everything that was said.
  const given = await tx.detectionVerdict.findMany({
    where: { receiptId: { in: receipts.map((row) => row.id) } },
    orderBy: { findingIndex: 'asc' },
  });
  const groups = Map.groupBy(given, (row) => `${row.callId} ${row.surface}`);
  const cases = [...groups.values()].flatMap((own): VerdictCase[] => {
    const first = own[0];
    const receipt = first && receiptOf.get(first.receiptId);
    if (!first || !receipt) return [];
    const findings = readFindings(receipt.findings);
    return [
      {
        callId: first.callId,
        surface: first.surface,
        toolName: receipt.toolName,
        body: bodyOf.get(first.callId) ?? null,
        judged: own.flatMap(({ verdict, findingIndex }) => {
          const finding = findings[findingIndex];
          return finding ? [{ verdict, finding }] : [];
        }),
      },
    ];
  });
  return { cases, last: verdicts.at(-1), isLast: verdicts.length < pageSize };
}
