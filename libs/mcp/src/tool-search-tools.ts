import type { WireObject } from './json-rpc.ts';
import { estimateTokens } from './token-estimate.ts';
import { searchLimits } from './tool-search.ts';

/** What `tools/list` shows on an endpoint with tool search, in place of its tools. */
export const toolSearchTools: readonly (WireObject & { readonly name: string })[] = [
  {
    name: 'call_tool',
    title: 'Call a tool',
    description:
      'Calls a tool found with search_tools. Its arguments must fit the input schema that describe_tool gives; the result is the tool’s own.',
    inputSchema: {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'Name of the tool, as search_tools gave it.' },
        arguments: { type: 'object', description: 'Arguments of that tool.' },
      },
      required: ['name'],
    },
  },
  {
    name: 'describe_tool',
    title: 'Describe a tool',
    description: 'Gives the full definition of one tool, with the schema of its arguments.',
    inputSchema: {
      type: 'object',
      properties: { name: { type: 'string', description: 'Name of the tool, as search_tools gave it.' } },
      required: ['name'],
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'search_tools',
    title: 'Search tools',
    description:
      'Finds tools by what they do. Say in a few words what you want to get done; then describe_tool and call_tool.',
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string', description: 'What the tool should do, in a few words.' },
        limit: {
          type: 'integer',
          minimum: 1,
          maximum: searchLimits.maxResults,
          description: `How many to name at most; ${searchLimits.defaultResults} when left out.`,
        },
      },
      required: ['query'],
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
];

/** About how many tokens a list of definitions costs the model that is given it. */
export function listTokens(items: readonly WireObject[]): number {
  return items.reduce((sum, item) => sum + estimateTokens(JSON.stringify(item)), 0);
}
