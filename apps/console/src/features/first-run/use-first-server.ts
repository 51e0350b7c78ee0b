import { skipToken, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { FirstRunServerDocument, type FirstRunServerQuery } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { gqlQuery } from '../../lib/query.ts';

export type FirstServerQuery = UseQueryResult<FirstRunServerQuery, ApiError>;

/** The server being set up, followed through vetting and publishing. */
export function useFirstServer(id: string | undefined): FirstServerQuery {
  const options = gqlQuery(
    FirstRunServerDocument,
    { id: id ?? '' },
    { touches: ['server', 'vet', 'approval', 'publication'] },
  );
  return useQuery<FirstRunServerQuery, ApiError>(
    id === undefined ? { ...options, queryFn: skipToken } : options,
  );
}
