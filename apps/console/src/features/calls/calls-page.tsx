import { Button, buttonClass } from '@sallyport/ui/button';
import { type DataState, DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { PageHeader } from '@sallyport/ui/page-header';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Activity, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import type { CallRowFragment } from '../../generated/graphql.ts';
import { QueryError } from '../../lib/data-states.tsx';
import { useErrorText } from '../../lib/error-text.ts';
import { formatClock } from '../../lib/format.ts';
import { useLiveState } from '../../lib/live.ts';
import { useCallColumns } from '../../parts/call-columns.tsx';
import type { CallLog, CallLogState } from './call-log.ts';
import { CallPeek } from './call-peek.tsx';
import { hasFilters, toCallFilter, withoutFilters } from './calls-filter.ts';
import { CallsFilterBar } from './calls-filter-bar.tsx';
import { useCallLog } from './use-call-log.ts';

const route = getRouteApi('/shell/calls');

function useLogState(log: CallLogState, retry: () => void): DataState {
  const { t } = useTranslation();
  const words = useErrorText();
  const live = useLiveState();
  if (!log.isLoaded) {
    return log.error === null
      ? { kind: 'loading' }
      : { kind: 'error', content: <QueryError error={log.error} onRetry={retry} /> };
  }
  const time = formatClock(log.updatedAt);
  if (log.error !== null)
    return { kind: 'stale', notice: t('staleError', { time, reason: words(log.error).title }) };
  return live.kind === 'reconnecting' ? { kind: 'stale', notice: t('stale', { time }) } : { kind: 'ready' };
}

function Empty() {
  const { t } = useTranslation(['calls', 'common']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  if (hasFilters(search)) {
    return (
      <EmptyState
        icon={<Activity />}
        title={t('calls:empty.filteredTitle')}
        description={t('calls:empty.filteredNext')}
        action={
          <Button onClick={() => void navigate({ search: withoutFilters(search) })}>
            {t('common:clear')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<Activity />}
      title={t('calls:empty.title')}
      description={t('calls:empty.next')}
      action={
        <Link to="/first-run" className={buttonClass('primary')}>
          {t('calls:empty.action')}
        </Link>
      }
    />
  );
}

function Tail({ log }: { readonly log: CallLogState }) {
  const { t } = useTranslation('calls');
  if (!log.isLoaded || log.rows.length === 0) return null;
  return <p className="py-3 text-center text-faint text-xs">{log.hasMore ? t('loadingMore') : t('end')}</p>;
}

function Freshness({ log, state }: { readonly log: CallLog; readonly state: CallLogState }) {
  const { t } = useTranslation('calls');
  return (
    <span aria-live="polite">
      {state.waiting > 0 ? (
        <Button
          size="sm"
          icon={<ArrowUp className="size-3.5" aria-hidden="true" />}
          onClick={() => log.setFrozen(false)}
        >
          {t('newCalls', { count: state.waiting })}
        </Button>
      ) : null}
    </span>
  );
}

/** The live log of calls with its reading pane. */
export function CallsPage() {
  const { t } = useTranslation('calls');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [state, log] = useCallLog(toCallFilter(search));
  const columns = useCallColumns();
  const tableState = useLogState(state, () => void log.refresh());
  const openId = search.open ?? null;
  const setOpen = (id: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, open: id }), replace: openId !== null });
  const at = state.rows.findIndex((row) => row.id === openId);
  const neighbour = (step: number) => (at < 0 ? undefined : state.rows[at + step]);

  return (
    <Page width="filling">
      <PageHeader title={t('title')} description={t('lead')} />
      <CallsFilterBar aside={<Freshness log={log} state={state} />} />
      <div className="flex min-h-0 flex-1 gap-4">
        <div className="flex min-h-80 min-w-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface">
          <DataTable<CallRowFragment>
            label={t('table')}
            loadingLabel={t('title')}
            columns={columns}
            rows={state.rows}
            rowId={(row) => row.id}
            state={tableState}
            empty={<Empty />}
            openId={openId}
            onOpen={(row) => setOpen(row.id)}
            onEnd={() => void log.loadMore()}
            onScrolledChange={(isScrolled) => log.setFrozen(isScrolled)}
            isFilling
            rowHeight={34}
            footer={<Tail log={state} />}
          />
        </div>
        {openId === null ? null : (
          <CallPeek
            id={openId}
            onClose={() => setOpen(undefined)}
            onPrevious={neighbour(-1) ? () => setOpen(neighbour(-1)?.id) : undefined}
            onNext={neighbour(1) ? () => setOpen(neighbour(1)?.id) : undefined}
          />
        )}
      </div>
    </Page>
  );
}
