import { AppError } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { TenantChanges } from '../platform/tenant-changes.ts';
import { readFindings } from '../vetting/report-view.ts';

const maxNote = 500;

export interface VerdictRequest {
  readonly callId: string;
  readonly findingIndex: number;
  readonly verdict: 'confirmed' | 'overridden';
  readonly note: string | null;
}

/** A person says whether a finding was right; the last word on a finding counts. */
export class GiveVerdict {
  constructor(private readonly changes: TenantChanges) {}

  /** @throws AppError `not_found`, `invalid_input` */
  async execute(actor: Actor, request: VerdictRequest): Promise<string> {
    const { tenantId, userId } = actor;
    const { callId, findingIndex, verdict } = request;
    const note = readNote(request.note);
    return this.changes.run(actor, async (change) => {
      const receipt = await change.tx.receipt.findFirst({
        where: { callId, kind: 'call', phase: 'outcome' },
        select: { id: true, findings: true, toolId: true },
      });
      const finding = receipt && readFindings(receipt.findings)[findingIndex];
      if (!receipt || !finding) throw new AppError('not_found', undefined, { details: { kind: 'finding' } });
      const place = { tenantId, receiptId: receipt.id, findingIndex };
      const given = { verdict, note, givenBy: userId, givenAt: change.at };
      const { code, tier, surface } = finding;
      const row = await change.tx.detectionVerdict.upsert({
        where: { tenantId_receiptId_findingIndex: place },
        create: { ...place, ...given, callId, code, tier, surface, toolId: receipt.toolId },
        update: given,
      });
      await change.receipt({
        action: 'detection.verdict',
        subjectKind: 'call',
        subjectId: callId,
        summary: { code, findingIndex, verdict, note },
      });
      change.live('detection', row.id);
      change.live('call', callId);
      return row.id;
    });
  }
}

function readNote(text: string | null): string | null {
  const note = text?.trim() ?? '';
  if (note.length <= maxNote) return note === '' ? null : note;
  throw new AppError('invalid_input', `a note has at most ${maxNote} characters`, {
    details: { field: 'note', max: maxNote },
  });
}
