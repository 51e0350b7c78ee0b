import { useQuery } from '@tanstack/react-query';
import { LivePublicationDocument } from '../generated/graphql.ts';
import { gqlQuery } from '../lib/query.ts';

const pollMs = 1500;

export interface Awaited {
  /** A configuration that was published … */
  readonly version?: number | undefined;
  /** … or a revocation that was recorded. */
  readonly revSeq?: number | undefined;
}

/** How many of the workers seen lately run what is awaited; asked again until all of them do. */
export function useLivePublication({ version = 0, revSeq = 0 }: Awaited) {
  const options = gqlQuery(LivePublicationDocument, {}, { touches: ['publication'], staleTimeMs: 0 });
  const hasIt = (worker: { readonly version: number | null; readonly revSeq: number | null }) =>
    (worker.version ?? 0) >= version && (worker.revSeq ?? 0) >= revSeq;
  const query = useQuery({
    ...options,
    refetchInterval: ({ state }) => {
      const workers = state.data?.publication.workers ?? [];
      return workers.length > 0 && workers.every(hasIt) ? false : pollMs;
    },
  });
  const publication = query.data?.publication;
  if (publication === undefined) return null;
  return {
    live: publication.workers.filter(hasIt).length,
    total: publication.workers.length,
    missing: publication.workers.filter((worker) => !hasIt(worker)).map((worker) => worker.id),
    refusals: publication.refusals.filter((refusal) => version > 0 && (refusal.version ?? 0) >= version),
  };
}
