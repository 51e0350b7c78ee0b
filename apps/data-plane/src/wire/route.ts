/** Where a request is meant for. */
export interface AgentRoute {
  readonly tenantSlug: string;
  readonly endpointSlug: string;
}

const suffix = '/key/mcp';
const maxSlugLength = 63;

/** Reads `/{tenant}/{endpoint}/key/mcp`; `undefined` for every other path, `…/mcp` and the well-known ones too. */
export function readRoute(url: string): AgentRoute | undefined {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  if (!path.endsWith(suffix)) return undefined;
  const middle = path.indexOf('/', 1);
  const end = path.length - suffix.length;
  const tenantSlug = path.slice(1, middle);
  const endpointSlug = path.slice(middle + 1, end);
  if (middle < 0 || middle >= end || !isSlug(tenantSlug) || !isSlug(endpointSlug)) return undefined;
  return { tenantSlug, endpointSlug };
}

function isSlug(text: string): boolean {
  return text !== '' && text.length <= maxSlugLength && !text.includes('/');
}
