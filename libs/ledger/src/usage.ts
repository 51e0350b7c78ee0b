import type { Frame, Outcome, OutcomeFrame } from './frames.ts';

const hourMs = 3_600_000;

/** Whose usage in which hour. Ids are UUIDs; `null` = the call had none. */
export interface UsageKey {
  readonly tenantId: string;
  readonly customerId: string | null;
  readonly agentId: string | null;
  readonly serverId: string | null;
  readonly toolId: string | null;
  /** Exposed name of a known tool; `null` without one: a name that a caller made up is not a dimension. */
  readonly toolName: string | null;
  /** Start of the hour, ms since 1970 (UTC). */
  readonly hourMs: number;
}

/** What is added to one row of usage. */
export interface UsageIncrement extends UsageKey {
  readonly calls: number;
  readonly billable: number;
  /** Calls that a stage stopped. */
  readonly denied: number;
  /** Calls that failed: tool errors, upstream errors, cancelled, unknown. */
  readonly errors: number;
  readonly requestBytes: number;
  readonly resultBytes: number;
}

/**
 * Whether an ended call is billed: only when the upstream answered it with a result that reached the caller. A tool
 * error, a refusal, a timeout and a call cut by a crash are never billed.
 */
export function isBillable(outcome: Outcome): boolean {
  return outcome === 'ok';
}

/** Only calls of tools are usage; lists, pings and handshakes are receipts alone. */
export function isMetered(frame: Frame): frame is OutcomeFrame {
  return frame.kind === 'outcome' && frame.method === 'tools/call';
}

/** Start of the UTC hour that a time lies in. */
export function hourOf(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

/** Sums the metered outcomes of a batch to one increment per key; every metered frame is in exactly one of them. */
export function usageOf(frames: Iterable<Frame>): readonly UsageIncrement[] {
  const sums = new Map<string, Mutable<UsageIncrement>>();
  for (const frame of frames) {
    if (!isMetered(frame)) continue;
    const key = usageKey(frame);
    const name = usageKeyText(key);
    let sum = sums.get(name);
    if (!sum) {
      sum = { ...key, calls: 0, billable: 0, denied: 0, errors: 0, requestBytes: 0, resultBytes: 0 };
      sums.set(name, sum);
    }
    add(sum, frame);
  }
  return [...sums.values()];
}

/** The usage row an outcome belongs to. */
export function usageKey(frame: OutcomeFrame): UsageKey {
  const { tenantId, customerId, agentId, serverId, toolId, at } = frame;
  const toolName = toolId === null ? null : frame.toolName;
  return { tenantId, customerId, agentId, serverId, toolId, toolName, hourMs: hourOf(at) };
}

/** A usage key as text, for maps; neither ids nor exposed names hold the separator. */
export function usageKeyText(key: UsageKey): string {
  const ids = [key.tenantId, key.customerId, key.agentId, key.serverId, key.toolId, key.toolName];
  return `${ids.map((id) => id ?? '').join('|')}|${key.hourMs}`;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function add(sum: Mutable<UsageIncrement>, frame: OutcomeFrame): void {
  sum.calls += 1;
  if (frame.billable) sum.billable += 1;
  if (frame.outcome === 'denied') sum.denied += 1;
  else if (frame.outcome !== 'ok') sum.errors += 1;
  sum.requestBytes += frame.requestBytes;
  sum.resultBytes += frame.resultBytes;
}
