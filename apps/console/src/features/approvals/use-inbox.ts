import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ApprovalState, InboxDocument, type InboxQuery } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { execute } from '../../lib/graphql-client.ts';

export type InboxItem = InboxQuery['inbox']['nodes'][number];

const pageSize = 50;

/** The items of one state, newest first, page by page. */
export function useInbox(state: ApprovalState) {
  return useInfiniteQuery<InboxQuery, ApiError, InboxItem[], unknown[], string | null>({
    queryKey: ['inbox', state],
    queryFn: ({ pageParam, signal }) =>
      execute(InboxDocument, { state, first: pageSize, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (last) => (last.inbox.pageInfo.hasNextPage ? last.inbox.pageInfo.endCursor : undefined),
    select: (data) => data.pages.flatMap((page) => page.inbox.nodes),
    placeholderData: keepPreviousData,
    meta: { touches: ['approval', 'server', 'vet'] },
  });
}
