import { capabilityKinds, matchesUriTemplate, parseUriTemplate } from '@sallyport/mcp';
import {
  type ExposedItem,
  type ExposedTemplate,
  effectiveNaming,
  exposedTemplate,
  nameItems,
} from './expose.ts';
import type { SnapshotEndpoint, SnapshotServer, ToolKind } from './tenant-snapshot.ts';
import type { ToolContext } from './tool-context.ts';

/** What a URI leads to. */
export interface ResourceMatch {
  readonly item: ExposedItem;
  /** The URI as the upstream knows it. */
  readonly upstreamUri: string;
}

/** One URL with what it shows of which servers. */
export interface EndpointContext {
  readonly id: SnapshotEndpoint['id'];
  readonly slug: string;
  /** `plain` only where everything shown is of one server, whatever was asked for. */
  readonly naming: SnapshotEndpoint['naming'];
  readonly toolSearch: boolean;
  /** What is shown of a kind, sorted by its name on the wire. */
  listed(kind: ToolKind): readonly ExposedItem[];
  toolByName(name: string): ExposedItem | undefined;
  promptByName(name: string): ExposedItem | undefined;
  /** The resource of this URI, else the first template (smallest id) that makes it. */
  resourceByUri(uri: string): ResourceMatch | undefined;
  /** The servers behind what is shown, sorted by id. */
  readonly servers: readonly SnapshotServer[];
}

interface Shown {
  readonly byKind: ReadonlyMap<ToolKind, readonly ExposedItem[]>;
  readonly byName: ReadonlyMap<ToolKind, ReadonlyMap<string, ExposedItem>>;
  readonly naming: SnapshotEndpoint['naming'];
  readonly servers: readonly SnapshotServer[];
  readonly templates: () => readonly ExposedTemplate[];
  /** Resources by server and upstream URI; `hidden` = this endpoint was told not to show it. */
  readonly exact: ReadonlyMap<string, ExposedItem | 'hidden'>;
}

/** Makes the endpoints of a snapshot; those that show everything unchanged share what they show. */
export function endpointContexts(input: {
  readonly endpoints: readonly SnapshotEndpoint[];
  readonly tools: readonly ToolContext[];
  readonly problems: string[];
}): readonly EndpointContext[] {
  const { tools, problems } = input;
  const ids = new Set<string>(tools.map(({ tool }) => tool.id));
  const shared = new Map<string, Shown>();
  return input.endpoints.map((endpoint) => {
    for (const { toolId } of endpoint.items) {
      if (!ids.has(toolId)) problems.push(`endpoint ${endpoint.slug}: tool ${toolId} is not in the snapshot`);
    }
    if (endpoint.selection === 'chosen' || endpoint.items.length > 0) {
      return contextOf(endpoint, shownOf(endpoint, tools, problems));
    }
    const shown = shared.get(endpoint.naming) ?? shownOf(endpoint, tools, problems);
    shared.set(endpoint.naming, shown);
    return contextOf(endpoint, shown);
  });
}

function shownOf(endpoint: SnapshotEndpoint, tools: readonly ToolContext[], problems: string[]): Shown {
  const items = nameItems(endpoint, tools, problems);
  const byKind = new Map<ToolKind, readonly ExposedItem[]>();
  const byName = new Map<ToolKind, ReadonlyMap<string, ExposedItem>>();
  for (const kind of capabilityKinds) {
    const ofKind = items.filter(({ context }) => context.tool.kind === kind).sort(byWireName);
    byKind.set(kind, ofKind);
    // Instructions all bear one name; nobody looks them up by it.
    if (kind !== 'instructions') byName.set(kind, new Map(ofKind.map((item) => [item.name, item])));
  }
  const servers = new Map<string, SnapshotServer>(
    items.map(({ context }) => [context.server.id, context.server]),
  );
  let templates: readonly ExposedTemplate[] | undefined;
  return {
    byKind,
    byName,
    naming: effectiveNaming(endpoint, servers.keys()),
    servers: [...servers.values()].sort((a, b) => compare(a.id, b.id)),
    templates: () => {
      templates ??= templatesOf(items);
      return templates;
    },
    exact: exactResources(endpoint, tools, byKind.get('resource') ?? []),
  };
}

function exactResources(
  endpoint: SnapshotEndpoint,
  tools: readonly ToolContext[],
  shown: readonly ExposedItem[],
): Shown['exact'] {
  const exact = new Map<string, ExposedItem | 'hidden'>();
  for (const item of shown) exact.set(exactKey(item.context, item.context.tool.name), item);
  const hidden = new Set<string>(endpoint.items.flatMap((item) => (item.hidden ? [item.toolId] : [])));
  for (const context of hidden.size === 0 ? [] : tools) {
    const isHidden = context.tool.kind === 'resource' && hidden.has(context.tool.id);
    if (isHidden) exact.set(exactKey(context, context.tool.name), 'hidden');
  }
  return exact;
}

const exactKey = ({ server }: ToolContext, upstreamUri: string): string => `${server.id} ${upstreamUri}`;

function contextOf(endpoint: SnapshotEndpoint, shown: Shown): EndpointContext {
  const { byKind, byName } = shown;
  return {
    id: endpoint.id,
    slug: endpoint.slug,
    naming: shown.naming,
    toolSearch: endpoint.toolSearch,
    servers: shown.servers,
    listed: (kind) => byKind.get(kind) ?? [],
    toolByName: (name) => byName.get('tool')?.get(name),
    promptByName: (name) => byName.get('prompt')?.get(name),
    resourceByUri: (uri) => {
      const item = byName.get('resource')?.get(uri);
      if (item) return { item, upstreamUri: item.context.tool.name };
      const match = byTemplate(shown.templates(), uri);
      if (!match) return undefined;
      // Invariant: T42, a template is no second way to a resource that has a pin and a policy name of its own.
      const own = shown.exact.get(exactKey(match.item.context, match.upstreamUri));
      if (own === 'hidden') return undefined;
      return own ? { item: own, upstreamUri: match.upstreamUri } : match;
    },
  };
}

/** In the order of their ids, so that a template approved later takes no URI from an earlier one. */
function templatesOf(items: readonly ExposedItem[]): readonly ExposedTemplate[] {
  return items
    .filter(({ context }) => context.tool.kind === 'template')
    .sort((a, b) => compare(a.context.tool.id, b.context.tool.id))
    .flatMap((item) => {
      const parsed = parseUriTemplate(item.context.tool.name);
      return parsed.kind === 'ok' ? [exposedTemplate(item, parsed.template)] : [];
    });
}

function byTemplate(templates: readonly ExposedTemplate[], uri: string): ResourceMatch | undefined {
  for (const { item, template, prefix, needsPrefix } of templates) {
    const isPrefixed = uri.startsWith(prefix);
    if (needsPrefix && !isPrefixed) continue;
    const upstreamUri = isPrefixed ? uri.slice(prefix.length) : uri;
    if (matchesUriTemplate(template, upstreamUri)) return { item, upstreamUri };
  }
  return undefined;
}

function byWireName(a: ExposedItem, b: ExposedItem): number {
  return compare(a.name, b.name) || compare(a.context.tool.id, b.context.tool.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
