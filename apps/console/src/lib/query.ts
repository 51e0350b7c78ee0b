import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { type ApiError, toApiError } from './api-error.ts';
import { execute, hashOf } from './graphql-client.ts';
import type { LiveType } from './live-types.ts';

export interface QueryExtras {
  /** What this screen shows: an event of one of these types refetches it. */
  readonly touches: readonly LiveType[];
  readonly staleTimeMs?: number | undefined;
}

/** Query options for one persisted operation. */
export function gqlQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { touches, staleTimeMs = 30_000 }: QueryExtras,
) {
  return queryOptions<Result, ApiError>({
    queryKey: ['gql', hashOf(document as TypedDocumentString<unknown, never>), variables],
    queryFn: ({ signal }) => execute(document, variables, signal),
    meta: { touches },
    staleTime: staleTimeMs,
  });
}

export interface MutationExtras<Result> {
  /** What it changes: screens that show these refetch at once, without waiting for the live event. */
  readonly changes: readonly LiveType[];
  readonly onDone?: ((result: Result) => void) | undefined;
}

/** One persisted mutation; the screens it touches are refetched when it is done. */
export function useGqlMutation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  { changes, onDone }: MutationExtras<Result>,
) {
  const client = useQueryClient();
  return useMutation<Result, ApiError, Variables>({
    mutationFn: async (variables) => {
      try {
        return await execute(document, variables);
      } catch (error) {
        throw toApiError(error);
      }
    },
    onSuccess: (result) => {
      onDone?.(result);
      void invalidateTouching(client, changes);
    },
  });
}

/** Refetches every query that shows one of the given things. */
export function invalidateTouching(
  client: ReturnType<typeof useQueryClient>,
  types: readonly LiveType[],
): Promise<void> {
  return client.invalidateQueries({
    predicate: (query) => {
      const touches = query.meta?.touches;
      return Array.isArray(touches) && types.some((type) => touches.includes(type));
    },
  });
}
