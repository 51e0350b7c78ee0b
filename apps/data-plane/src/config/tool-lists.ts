import { type Era, metaKeys } from '@sallyport/mcp';
import type {
  EndpointContext,
  ExposedItem,
  KeyContext,
  RevocableKind,
  SnapshotIndex,
} from '@sallyport/snapshot';
import { createLru } from '../wire/lru.ts';
import { serverInfo } from '../wire/server-info.ts';

/** `tools/list` results as JSON text, made once per endpoint and agent. */
export interface ToolLists {
  textFor(endpoint: EndpointContext, principal: KeyContext, era: Era): string;
  /** A revocation arrived: what was made before may show too much. */
  clear(): void;
}

const maxKeptCharacters = 8 * 1024 * 1024;
const modernTail = `,"resultType":"complete","ttlMs":30000,"cacheScope":"private","_meta":${JSON.stringify({ [metaKeys.serverInfo]: serverInfo })}}`;

/** Makes the lists of one version of a tenant's configuration. */
export function createToolLists(
  sliceFor: SnapshotIndex['sliceFor'],
  isRevoked: (kind: RevocableKind, subject: string) => boolean,
): ToolLists {
  const kept = createLru<string, string>(maxKeptCharacters, (text) => text.length);
  return {
    textFor(endpoint, principal, era) {
      const key = `${endpoint.id}|${principal.agent.id}`;
      let tools = kept.get(key);
      if (tools === undefined) {
        tools = JSON.stringify(
          endpoint
            .listed('tool')
            .filter(
              ({ context: { tool, server } }) =>
                !isRevoked('server', server.id) && !isRevoked('tool', tool.id),
            )
            .filter(({ context }) => sliceFor(principal, context).mayList())
            .map(shown),
        );
        kept.set(key, tools);
      }
      return era === 'modern' ? `{"tools":${tools}${modernTail}` : `{"tools":${tools}}`;
    },
    clear: () => kept.clear(),
  };
}

/** The approved definition under its name on the endpoint: what an upstream says today is never shown. */
function shown({ context, name, description }: ExposedItem): { readonly name: string } {
  return { ...context.definition(), name, ...(description === null ? {} : { description }) };
}
