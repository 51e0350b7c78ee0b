import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CustomRuleKind, TryDetectionRuleDocument } from '../../generated/graphql.ts';
import { gqlQuery } from '../../lib/query.ts';

const pauseMs = 300;

/** What a rule would find in a text, asked of the engine that the workers use, a moment after typing stops. */
export function useRuleTrial(kind: CustomRuleKind, value: string, text: string) {
  const [asked, setAsked] = useState({ kind, value, text });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ kind, value, text }), pauseMs);
    return () => clearTimeout(timer);
  }, [kind, value, text]);
  const query = useQuery({
    ...gqlQuery(TryDetectionRuleDocument, asked, { touches: [], staleTimeMs: Number.POSITIVE_INFINITY }),
    enabled: asked.value.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  const isCurrent =
    asked.kind === kind && asked.value === value && asked.text === text && !query.isPlaceholderData;
  return {
    trial: value.trim() === '' ? undefined : query.data?.tryDetectionRule,
    error: query.error,
    isCurrent,
  };
}
