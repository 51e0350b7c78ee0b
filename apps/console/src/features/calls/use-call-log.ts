import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type CallFilter, CallRowFragmentDoc, CallsPageDocument } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { execute } from '../../lib/graphql-client.ts';
import { onLive } from '../../lib/live.ts';
import { type CallLog, type CallLogState, createCallLog, filterKey } from './call-log.ts';

const pageSize = 50;

/** The log of one filter, kept fresh by live events while somebody looks. */
export function useCallLog(filter: CallFilter): readonly [CallLogState, CallLog] {
  const key = filterKey(filter);
  const log = useMemo(
    () =>
      createCallLog(async (after, signal) => {
        const wanted = JSON.parse(key) as CallFilter;
        const { calls } = await execute(
          CallsPageDocument,
          { filter: wanted, first: pageSize, after },
          signal,
        );
        return {
          rows: calls.nodes.map((node) => readFragment(CallRowFragmentDoc, node)),
          endCursor: calls.pageInfo.endCursor,
          hasMore: calls.pageInfo.hasNextPage,
        };
      }, Date.now),
    [key],
  );
  useEffect(() => {
    void log.refresh();
    return onLive((types) => {
      if (types === 'all' || types.has('call')) void log.refresh();
    });
  }, [log]);
  return [useSyncExternalStore(log.subscribe, log.getState, log.getState), log];
}
