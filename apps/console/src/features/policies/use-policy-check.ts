import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { CheckPolicyDocument, type CheckPolicyQuery } from '../../generated/graphql.ts';
import { gqlQuery } from '../../lib/query.ts';

const pauseMs = 300;

export type PolicyProblem = CheckPolicyQuery['checkPolicy']['problems'][number];

export type PolicyCheck =
  | { readonly kind: 'checking' }
  | { readonly kind: 'ok' }
  | { readonly kind: 'problems'; readonly problems: readonly PolicyProblem[] }
  /** The server could not be asked; saving asks it again. */
  | { readonly kind: 'unknown' };

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

const noProblems: readonly PolicyProblem[] = [];

/** The faults of a text, asked of the compiler that the workers use, a moment after typing stops. */
export function usePolicyCheck(text: string): {
  readonly check: PolicyCheck;
  /** Of the last text that was checked, so that marks do not flicker while typing. */
  readonly problems: readonly PolicyProblem[];
} {
  const paused = usePaused(text);
  const isEmpty = paused.trim() === '';
  const query = useQuery({
    ...gqlQuery(
      CheckPolicyDocument,
      { text: paused },
      { touches: [], staleTimeMs: Number.POSITIVE_INFINITY },
    ),
    enabled: !isEmpty,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  const problems = isEmpty ? noProblems : (query.data?.checkPolicy.problems ?? noProblems);
  if (query.error !== null) return { check: { kind: 'unknown' }, problems: noProblems };
  if (paused !== text || query.isPlaceholderData || query.data === undefined || isEmpty) {
    return { check: { kind: 'checking' }, problems };
  }
  if (query.data.checkPolicy.ok) return { check: { kind: 'ok' }, problems };
  return { check: { kind: 'problems', problems }, problems };
}
