import { tiers } from '@sallyport/detection';
import { type FrameFinding, findingActions, type OutcomeFrame } from '@sallyport/ledger';

/** One row of `detection_count`, named as its columns. */
export interface DetectionCountRow {
  readonly tenant_id: string;
  readonly hour: string;
  readonly code: string;
  readonly tier: string;
  readonly direction: 'request' | 'response' | 'definition';
  readonly action: string;
  count: number;
}

const hourMs = 3_600_000;
const knownTiers: ReadonlySet<string> = new Set(tiers);
const knownActions: ReadonlySet<string> = new Set(findingActions);
const codeShape = /^[a-z][a-z0-9_]{0,79}$/;

/** Findings of calls by hour, code, tier, direction and action; in one order everywhere, so batches cannot deadlock. */
export function countFindings(frames: readonly OutcomeFrame[]): readonly DetectionCountRow[] {
  const rows = new Map<string, DetectionCountRow>();
  for (const frame of frames) {
    if (frame.findings.length === 0) continue;
    const hour = new Date(Math.floor(frame.at / hourMs) * hourMs).toISOString();
    for (const finding of frame.findings) add(rows, frame.tenantId, hour, finding);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** A worker's words become part of a key: one that nobody knows is counted under a name that says so. */
function add(
  rows: Map<string, DetectionCountRow>,
  tenantId: string,
  hour: string,
  { code: said, tier: saidTier, action: saidAction, surface }: FrameFinding,
): void {
  const code = codeShape.test(said) ? said : 'unknown';
  const tier = saidTier !== undefined && knownTiers.has(saidTier) ? saidTier : 'rule';
  const action = saidAction !== undefined && knownActions.has(saidAction) ? saidAction : 'monitor';
  const direction = directionOf(surface);
  const key = `${tenantId}|${hour}|${code}|${tier}|${direction}|${action}`;
  const known = rows.get(key);
  if (known) known.count += 1;
  else rows.set(key, { tenant_id: tenantId, hour, code, tier, direction, action, count: 1 });
}

/** Which way a text went that was found on a surface. */
function directionOf(surface: string): DetectionCountRow['direction'] {
  if (surface === 'arguments') return 'request';
  return surface === 'tool_definition' ? 'definition' : 'response';
}
