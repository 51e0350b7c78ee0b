import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isSignedOut } from './api-error.ts';

const retries = 2;

/** The cache of everything fetched; nothing in it outlives the page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // A session that ended is noticed wherever it shows first; the shell then offers to sign in.
        if (isSignedOut(error) && query.meta?.isViewer !== true) {
          void client.invalidateQueries({ predicate: (each) => each.meta?.isViewer === true });
        }
      },
    }),
    defaultOptions: {
      queries: {
        retry: (count, error) => error instanceof ApiError && error.code === 'network' && count < retries,
        refetchOnWindowFocus: false,
      },
      // An answer may hold a secret that is shown once: it lives as long as the dialog that shows it.
      mutations: { retry: false, gcTime: 0 },
    },
  });
  return client;
}
