/** What a server offers: one thing that can be approved, pinned and exposed. */
export const capabilityKinds = ['tool', 'prompt', 'resource', 'template', 'instructions'] as const;
export type CapabilityKind = (typeof capabilityKinds)[number];

export type EndpointNaming = 'prefixed' | 'plain';

/** Longest name that somebody may give a tool or prompt on an endpoint. */
export const maxRenameLength = 60;

/** Names that tool search shows in place of the tools themselves. */
export const toolSearchNames = ['search_tools', 'describe_tool', 'call_tool'] as const;

const renamePattern = /^[A-Za-z0-9_-]{1,60}$/;
const plainPattern = /^[A-Za-z0-9_.-]{1,128}$/;

/** A capability as far as its name on an endpoint depends on it. */
export interface NamedCapability {
  readonly id: string;
  readonly kind: CapabilityKind;
  /** Name on the upstream: of a resource its URI, of a template its URI template. */
  readonly name: string;
  /** `server__name`, unique per kind in the tenant. */
  readonly exposedName: string;
  readonly serverSlug: string;
  /** The name given on this endpoint. */
  readonly rename: string | null;
}

/** Why a text may not be the name of a tool or prompt on an endpoint. */
export type RenameFault = 'pattern' | 'prefix';

/**
 * Checks a name given on an endpoint. `__` belongs to the prefixes of servers: without it no rename can ever take
 * the name of a capability that is approved later.
 */
export function findRenameFault(name: string): RenameFault | undefined {
  if (!renamePattern.test(name)) return 'pattern';
  return name.includes('__') ? 'prefix' : undefined;
}

/** Whether a capability of this kind has a name that may be changed; a URI is left as it is. */
export function isRenamable(kind: CapabilityKind): boolean {
  return kind === 'tool' || kind === 'prompt';
}

function ownName(capability: NamedCapability, naming: EndpointNaming): string {
  const { kind, name, exposedName, rename } = capability;
  if (!isRenamable(kind)) return name;
  if (rename !== null) return rename;
  return naming === 'plain' && plainPattern.test(name) ? name : exposedName;
}

const uriPrefixMark = 'sp-';

/** What a URI begins with that another server of the endpoint had first; the server's own URI follows. */
export function shadowedUriPrefix(serverSlug: string): string {
  return `${uriPrefixMark}${serverSlug}:`;
}

function byId(a: NamedCapability, b: NamedCapability): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/**
 * The name of each capability on the wire of one endpoint, by id. Where two servers expose the same URI, the one known
 * first (smallest id) keeps it and later ones get `sp-<slug>:<uri>`, so nobody can shadow what is there.
 */
export function wireNames(
  capabilities: readonly NamedCapability[],
  naming: EndpointNaming,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const uris = new Set<string>();
  for (const capability of [...capabilities].sort(byId)) {
    const name = ownName(capability, naming);
    const isUri = capability.kind === 'resource' || capability.kind === 'template';
    const key = `${capability.kind} ${name}`;
    // A URI that looks like a name we give is always named by us, so no server can take the name of another's.
    const isTaken = isUri && (uris.has(key) || name.startsWith(uriPrefixMark));
    names.set(capability.id, isTaken ? `${shadowedUriPrefix(capability.serverSlug)}${name}` : name);
    if (isUri) uris.add(key);
  }
  return names;
}

/** Two or more capabilities of one kind that bear the same name on an endpoint. */
export interface NameCollision {
  readonly kind: CapabilityKind;
  readonly name: string;
  readonly ids: readonly string[];
}

/** Names that more than one tool, or more than one prompt, bears on an endpoint; sorted by kind and name. */
export function findWireCollisions(
  capabilities: readonly NamedCapability[],
  names: ReadonlyMap<string, string>,
): readonly NameCollision[] {
  const groups = new Map<string, { kind: CapabilityKind; name: string; ids: string[] }>();
  for (const { id, kind } of capabilities) {
    const name = names.get(id);
    if (name === undefined || !isRenamable(kind)) continue;
    const key = `${kind} ${name}`;
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { kind, name, ids: [id] });
  }
  return [...groups.entries()]
    .filter(([, group]) => group.ids.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { kind, name, ids }]) => ({ kind, name, ids: [...ids].sort() }));
}
