import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Section } from '@sallyport/ui/section';
import type { UseQueryResult } from '@tanstack/react-query';
import { Cable, History } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenConnectionsQuery } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { formatCount } from '../../lib/format.ts';
import { sessionColumns, streamColumns } from './connection-columns.tsx';

/** Streams that are open now, and sessions of older clients that spoke lately. */
export function AgentsSide({ query }: { readonly query: UseQueryResult<OpenConnectionsQuery, ApiError> }) {
  const { t } = useTranslation(['connections', 'common']);
  const state = useDataState(query);
  const streams = useMemo(() => streamColumns(t), [t]);
  const sessions = useMemo(() => sessionColumns(t), [t]);
  const open = query.data?.openConnections;
  return (
    <div className="flex flex-col gap-4">
      {open?.workers === 0 ? <p className="text-hold text-sm">{t('connections:noWorker')}</p> : null}
      <Section
        title={t('connections:streams.title')}
        description={t('connections:streams.lead')}
        aside={open ? countText(open.streams.length, open.streamCount) : null}
        isFlush
      >
        <DataTable
          label={t('connections:streams.title')}
          loadingLabel={t('common:loading')}
          columns={streams}
          rows={open?.streams ?? []}
          rowId={(row) => row.id}
          rowHeight={44}
          state={state}
          empty={
            <EmptyState
              icon={<Cable />}
              title={t('connections:streams.empty')}
              description={t('connections:streams.emptyNext')}
            />
          }
        />
      </Section>
      <Section
        title={t('connections:sessions.title')}
        description={t('connections:sessions.lead')}
        aside={open ? countText(open.sessions.length, open.sessionCount) : null}
        isFlush
      >
        <DataTable
          label={t('connections:sessions.title')}
          loadingLabel={t('common:loading')}
          columns={sessions}
          rows={open?.sessions ?? []}
          rowId={(row) => row.id}
          rowHeight={44}
          state={state}
          empty={
            <EmptyState
              icon={<History />}
              title={t('connections:sessions.empty')}
              description={t('connections:sessions.emptyNext')}
            />
          }
        />
      </Section>
      <p className="max-w-[75ch] text-faint text-xs">{t('connections:cut')}</p>
    </div>
  );

  function countText(shown: number, all: number): string {
    return shown < all
      ? t('connections:shownOf', { shown: formatCount(shown), all: formatCount(all) })
      : formatCount(all);
  }
}
