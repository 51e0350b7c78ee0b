import { readJson } from '@sallyport/mcp';
import type { SnapshotServer, SnapshotTool } from './tenant-snapshot.ts';

/** One approved capability with its server. */
export interface ToolContext {
  /** Position among the capabilities of the snapshot, 0 to n-1. */
  readonly position: number;
  readonly tool: SnapshotTool;
  readonly server: SnapshotServer;
  /** The approved definition, parsed on every call of this function: keep what you need of it. */
  definition(): Readonly<Record<string, unknown>>;
  /** `inputSchema` of the definition, parsed when first asked for and kept. */
  inputSchema(): unknown;
}

/**
 * What a policy calls a capability: a tool by its exposed name, any other kind with the kind in front, so that a grant for
 * a tool never grants a prompt of the same name.
 */
export function policyName(tool: Pick<SnapshotTool, 'kind' | 'exposedName'>): string {
  return tool.kind === 'tool' ? tool.exposedName : `${tool.kind}:${tool.exposedName}`;
}

/** A class, so that tens of thousands of tools share their methods instead of carrying closures. */
export class IndexedTool implements ToolContext {
  readonly position: number;
  readonly tool: SnapshotTool;
  readonly server: SnapshotServer;
  #schema: { readonly value: unknown } | undefined;

  constructor(tool: SnapshotTool, server: SnapshotServer, position: number) {
    this.tool = tool;
    this.server = server;
    this.position = position;
  }

  definition(): Readonly<Record<string, unknown>> {
    const value: unknown = readJson(this.tool.definition);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  }

  inputSchema(): unknown {
    this.#schema ??= { value: this.definition().inputSchema };
    return this.#schema.value;
  }
}
