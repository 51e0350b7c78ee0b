import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { ViewerDocument, type ViewerQuery } from '../generated/graphql.ts';
import { gqlQuery } from './query.ts';

export type Viewer = ViewerQuery['viewer'];

/** Who is signed in, where, and what they may do. */
export const viewerQuery = queryOptions({
  ...gqlQuery(ViewerDocument, {}, { touches: ['member', 'tenant'], staleTimeMs: 60_000 }),
  meta: { touches: ['member', 'tenant'], isViewer: true },
});

/** The signed-in viewer; only below the shell, which shows the sign-in page otherwise. */
export function useViewer(): Viewer {
  return useSuspenseQuery(viewerQuery).data.viewer;
}
