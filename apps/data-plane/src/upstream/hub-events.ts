import { isJsonObject, metaKeys, type RpcNotification, type WireObject } from '@sallyport/mcp';
import type { ToolKind } from '@sallyport/snapshot';

export type ListName = 'tools' | 'prompts' | 'resources';

/** What an upstream tells those who watch it. */
export type UpstreamEvent =
  | { readonly kind: 'list_changed'; readonly list: ListName }
  /** `uri` as the upstream names it. */
  | { readonly kind: 'updated'; readonly uri: string }
  | { readonly kind: 'task'; readonly params: WireObject };

/** The kinds a list holds. */
export const kindsOfList: Readonly<Record<ListName, readonly ToolKind[]>> = {
  tools: ['tool'],
  prompts: ['prompt'],
  resources: ['resource', 'template'],
};

const lists: Readonly<Record<string, ListName>> = {
  'notifications/tools/list_changed': 'tools',
  'notifications/prompts/list_changed': 'prompts',
  'notifications/resources/list_changed': 'resources',
};
const maxUri = 1_024;

/** Reads what a notification on a stream of its own says; `undefined`: nothing for anybody. */
export function readEvent({ method, params }: RpcNotification): UpstreamEvent | undefined {
  const list = Object.hasOwn(lists, method) ? lists[method] : undefined;
  if (list) return { kind: 'list_changed', list };
  switch (method) {
    case 'notifications/resources/updated': {
      const uri = params?.uri;
      return typeof uri === 'string' && uri.length <= maxUri ? { kind: 'updated', uri } : undefined;
    }
    case 'notifications/tasks':
    case 'notifications/tasks/status':
      return params && { kind: 'task', params };
    default:
      return undefined;
  }
}

/** Whether a notification belongs to this subscription; a server that names none has only one. */
export function isOfSubscription({ params }: RpcNotification, id: number): boolean {
  const meta = params?._meta;
  const named = isJsonObject(meta) ? meta[metaKeys.subscriptionId] : undefined;
  return named === undefined || named === id || named === String(id);
}

/** The lists whose changes a server says it tells. */
export function toldLists(capabilities: WireObject): readonly ListName[] {
  const names: readonly ListName[] = ['tools', 'prompts', 'resources'];
  return names.filter((name) => {
    const entry = capabilities[name];
    return isJsonObject(entry) && entry.listChanged === true;
  });
}
