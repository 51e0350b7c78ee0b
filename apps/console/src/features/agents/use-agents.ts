import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { AgentsPageDocument, type AgentsPageQuery } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { execute } from '../../lib/graphql-client.ts';

export type AgentRow = AgentsPageQuery['agents']['nodes'][number];

const pageSize = 100;

/** The agents of the tenant, page by page. */
export function useAgents() {
  return useInfiniteQuery<AgentsPageQuery, ApiError, AgentRow[], unknown[], string | null>({
    queryKey: ['agents'],
    queryFn: ({ pageParam, signal }) =>
      execute(AgentsPageDocument, { first: pageSize, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (last) =>
      last.agents.pageInfo.hasNextPage ? last.agents.pageInfo.endCursor : undefined,
    select: (data) => data.pages.flatMap((page) => page.agents.nodes),
    placeholderData: keepPreviousData,
    meta: { touches: ['agent', 'call'] },
  });
}
