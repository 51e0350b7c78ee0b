import {
  estimateTokens,
  findRenameFault,
  findWireCollisions,
  isRenamable,
  type NamedCapability,
  type RenameFault,
  toolSearchNames,
  wireNames,
} from '@sallyport/mcp';
import type {
  CapabilitiesQuery,
  EndpointDetailFragment,
  EndpointInput,
  EndpointNaming,
  EndpointSelection,
} from '../../generated/graphql.ts';

export type Choices = CapabilitiesQuery['capabilities'];
export type Capability = Choices['capabilities'][number];
export type ChoiceServer = Choices['servers'][number];

/** What the endpoint says of one capability. */
export interface ItemDraft {
  readonly name: string;
  readonly description: string;
  readonly hidden: boolean;
}

/** An endpoint while it is being put together. */
export interface Draft {
  readonly slug: string;
  readonly name: string;
  readonly selection: EndpointSelection;
  readonly naming: EndpointNaming;
  readonly toolSearch: boolean;
  readonly items: ReadonlyMap<string, ItemDraft>;
}

export const plainItem: ItemDraft = { name: '', description: '', hidden: false };

export const emptyDraft: Draft = {
  slug: '',
  name: '',
  selection: 'CHOSEN',
  naming: 'PREFIXED',
  toolSearch: false,
  items: new Map(),
};

/** What is stored, ready to be edited. */
export function toDraft(endpoint: EndpointDetailFragment): Draft {
  const { slug, name, selection, naming, toolSearch } = endpoint;
  const items = endpoint.items.map(
    (item) =>
      [
        item.toolId,
        { name: item.name ?? '', description: item.description ?? '', hidden: item.hidden },
      ] as const,
  );
  return { slug, name, selection, naming, toolSearch, items: new Map(items) };
}

function differs(item: ItemDraft): boolean {
  return item.name.trim() !== '' || item.description.trim() !== '' || item.hidden;
}

/** What is sent to be stored. */
export function toInput(draft: Draft): EndpointInput {
  const { name, selection, naming, toolSearch } = draft;
  const items = [...draft.items]
    .filter(([, item]) => selection === 'CHOSEN' || differs(item))
    .map(([toolId, item]) => ({
      toolId,
      name: item.name.trim() === '' ? null : item.name.trim(),
      description: item.description.trim() === '' ? null : item.description.trim(),
      hidden: item.hidden,
    }))
    .sort((a, b) => (a.toolId < b.toolId ? -1 : 1));
  return { name: name.trim(), selection, naming, toolSearch, items };
}

/** Whether saving would change nothing. */
export function isSame(a: Draft, b: Draft): boolean {
  return a.slug === b.slug && JSON.stringify(toInput(a)) === JSON.stringify(toInput(b));
}

/** Whether agents see it. */
export function isShown(draft: Draft, toolId: string): boolean {
  const item = draft.items.get(toolId);
  return item === undefined ? draft.selection === 'ALL' : !item.hidden;
}

/** Shows or takes away capabilities; what was said of them stays where it can. */
export function withShown(draft: Draft, toolIds: readonly string[], isOn: boolean): Draft {
  const items = new Map(draft.items);
  for (const id of toolIds) {
    const known = items.get(id);
    if (draft.selection === 'CHOSEN' && !isOn) items.delete(id);
    else if (draft.selection === 'ALL' && isOn && known && !differs({ ...known, hidden: false }))
      items.delete(id);
    else items.set(id, { ...(known ?? plainItem), hidden: !isOn });
  }
  return { ...draft, items };
}

/** Says something about one capability. */
export function withItem(draft: Draft, toolId: string, change: Partial<ItemDraft>): Draft {
  const item = { ...(draft.items.get(toolId) ?? plainItem), ...change };
  const items = new Map(draft.items);
  if (draft.selection === 'ALL' && !differs(item)) items.delete(toolId);
  else items.set(toolId, item);
  return { ...draft, items };
}

export interface PreviewRow {
  readonly capability: Capability;
  readonly item: ItemDraft;
  readonly wireName: string;
  readonly fault: RenameFault | null;
  /** Exposed names of others that would bear the same name. */
  readonly twins: readonly string[];
  /** Tool search uses this name itself. */
  readonly isReserved: boolean;
  readonly tokens: number;
}

export interface Preview {
  /** What is chosen, shown or hidden, by its name on the wire. */
  readonly rows: readonly PreviewRow[];
  readonly shown: number;
  readonly tools: number;
  readonly faults: number;
  readonly servers: ReadonlySet<string>;
  /** Tokens of the list of tools without tool search. */
  readonly listTokens: number;
  /** Names without prefix were asked for and cannot be given. */
  readonly plainFault: 'needs_choice' | 'several_servers' | null;
}

function tokensOf(capability: Capability, item: ItemDraft): number {
  const given = item.description.trim();
  if (given === '') return capability.tokens;
  return Math.max(
    1,
    capability.tokens - estimateTokens(capability.description ?? '') + estimateTokens(given),
  );
}

function plainFaultOf(draft: Draft, servers: ReadonlySet<string>): Preview['plainFault'] {
  if (draft.naming !== 'PLAIN') return null;
  if (draft.selection === 'ALL') return 'needs_choice';
  return servers.size > 1 ? 'several_servers' : null;
}

/** What agents would see, by the same functions that the workers run. */
export function previewOf(draft: Draft, choices: Choices): Preview {
  const slugs = new Map(choices.servers.map((server) => [server.id, server.slug]));
  const listed = choices.capabilities.filter(
    ({ toolId, isUsed }) => draft.items.has(toolId) || (draft.selection === 'ALL' && isUsed),
  );
  const itemOf = (id: string) => draft.items.get(id) ?? plainItem;
  const servers = new Set(listed.filter(({ toolId }) => isShown(draft, toolId)).map((row) => row.serverId));
  const allServers = new Set(listed.map((row) => row.serverId));
  const plainFault = plainFaultOf(draft, allServers);
  const naming = draft.naming === 'PLAIN' && plainFault === null ? 'plain' : 'prefixed';
  const named = listed.map((row): NamedCapability => {
    const rename = itemOf(row.toolId).name.trim();
    const kind = row.kind.toLowerCase() as NamedCapability['kind'];
    const serverSlug = slugs.get(row.serverId) ?? '';
    const { name, exposedName } = row;
    return { id: row.toolId, kind, name, exposedName, serverSlug, rename: rename === '' ? null : rename };
  });
  const names = wireNames(named, naming);
  const visible = named.filter(({ id }) => isShown(draft, id));
  const collisions = findWireCollisions(visible, names);
  const exposed = new Map(listed.map((row) => [row.toolId, row.exposedName]));
  const rows = listed.map((capability): PreviewRow => {
    const { toolId } = capability;
    const item = itemOf(toolId);
    const wireName = names.get(toolId) ?? capability.exposedName;
    const twins = collisions.find(({ ids }) => ids.includes(toolId))?.ids.filter((id) => id !== toolId) ?? [];
    const isTool = capability.kind === 'TOOL';
    return {
      capability,
      item,
      wireName,
      fault: item.name.trim() === '' ? null : (findRenameFault(item.name.trim()) ?? null),
      twins: twins.map((id) => exposed.get(id) ?? id),
      isReserved:
        draft.toolSearch &&
        isTool &&
        !item.hidden &&
        toolSearchNames.some((reserved) => reserved === wireName),
      tokens: tokensOf(capability, item),
    };
  });
  const shown = rows.filter((row) => !row.item.hidden && row.capability.isUsed);
  return {
    rows: rows.sort((a, b) => (a.capability.exposedName < b.capability.exposedName ? -1 : 1)),
    shown: shown.length,
    tools: shown.filter((row) => row.capability.kind === 'TOOL').length,
    faults: rows.filter((row) => row.fault !== null || row.twins.length > 0 || row.isReserved).length,
    servers,
    listTokens: shown
      .filter((row) => row.capability.kind === 'TOOL')
      .reduce((sum, row) => sum + row.tokens, 0),
    plainFault,
  };
}

/** Whether the name of a capability may be changed. */
export function canRename(capability: Capability): boolean {
  return isRenamable(capability.kind.toLowerCase() as NamedCapability['kind']);
}
