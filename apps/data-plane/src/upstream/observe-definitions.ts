import { hash } from 'node:crypto';
import { isAppError } from '@sallyport/kernel';
import { type CapabilityDefinition, definitionDigest, findJsonFault, readCapability } from '@sallyport/mcp';
import type { SnapshotTool, ToolKind } from '@sallyport/snapshot';

export type PinVerdict =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly observedDigest: string | null }
  | { readonly kind: 'unverified'; readonly reason: string };

/** A definition that is not the approved one, or is the approved one again. */
export interface Observed {
  readonly tool: SnapshotTool;
  readonly observedDigest: string | null;
  /** JSON text; `null` when the tool vanished or is too large to show. */
  readonly definition: string | null;
}

export interface PinWatch {
  /** What was last seen where that is young enough, else the promise of a new look. */
  check(tool: SnapshotTool, maxAgeMs: number, nowMs: number): PinVerdict | Promise<PinVerdict>;
  /** Looks now, because the upstream says that something changed. */
  look(): Promise<void>;
  /** Whether the last look failed. */
  hasFailed(): boolean;
}

export interface PinWatchInput {
  readonly kind: ToolKind;
  /** Lists all of this kind that the upstream has. */
  readonly list: () => Promise<readonly unknown[]>;
  /** What is pinned now, of this upstream and kind. */
  readonly pinned: () => readonly SnapshotTool[];
  readonly nowMs: () => number;
  readonly onObserved: (observed: Observed) => void;
}

interface Observation {
  /** When the look began: what the upstream did later is not in it. */
  readonly startedAtMs: number;
  readonly digests: ReadonlyMap<string, string | null>;
}

interface Flight {
  readonly done: Promise<void>;
}

const same: PinVerdict = { kind: 'same' };
const maxDefinitionBytes = 64 * 1024;

/** Watches the definitions of one upstream and kind: one look at a time, shared by all who wait for it. */
export function createPinWatch(input: PinWatchInput): PinWatch {
  let last: Observation | undefined;
  let failure = 'unreachable';
  let hasFailed = false;
  let current: Flight | undefined;
  let next: Flight | undefined;
  const digest = createDigestMemo();
  const reported = new Map<string, string | null>();

  const look = async (): Promise<void> => {
    const startedAtMs = input.nowMs();
    try {
      const digests = digestsOf(await input.list(), input, digest, reported);
      last = { startedAtMs, digests };
      hasFailed = false;
    } catch (error) {
      failure = isAppError(error) ? error.code : 'internal_error';
      hasFailed = true;
    }
  };
  const launch = (): Flight => {
    const done = look().finally(() => {
      current = next;
      next = undefined;
    });
    return { done };
  };
  /** A look that begins now or later; one that is under way may have passed the change already. */
  const freshFlight = (): Flight => {
    if (!current) {
      current = launch();
      return current;
    }
    next ??= { done: current.done.then(() => look()).finally(settleNext) };
    return next;
  };
  const settleNext = (): void => {
    current = next;
    next = undefined;
  };
  const verdictNow = (tool: SnapshotTool, notBeforeMs: number): PinVerdict => {
    const seen = last && last.startedAtMs >= notBeforeMs ? last.digests.get(tool.name) : undefined;
    if (seen === undefined) return { kind: 'unverified', reason: failure };
    return seen === tool.digest ? same : { kind: 'changed', observedDigest: seen };
  };
  return {
    look: () => freshFlight().done,
    hasFailed: () => hasFailed,
    check(tool, maxAgeMs, nowMs) {
      const ageMs = last?.digests.has(tool.name) ? nowMs - last.startedAtMs : Number.POSITIVE_INFINITY;
      if (maxAgeMs > 0 && ageMs <= maxAgeMs) {
        // Looked at again before it is too old, so that a busy upstream never makes a call wait.
        if (ageMs * 3 > maxAgeMs * 2 && !current) current = launch();
        return verdictNow(tool, 0);
      }
      if (maxAgeMs === 0) return freshFlight().done.then(() => verdictNow(tool, nowMs));
      current ??= launch();
      return current.done.then(() => verdictNow(tool, nowMs - maxAgeMs));
    },
  };
}

type DigestOf = (capability: CapabilityDefinition) => { readonly digest: string; readonly text: string };

/** Canonical form and hash cost; the same text as last time has the same digest. */
function createDigestMemo(): DigestOf {
  const memo = new Map<string, { readonly text: string; readonly digest: string }>();
  return ({ name, definition }) => {
    const text = JSON.stringify(definition);
    const known = memo.get(name);
    if (known?.text === text) return known;
    const made = { text, digest: definitionDigest(definition, (data) => hash('sha256', data, 'hex')) };
    memo.set(name, made);
    return made;
  };
}

function digestsOf(
  listed: readonly unknown[],
  input: PinWatchInput,
  digestOf: DigestOf,
  reported: Map<string, string | null>,
): ReadonlyMap<string, string | null> {
  const wanted = new Map(input.pinned().map((tool) => [tool.name, tool]));
  const found = new Map<string, { readonly digest: string; readonly text: string }>();
  for (const item of listed) {
    const capability = readCapability(input.kind, item);
    if (!capability || !wanted.has(capability.name)) continue;
    if (findJsonFault(capability.definition, { maxDepth: 64, maxKeys: 10_000 })) continue;
    const entry = digestOf(capability);
    const twin = found.get(capability.name);
    // Two of one name are none that was approved.
    found.set(
      capability.name,
      twin ? { digest: hash('sha256', `${twin.digest}${entry.digest}`, 'hex'), text: entry.text } : entry,
    );
  }
  const digests = new Map<string, string | null>();
  for (const [name, tool] of wanted) {
    const entry = found.get(name);
    const observedDigest = entry?.digest ?? null;
    digests.set(name, observedDigest);
    report(tool, observedDigest, entry?.text ?? null, input, reported);
  }
  return digests;
}

/** Says once what differs from the pin, and once that it is back. */
function report(
  tool: SnapshotTool,
  observedDigest: string | null,
  text: string | null,
  input: PinWatchInput,
  reported: Map<string, string | null>,
): void {
  const before = reported.has(tool.id) ? reported.get(tool.id) : tool.digest;
  if (before === observedDigest) return;
  reported.set(tool.id, observedDigest);
  // A NUL, even escaped, is what Postgres cannot keep as JSON; one frame must not stop all others.
  const isKeepable = text !== null && !text.includes('\\u0000');
  const isShown = isKeepable && Buffer.byteLength(text) <= maxDefinitionBytes;
  input.onObserved({ tool, observedDigest, definition: isShown ? text : null });
}
