import type { DetectionExternal, DetectionRule } from '@sallyport/db';
import type { FindingSeverity, Surface } from '@sallyport/detection';
import {
  externalClassifierAad,
  type SnapshotExternalClassifier,
  type SnapshotRows,
} from '@sallyport/snapshot';
import { classifierPurpose } from '../detection/classifier.store.ts';
import type { SealedSecret } from './snapshot-rows.ts';

/** A stored rule as the snapshot takes it. */
export function toRule(row: DetectionRule): SnapshotRows['detection']['rules'][number] {
  const { id, code, title, kind, value, enabled, toolIds } = row;
  // What is stored was checked when it was saved, and the self-check reads it strictly once more.
  const surfaces = row.surfaces as Surface[];
  const severity = row.severity as FindingSeverity;
  return {
    id,
    code,
    title,
    kind,
    value,
    surfaces,
    severity,
    toolIds: toolIds.length === 0 ? null : toolIds,
    enabled,
  };
}

/** The stored token of the tenant's classifier. */
export function externalSecret(row: DetectionExternal): SealedSecret {
  const { id, tenantId, sealedToken: sealed, tokenVersion: version } = row;
  return { id, tenantId, purpose: classifierPurpose, sealed, version, aad: externalClassifierAad(tenantId) };
}

/** The tenant's classifier as the snapshot takes it. */
export function toExternal(row: DetectionExternal, sealedToken: string | null): SnapshotExternalClassifier {
  const { url, budgetMs, perMinute } = row;
  return { url, sealedToken, budgetMs, perMinute, onFailure: row.onFailure === 'block' ? 'block' : 'pass' };
}
