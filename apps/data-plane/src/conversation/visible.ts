import { hash } from 'node:crypto';
import type { EndpointContext, KeyContext, ToolKind } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';

/** The lists a client may be told about. */
export type ListName = 'tools' | 'prompts' | 'resources';

const kinds: Readonly<Record<ListName, readonly ToolKind[]>> = {
  tools: ['tool'],
  prompts: ['prompt'],
  resources: ['resource', 'template'],
};
export const listNames = Object.keys(kinds) as readonly ListName[];

/** One principal's view of an endpoint, list by list: two equal digests show the same. */
export function viewOf(
  tenant: TenantState,
  endpoint: EndpointContext,
  principal: KeyContext,
): Readonly<Record<ListName, string>> {
  const digestOf = (name: ListName): string => {
    const shown = kinds[name].flatMap((kind) =>
      endpoint
        .listed(kind)
        .filter((item) => maySee(tenant, principal, item.context))
        .map((item) => `${item.name}\n${item.context.tool.digest}\n${item.description ?? ''}`),
    );
    return hash('sha256', shown.join('\n\n'), 'base64url');
  };
  return { tools: digestOf('tools'), prompts: digestOf('prompts'), resources: digestOf('resources') };
}

/** Whether a principal may see anything of a server in one of its lists. */
export function seesAnyOf(
  tenant: TenantState,
  endpoint: EndpointContext,
  principal: KeyContext,
  of: { readonly serverId: string; readonly list: ListName },
): boolean {
  return kinds[of.list].some((kind) =>
    endpoint
      .listed(kind)
      .some(({ context }) => context.server.id === of.serverId && maySee(tenant, principal, context)),
  );
}

type ToolOfIndex = Parameters<TenantState['index']['sliceFor']>[1];

/** Whether a principal may know that a capability exists. */
export function maySee(tenant: TenantState, principal: KeyContext, context: ToolOfIndex): boolean {
  if (tenant.isRevoked('server', context.server.id) || tenant.isRevoked('tool', context.tool.id))
    return false;
  return tenant.index.sliceFor(principal, context).mayList();
}
