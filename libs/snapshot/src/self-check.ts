import { isAppError, type Sha256Hex } from '@sallyport/kernel';
import { definitionDigest, readCapability } from '@sallyport/mcp';
import type { EngineHolder } from '@sallyport/policy';
import { snapshotBody } from './build-snapshot.ts';
import { parseSnapshot } from './parse-snapshot.ts';
import { buildSnapshotIndex, type SnapshotIndex } from './snapshot-index.ts';
import type { TenantSnapshot } from './tenant-snapshot.ts';
import type { ToolContext } from './tool-context.ts';

export type SelfCheck =
  | { readonly kind: 'ok' }
  | { readonly kind: 'failed'; readonly problems: readonly string[] };

/** Pairs of agent and tool that are tried out. */
const maxTrials = 2_000;

/**
 * What the publisher runs before it signs, so that no worker has to refuse: the canonical text parses within the
 * limits, everything refers to something that is there, policies compile, each pin is the digest of the definition
 * beside it, and deciding works for agents and tools.
 */
export function selfCheck(input: {
  readonly snapshot: TenantSnapshot;
  readonly engines: EngineHolder;
  readonly sha256: Sha256Hex;
}): SelfCheck {
  const parsed = parseSnapshot(bodyOf(input.snapshot));
  if (parsed.kind === 'invalid') return { kind: 'failed', problems: [`${parsed.reason}: ${parsed.detail}`] };
  const built = buildSnapshotIndex({ snapshot: parsed.snapshot, engines: input.engines });
  if (built.kind === 'invalid') return { kind: 'failed', problems: built.problems };
  try {
    const tools = parsed.snapshot.tools.flatMap((tool) => built.index.toolById(tool.id) ?? []);
    const problems = [
      ...tools.flatMap((tool) => pinProblems(tool, input.sha256)),
      ...trialProblems(built.index, tools),
    ];
    return problems.length === 0 ? { kind: 'ok' } : { kind: 'failed', problems: problems.slice(0, 50) };
  } finally {
    built.index.dispose();
  }
}

function bodyOf(snapshot: TenantSnapshot): string {
  try {
    return snapshotBody(snapshot);
  } catch (error) {
    if (isAppError(error)) return '';
    throw error;
  }
}

// Invariant: T02, what a pin approves is what the snapshot shows to agents.
function pinProblems(context: ToolContext, sha256: Sha256Hex): readonly string[] {
  const { tool } = context;
  try {
    const approved = readCapability(tool.kind, context.definition());
    if (!approved) return [`${tool.kind} ${tool.exposedName}: the definition is none`];
    if (approved.name !== tool.name) return [`tool ${tool.exposedName}: the definition has another name`];
    if (definitionDigest(approved.definition, sha256) !== tool.digest) {
      return [`tool ${tool.exposedName}: the pin is not the digest of the definition`];
    }
    return [];
  } catch {
    return [`tool ${tool.exposedName}: the definition is not JSON`];
  }
}

/** Decides a call without arguments for agents and tools; only that it gives an answer is checked here. */
function trialProblems(index: SnapshotIndex, tools: readonly ToolContext[]): readonly string[] {
  const agents = new Map(index.snapshot.keys.map((key) => [key.agentId, index.keyByHash(key.hash)]));
  let trials = 0;
  for (const key of agents.values()) {
    for (const tool of tools) {
      if (!key || trials >= maxTrials) return [];
      trials += 1;
      try {
        index.sliceFor(key, tool).decide({ args: {}, endpoint: '', client: '', era: 'modern' });
      } catch {
        return [`deciding fails for agent ${key.agent.id} and tool ${tool.tool.exposedName}`];
      }
    }
  }
  return [];
}
