import type { DataState } from '@sallyport/ui/data-table';
import { ErrorState } from '@sallyport/ui/error-state';
import { SkeletonText } from '@sallyport/ui/skeleton';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from './api-error.ts';
import { useErrorText } from './error-text.ts';
import { formatClock } from './format.ts';
import { useLiveState } from './live.ts';

type AnyQuery = Pick<
  UseQueryResult<unknown, ApiError>,
  'data' | 'error' | 'isPending' | 'dataUpdatedAt' | 'refetch' | 'isRefetchError'
>;

/** What went wrong with a query, with a way to try again. */
export function QueryError({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const text = useErrorText()(error);
  return (
    <ErrorState
      title={text.title}
      description={text.next}
      incident={text.incident}
      onRetry={onRetry}
      retryLabel={t('retry')}
    />
  );
}

function useStaleNotice(query: AnyQuery): string | null {
  const { t } = useTranslation();
  const live = useLiveState();
  const words = useErrorText();
  if (query.data === undefined) return null;
  const time = formatClock(query.dataUpdatedAt);
  if (query.error !== null) return t('staleError', { time, reason: words(query.error).title });
  if (live.kind === 'reconnecting') return t('stale', { time });
  return null;
}

/** The state of a table that shows one query. */
export function useDataState(query: AnyQuery): DataState {
  const notice = useStaleNotice(query);
  if (query.data === undefined && query.error !== null) {
    return {
      kind: 'error',
      content: <QueryError error={query.error} onRetry={() => void query.refetch()} />,
    };
  }
  if (query.data === undefined) return { kind: 'loading' };
  return notice === null ? { kind: 'ready' } : { kind: 'stale', notice };
}

export interface QueryGateProps<Data> {
  readonly query: AnyQuery & { readonly data: Data | undefined };
  readonly children: (data: Data) => ReactNode;
  /** What stands in the place until the first answer. */
  readonly skeleton?: ReactNode;
}

/** The four states of a view that is not a table: skeleton, error, stale, and the data itself. */
export function QueryGate<Data>({ query, children, skeleton }: QueryGateProps<Data>) {
  const { t } = useTranslation();
  const notice = useStaleNotice(query);
  if (query.data === undefined) {
    if (query.error !== null) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
    return skeleton ?? <SkeletonText lines={5} label={t('loading')} />;
  }
  return (
    <>
      {notice === null ? null : (
        <p
          role="status"
          className="mb-3 rounded-md border border-hold-line bg-hold-soft px-3 py-1.5 text-hold text-xs"
        >
          {notice}
        </p>
      )}
      {children(query.data)}
    </>
  );
}
