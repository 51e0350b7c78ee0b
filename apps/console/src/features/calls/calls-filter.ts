import type { CallFilter } from '../../generated/graphql.ts';
import type { CallsSearch } from '../../routes/calls.ts';

/** The API's filter for what the URL says; absent things stay absent. */
export function toCallFilter(search: CallsSearch): CallFilter {
  return {
    ...(search.outcome?.length ? { outcome: search.outcome } : {}),
    ...(search.code?.length ? { code: search.code } : {}),
    ...(search.agent ? { agentId: search.agent } : {}),
    ...(search.server ? { serverId: search.server } : {}),
    ...(search.tool ? { toolName: search.tool } : {}),
    ...(search.customer ? { customerId: search.customer } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  };
}

/** The same search without its filters; what else it holds (the open call) stays. */
export function withoutFilters(search: CallsSearch): CallsSearch {
  return { ...(search.open ? { open: search.open } : {}) };
}

/** Whether any filter is set. */
export function hasFilters(search: CallsSearch): boolean {
  return Object.keys(toCallFilter(search)).length > 0;
}
