import { hash } from 'node:crypto';
import { isAppError } from '@sallyport/kernel';
import { isJsonObject, rpcCodes, uiDefinition, type WireObject } from '@sallyport/mcp';
import type { SnapshotTool, ToolKind } from '@sallyport/snapshot';
import { ask, listAll } from './list-capabilities.ts';
import { createPinWatch, type Observed, type PinVerdict, type PinWatch } from './observe-definitions.ts';
import type { Upstream } from './upstream.ts';

/** The pins of one upstream, of every kind. */
export interface Pins {
  /** What was last seen where that is young enough, else the promise of a new look. */
  check(tool: SnapshotTool, maxAgeMs: number, nowMs: number): PinVerdict | Promise<PinVerdict>;
  /** Looks at all of these kinds now. */
  look(kinds: readonly ToolKind[]): Promise<void>;
  hasFailed(): boolean;
}

export interface PinsInput {
  readonly upstream: () => Upstream;
  readonly pinned: () => readonly SnapshotTool[];
  readonly nowMs: () => number;
  readonly onObserved: (observed: Observed) => void;
}

/** Reads of app pages at a time. */
const maxReadsAtOnce = 4;

/** Watches every kind on its own, so that one kind's list never waits for another's. */
export function createPins(input: PinsInput): Pins {
  const watches = new Map<ToolKind, PinWatch>();
  const watchOf = (kind: ToolKind): PinWatch => {
    let watch = watches.get(kind);
    if (!watch) {
      const pinned = (): readonly SnapshotTool[] => input.pinned().filter((tool) => tool.kind === kind);
      const { nowMs, onObserved } = input;
      watch = createPinWatch({
        kind,
        pinned,
        nowMs,
        onObserved,
        list: () => observe(input.upstream(), kind, pinned()),
      });
      watches.set(kind, watch);
    }
    return watch;
  };
  return {
    check: (tool, maxAgeMs, nowMs) => watchOf(tool.kind).check(tool, maxAgeMs, nowMs),
    async look(kinds) {
      await Promise.all(kinds.map((kind) => watchOf(kind).look()));
    },
    hasFailed: () => [...watches.values()].some((watch) => watch.hasFailed()),
  };
}

function observe(
  upstream: Upstream,
  kind: ToolKind,
  pinned: readonly SnapshotTool[],
): Promise<readonly unknown[]> {
  switch (kind) {
    case 'tool':
      return listAll(upstream, 'tools/list', 'tools');
    case 'prompt':
      return listAll(upstream, 'prompts/list', 'prompts');
    case 'template':
      return listAll(upstream, 'resources/templates/list', 'resourceTemplates');
    case 'resource':
      return observeResources(upstream, pinned);
    case 'instructions':
      return upstream.link.freshFacts().then(({ instructions }) => [{ instructions }]);
  }
}

/** Pages of apps are pinned by what they say, listed or not. */
async function observeResources(
  upstream: Upstream,
  pinned: readonly SnapshotTool[],
): Promise<readonly unknown[]> {
  const pages = pinned.map(({ name }) => name).filter((name) => name.startsWith('ui://'));
  const listed = await listAll(upstream, 'resources/list', 'resources').catch((error: unknown) => {
    // A server may serve pages and list nothing.
    if (pages.length === pinned.length && isUnknownMethod(error)) return [];
    throw error;
  });
  if (pages.length === 0) return listed;
  const entries = new Map<unknown, WireObject>();
  for (const entry of listed) if (isJsonObject(entry)) entries.set(entry.uri, entry);
  const plain = listed.filter((entry) => !isJsonObject(entry) || !pages.includes(String(entry.uri)));
  const seen: unknown[] = [];
  const read = async (queue: string[]): Promise<void> => {
    for (let uri = queue.pop(); uri !== undefined; uri = queue.pop())
      seen.push(await readPage(upstream, uri, entries.get(uri)));
  };
  const queue = [...pages];
  await Promise.all(Array.from({ length: maxReadsAtOnce }, () => read(queue)));
  return [...plain, ...seen];
}

async function readPage(upstream: Upstream, uri: string, listed: WireObject | undefined): Promise<unknown> {
  try {
    const read = await ask(upstream, 'resources/read', { uri });
    return uiDefinition({ uri, listed, read, sha256: (text) => hash('sha256', text, 'hex') });
  } catch (error) {
    // The server answered, and has no such page any more.
    if (isAppError(error) && typeof error.details.rpcCode === 'number') return undefined;
    throw error;
  }
}

function isUnknownMethod(error: unknown): boolean {
  return isAppError(error) && error.details.rpcCode === rpcCodes.methodNotFound;
}
