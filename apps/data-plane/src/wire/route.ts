/** `mcp`: the one address of streamable HTTP; `sse` and `messages`: the two of HTTP+SSE (2024-11-05). */
export type Door = 'mcp' | 'sse' | 'messages';

/** Where a request is meant for. */
export interface AgentRoute {
  readonly tenantSlug: string;
  readonly endpointSlug: string;
  readonly door: Door;
}

const suffixes: readonly (readonly [string, Door])[] = [
  ['/key/mcp', 'mcp'],
  ['/key/sse', 'sse'],
  ['/key/messages', 'messages'],
];
const maxSlugLength = 63;

/** Reads `/{tenant}/{endpoint}/key/mcp` and its two older neighbours; `undefined` for every other path, `…/mcp` and the well-known ones too. */
export function readRoute(url: string): AgentRoute | undefined {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  for (const [suffix, door] of suffixes) {
    if (!path.endsWith(suffix)) continue;
    const middle = path.indexOf('/', 1);
    const end = path.length - suffix.length;
    const tenantSlug = path.slice(1, middle);
    const endpointSlug = path.slice(middle + 1, end);
    if (middle < 0 || middle >= end || !isSlug(tenantSlug) || !isSlug(endpointSlug)) return undefined;
    return { tenantSlug, endpointSlug, door };
  }
  return undefined;
}

function isSlug(text: string): boolean {
  return text !== '' && text.length <= maxSlugLength && !text.includes('/');
}
