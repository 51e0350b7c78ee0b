import { useQuery } from '@tanstack/react-query';
import { UpstreamHealthDocument, type UpstreamHealthQuery } from '../generated/graphql.ts';
import { gqlQuery } from '../lib/query.ts';

export type UpstreamHealth = UpstreamHealthQuery['upstreamHealth'][number];

/** Workers report every two seconds; a screen that shows it asks as often. */
export const reportPollMs = 2_000;

/** How the upstream servers are doing now. */
export function useUpstreamHealth() {
  return useQuery({
    ...gqlQuery(UpstreamHealthDocument, {}, { touches: ['server', 'publication'], staleTimeMs: 0 }),
    refetchInterval: reportPollMs,
  });
}
