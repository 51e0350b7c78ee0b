import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { EndpointContext, ExposedItem } from '@sallyport/snapshot';

/** The extension by which servers bring their own user interface. */
export const uiExtension = 'io.modelcontextprotocol/ui';

/** Members of our own in a definition: they pin, and mean nothing to a client. */
const ownMembers: ReadonlySet<string> = new Set(['contentSha256', 'contentForm']);

/**
 * The approved definition under its name on the endpoint: what an upstream says today is never shown. Members that we do
 * not know stay as they are.
 */
export function shownDefinition(item: ExposedItem, endpoint: EndpointContext): WireObject {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(item.context.definition())) {
    if (!ownMembers.has(key)) shown[key] = value;
  }
  if (shown.icons !== undefined) shown.icons = safeIcons(shown.icons);
  if (shown.icons === undefined) delete shown.icons;
  if (item.description !== null) shown.description = item.description;
  shown[nameMembers[item.context.tool.kind]] = item.name;
  const meta = shown._meta;
  if (item.context.tool.kind === 'tool' && isJsonObject(meta))
    shown._meta = withOwnUris(meta, item, endpoint);
  return shown;
}

const nameMembers = {
  tool: 'name',
  prompt: 'name',
  resource: 'uri',
  template: 'uriTemplate',
  instructions: 'name',
} as const;

/** Icons that a client may load without asking whom it tells: https and data, nothing else. */
function safeIcons(icons: unknown): unknown {
  if (!Array.isArray(icons)) return undefined;
  const safe = icons.filter(
    (icon) => isJsonObject(icon) && typeof icon.src === 'string' && /^(?:https|data):/i.test(icon.src),
  );
  return safe.length === 0 ? undefined : safe;
}

/** A user interface is named by the URI under which this endpoint shows it. */
function withOwnUris(meta: WireObject, item: ExposedItem, endpoint: EndpointContext): WireObject {
  const { ui } = meta;
  const old = meta['ui/resourceUri'];
  const changed: Record<string, unknown> = { ...meta };
  if (isJsonObject(ui) && typeof ui.resourceUri === 'string') {
    changed.ui = { ...ui, resourceUri: wireUri(ui.resourceUri, item, endpoint) };
  }
  if (typeof old === 'string') changed['ui/resourceUri'] = wireUri(old, item, endpoint);
  return changed;
}

function wireUri(uri: string, item: ExposedItem, endpoint: EndpointContext): string {
  const { server } = item.context;
  const same = endpoint
    .listed('resource')
    .find(({ context }) => context.server.id === server.id && context.tool.name === uri);
  return same?.name ?? uri;
}

/** Whether a tool is for the user interface alone and not for the model. */
export function isForAppsOnly(definition: WireObject): boolean {
  const meta = definition._meta;
  const ui = isJsonObject(meta) ? meta.ui : undefined;
  const visibility = isJsonObject(ui) ? ui.visibility : undefined;
  return Array.isArray(visibility) && visibility.length > 0 && !visibility.includes('model');
}

/** Whether a client shows user interfaces of servers. */
export function showsApps(clientCapabilities: WireObject): boolean {
  const { extensions } = clientCapabilities;
  return isJsonObject(extensions) && isJsonObject(extensions[uiExtension]);
}
