import type { ToolKind } from '../generated/graphql.ts';

/** Kinds as people meet them: the HTML of an MCP App is a resource that deserves a look of its own. */
export const capabilityGroups = ['TOOL', 'PROMPT', 'RESOURCE', 'TEMPLATE', 'INSTRUCTIONS', 'APP'] as const;
export type CapabilityGroup = (typeof capabilityGroups)[number];

export interface Capability {
  readonly kind: ToolKind;
  readonly name: string;
}

/** The group a capability is shown in. */
export function groupOf({ kind, name }: Capability): CapabilityGroup {
  return kind === 'RESOURCE' && name.startsWith('ui://') ? 'APP' : kind;
}

export interface Grouped<T> {
  readonly group: CapabilityGroup;
  readonly entries: readonly T[];
}

/** Entries by group, in the order of the groups; those that are empty are left out. */
export function groupCapabilities<T>(
  entries: readonly T[],
  capabilityOf: (entry: T) => Capability,
): readonly Grouped<T>[] {
  return capabilityGroups
    .map((group) => ({ group, entries: entries.filter((entry) => groupOf(capabilityOf(entry)) === group) }))
    .filter((grouped) => grouped.entries.length > 0);
}
