import {
  findWireCollisions,
  type NamedCapability,
  shadowedUriPrefix,
  type UriTemplate,
  wireNames,
} from '@sallyport/mcp';
import type { SnapshotEndpoint, SnapshotEndpointItem } from './tenant-snapshot.ts';
import type { ToolContext } from './tool-context.ts';

/** A capability as one endpoint shows it. */
export interface ExposedItem {
  readonly context: ToolContext;
  /** Its name on the wire: of a tool or prompt the name, of a resource the URI, of a template the URI template. */
  readonly name: string;
  /** The description given on this endpoint, in place of the upstream's. */
  readonly description: string | null;
}

/** The capabilities that an endpoint shows, with the settings it makes on each. */
export function chooseItems(
  endpoint: SnapshotEndpoint,
  tools: readonly ToolContext[],
): readonly { readonly context: ToolContext; readonly item: SnapshotEndpointItem | undefined }[] {
  if (endpoint.selection === 'all' && endpoint.items.length === 0) {
    return tools.map((context) => ({ context, item: undefined }));
  }
  const items = new Map<string, SnapshotEndpointItem>(endpoint.items.map((item) => [item.toolId, item]));
  return tools.flatMap((context) => {
    const item = items.get(context.tool.id);
    const isChosen = endpoint.selection === 'all' || item !== undefined;
    return isChosen && !item?.hidden ? [{ context, item }] : [];
  });
}

/** Upstream names only where all that is shown is of one server: names of two servers could meet. */
export function effectiveNaming(
  endpoint: Pick<SnapshotEndpoint, 'naming'>,
  serverIds: Iterable<string>,
): SnapshotEndpoint['naming'] {
  return endpoint.naming === 'plain' && new Set(serverIds).size <= 1 ? 'plain' : 'prefixed';
}

/**
 * Names what an endpoint shows. Where two tools or two prompts would bear one name, the one known first (smallest id)
 * keeps it and later ones get their prefixed name: a capability that comes later never takes the name of another.
 */
export function nameItems(
  endpoint: SnapshotEndpoint,
  tools: readonly ToolContext[],
  problems: string[],
): readonly ExposedItem[] {
  const chosen = chooseItems(endpoint, tools);
  const naming = effectiveNaming(
    endpoint,
    chosen.map(({ context }) => context.server.id),
  );
  const named = chosen.map(({ context, item }) => capabilityOf(context, item));
  const names = new Map(wireNames(named, naming));
  for (const { ids } of findWireCollisions(named, names)) {
    for (const { id, exposedName } of named) if (ids.slice(1).includes(id)) names.set(id, exposedName);
  }
  for (const { kind, name } of findWireCollisions(named, names)) {
    problems.push(`endpoint ${endpoint.slug}: ${kind} name ${name} is there twice`);
  }
  return chosen.map(({ context, item }) => ({
    context,
    name: names.get(context.tool.id) ?? context.tool.exposedName,
    description: item?.description ?? null,
  }));
}

function capabilityOf(context: ToolContext, item: SnapshotEndpointItem | undefined): NamedCapability {
  const { tool, server } = context;
  return {
    id: tool.id,
    kind: tool.kind,
    name: tool.name,
    exposedName: tool.exposedName,
    serverSlug: server.slug,
    rename: item?.name ?? null,
  };
}

/** A template that an endpoint shows, ready to be compared. */
export interface ExposedTemplate {
  readonly item: ExposedItem;
  readonly template: UriTemplate;
  /** What a client puts before a URI to mean this server's: needed where another server has the same template. */
  readonly prefix: string;
  readonly needsPrefix: boolean;
}

/** Makes a template ready. */
export function exposedTemplate(item: ExposedItem, template: UriTemplate): ExposedTemplate {
  const prefix = shadowedUriPrefix(item.context.server.slug);
  return { item, template, prefix, needsPrefix: item.name !== item.context.tool.name };
}
