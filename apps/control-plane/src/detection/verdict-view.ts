import type { DetectionVerdict } from '@sallyport/db';
import { type Tier, tiers } from '@sallyport/detection';
import { toWireId } from '@sallyport/kernel';
import { upper } from './detection-words.ts';
import type { VerdictModel } from './verdict.model.ts';

/** A verdict for the API. */
export function toVerdict(row: DetectionVerdict, by: string | null): VerdictModel {
  const { findingIndex, code, surface, note, givenAt } = row;
  const tier: Tier = tiers.find((word) => word === row.tier) ?? 'rule';
  return {
    id: toWireId('verdict', row.id),
    callId: toWireId('call', row.callId),
    findingIndex,
    code,
    surface,
    note,
    tier: upper(tier),
    verdict: row.verdict === 'confirmed' ? 'CONFIRMED' : 'OVERRIDDEN',
    at: givenAt,
    by,
  };
}
