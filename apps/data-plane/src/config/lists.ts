import { type ToolSearch, toolSearchTools, type WireObject } from '@sallyport/mcp';
import type {
  EndpointContext,
  ExposedItem,
  KeyContext,
  RevocableKind,
  SnapshotIndex,
  SnapshotServer,
} from '@sallyport/snapshot';
import { createLru } from '../wire/lru.ts';
import { type EndpointFacts, endpointFacts } from './endpoint-facts.ts';
import { type CursorScope, readCursor, writeCursor } from './list-cursor.ts';
import { searchOf } from './search-index.ts';
import { isForAppsOnly, shownDefinition } from './shown-item.ts';
import { hasInvalidParameters } from './tool-parameters.ts';

/** The lists of the protocol, each over one kind of capability. */
export const listKinds = {
  tools: 'tool',
  prompts: 'prompt',
  resources: 'resource',
  resourceTemplates: 'template',
} as const;
export type ListName = keyof typeof listKinds;

/** Who asks for a list. */
export interface ListViewer {
  readonly endpoint: EndpointContext;
  readonly principal: KeyContext;
  /** Whether the client shows user interfaces of servers: tools for them alone are listed then. */
  readonly showsApps: boolean;
}

/** One page, without the braces of its result. */
export interface ListPage {
  /** `"tools":[…]`, and `"nextCursor"` where there is more. */
  readonly text: string;
  /** The servers that stand behind the list. */
  readonly servers: readonly SnapshotServer[];
}

/** What each agent may see of a tenant's endpoints: made once per version, from approved definitions alone. */
export interface Lists {
  /** `undefined` for a cursor that is none of this list. */
  page(list: ListName, viewer: ListViewer, cursor: unknown): ListPage | undefined;
  /** Capabilities and instructions of an endpoint as an agent sees them. */
  facts(viewer: ListViewer): EndpointFacts;
  /** Searches the tools of an endpoint; ask `maySee` about what it finds. */
  search(endpoint: EndpointContext): { readonly items: readonly ExposedItem[]; readonly search: ToolSearch };
  maySee(item: ExposedItem, principal: KeyContext): boolean;
  /** A revocation arrived: what was made before may show too much. */
  clear(): void;
}

export interface ListsInput {
  readonly version: number;
  readonly sliceFor: SnapshotIndex['sliceFor'];
  readonly isRevoked: (kind: RevocableKind, subject: string) => boolean;
  /** Entries of one page. */
  readonly pageSize?: number;
}

interface Kept {
  readonly pages: readonly string[];
  readonly servers: readonly SnapshotServer[];
  readonly length: number;
}

const maxKeptCharacters = 8 * 1024 * 1024;
const defaultPageSize = 1_000;
const searchPages: readonly string[] = [JSON.stringify(toolSearchTools)];

/** Makes the lists of one version of a tenant's configuration. */
export function createLists(input: ListsInput): Lists {
  const { version, sliceFor, isRevoked, pageSize = defaultPageSize } = input;
  const kept = createLru<string, Kept>(maxKeptCharacters, ({ length }) => length);
  const facts = createLru<string, EndpointFacts>(2_000);
  const maySee: Lists['maySee'] = ({ context }, principal) =>
    !isRevoked('server', context.server.id) &&
    !isRevoked('tool', context.tool.id) &&
    sliceFor(principal, context).mayList();
  const visible = (list: ListName, { endpoint, principal, showsApps }: ListViewer) =>
    endpoint
      .listed(listKinds[list])
      .filter((item) => maySee(item, principal) && (list !== 'tools' || isListedTool(item, showsApps)));
  const make = (list: ListName, viewer: ListViewer): Kept => {
    const items = visible(list, viewer);
    const servers = new Map(items.map(({ context }) => [context.server.id, context.server]));
    const isSearched = list === 'tools' && viewer.endpoint.toolSearch;
    const pages = isSearched
      ? searchPages
      : pagesOf(
          items.map((item) => shownDefinition(item, viewer.endpoint)),
          pageSize,
        );
    const length = pages.reduce((sum, page) => sum + page.length, 1_000);
    return { pages, servers: [...servers.values()], length };
  };
  return {
    page(list, viewer, cursor) {
      const { endpoint, principal } = viewer;
      const name = viewer.showsApps ? `${list}+` : list;
      const scope: CursorScope = {
        endpointId: endpoint.id,
        agentId: principal.agent.id,
        list: name,
        version,
      };
      const at = cursor === undefined || cursor === null ? 0 : readCursor(scope, cursor);
      if (at === undefined) return undefined;
      const key = `${endpoint.id}|${principal.agent.id}|${name}`;
      let entry = kept.get(key);
      if (!entry) {
        entry = make(list, viewer);
        kept.set(key, entry);
      }
      const { pages, servers } = entry;
      const items = pages[at];
      if (items === undefined) return undefined;
      const next = at + 1 < pages.length ? `,"nextCursor":"${writeCursor(scope, at + 1)}"` : '';
      return { text: `"${list}":${items}${next}`, servers };
    },
    facts(viewer) {
      const key = `${viewer.endpoint.id}|${viewer.principal.agent.id}`;
      let known = facts.get(key);
      if (!known) {
        known = endpointFacts(viewer.endpoint, (item) => maySee(item, viewer.principal));
        facts.set(key, known);
      }
      return known;
    },
    search: searchOf,
    maySee,
    clear() {
      kept.clear();
      facts.clear();
    },
  };
}

function isListedTool(item: ExposedItem, showsApps: boolean): boolean {
  if (hasInvalidParameters(item.context)) return false;
  // A word that most definitions do not have saves reading them.
  return (
    showsApps ||
    !item.context.tool.definition.includes('visibility') ||
    !isForAppsOnly(item.context.definition())
  );
}

/** JSON arrays; an empty list is one empty page. */
function pagesOf(entries: readonly WireObject[], pageSize: number): readonly string[] {
  const pages: string[] = [];
  for (let at = 0; at < entries.length; at += pageSize) {
    pages.push(JSON.stringify(entries.slice(at, at + pageSize)));
  }
  return pages.length === 0 ? ['[]'] : pages;
}
