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

/** What is looked at together. Pages of apps are resources, but each must be read to be seen. */
type Look = ToolKind | 'page';

const lookOf = ({ kind, name }: SnapshotTool): Look =>
  kind === 'resource' && name.startsWith('ui://') ? 'page' : kind;

/** Watches every kind on its own, so that one kind's list never waits for another's. */
export function createPins(input: PinsInput): Pins {
  const watches = new Map<Look, PinWatch>();
  const watchOf = (look: Look): PinWatch => {
    let watch = watches.get(look);
    if (!watch) {
      const pinned = (): readonly SnapshotTool[] => input.pinned().filter((tool) => lookOf(tool) === look);
      const { nowMs, onObserved } = input;
      const kind = look === 'page' ? 'resource' : look;
      const list = (): Promise<readonly unknown[]> => observe(input.upstream(), look, pinned());
      watch = createPinWatch({ kind, pinned, nowMs, onObserved, list });
      watches.set(look, watch);
    }
    return watch;
  };
  return {
    check: (tool, maxAgeMs, nowMs) => watchOf(lookOf(tool)).check(tool, maxAgeMs, nowMs),
    async look(kinds) {
      const wanted = new Set(
        input
          .pinned()
          .filter((tool) => kinds.includes(tool.kind))
          .map(lookOf),
      );
      await Promise.all([...wanted].map((look) => watchOf(look).look()));
    },
    hasFailed: () => [...watches.values()].some((watch) => watch.hasFailed()),
  };
}

function observe(
  upstream: Upstream,
  look: Look,
  pinned: readonly SnapshotTool[],
): Promise<readonly unknown[]> {
  switch (look) {
    case 'tool':
      return listAll(upstream, 'tools/list', 'tools');
    case 'prompt':
      return listAll(upstream, 'prompts/list', 'prompts');
    case 'template':
      return listAll(upstream, 'resources/templates/list', 'resourceTemplates');
    case 'resource':
      return listAll(upstream, 'resources/list', 'resources');
    case 'page':
      return observePages(upstream, pinned);
    case 'instructions':
      return upstream.link.freshFacts().then(({ instructions }) => [{ instructions }]);
  }
}

/** Pages of apps are pinned by what they say, listed or not. */
async function observePages(
  upstream: Upstream,
  pinned: readonly SnapshotTool[],
): Promise<readonly unknown[]> {
  const listed = await listAll(upstream, 'resources/list', 'resources').catch((error: unknown) => {
    // A server may serve pages and list nothing.
    if (isUnknownMethod(error)) return [];
    throw error;
  });
  const entries = new Map<unknown, WireObject>();
  for (const entry of listed) if (isJsonObject(entry)) entries.set(entry.uri, entry);
  const queue = pinned.map(({ name }) => name);
  const seen: unknown[] = [];
  const read = async (): Promise<void> => {
    for (let uri = queue.pop(); uri !== undefined; uri = queue.pop())
      seen.push(await readPage(upstream, uri, entries.get(uri)));
  };
  await Promise.all(Array.from({ length: maxReadsAtOnce }, read));
  return seen;
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
