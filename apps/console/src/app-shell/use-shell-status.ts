import { useQuery } from '@tanstack/react-query';
import { ShellStatusDocument } from '../generated/graphql.ts';
import { gqlQuery } from '../lib/query.ts';

/** What the frame of every page shows: how far the configuration is live, and how much waits for a decision. */
export function useShellStatus() {
  return useQuery(gqlQuery(ShellStatusDocument, {}, { touches: ['publication', 'approval'] })).data;
}
