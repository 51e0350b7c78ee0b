import { useMutation } from '@tanstack/react-query';
import type { ApiError } from '../../lib/api-error.ts';
import { redeemToken } from '../../lib/graphql-client.ts';

/** The token of a one-time link: it stands behind the `#`, which no server and no log ever sees. */
export function readFragmentToken(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? null : token;
}

/** Redeems a token, then loads the console anew with its session; the token does not stay in the history. */
export function useRedeem(path: '/auth/link' | '/auth/invitation') {
  return useMutation<void, ApiError, Readonly<Record<string, string>>>({
    mutationFn: (body) => redeemToken(path, body),
    onSuccess: () => window.location.replace('/'),
  });
}
