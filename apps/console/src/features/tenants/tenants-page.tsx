import { Button } from '@sallyport/ui/button';
import { type DataColumn, DataTable } from '@sallyport/ui/data-table';
import { PageHeader } from '@sallyport/ui/page-header';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { TenantsPageDocument } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { formatCount } from '../../lib/format.ts';
import { execute } from '../../lib/graphql-client.ts';
import { CreateTenantDialog } from './create-tenant-dialog.tsx';
import { PrivateOrigins } from './private-origins.tsx';
import { TenantActions, type TenantRow } from './tenant-actions.tsx';

type Texts = TFunction<['tenants', 'common']>;

const count = (
  id: 'members' | 'servers' | 'calls',
  t: Texts,
  value: (row: TenantRow) => number,
): DataColumn<TenantRow> => ({
  id,
  header: t(id),
  track: '6rem',
  isNumeric: true,
  showFrom: 640,
  sortValue: value,
  cell: (row) => formatCount(value(row)),
});

function Live({ row, t }: { readonly row: TenantRow; readonly t: Texts }) {
  const { version, workersLive: live, workersTotal: total } = row.publication;
  if (version === 0) return <span className="text-faint">{t('notPublished')}</span>;
  return (
    <StatusBadge tone={live === total && total > 0 ? 'allow' : 'hold'} isPlain>
      {t('liveOn', { version, live, total })}
    </StatusBadge>
  );
}

function columnsOf(t: Texts): DataColumn<TenantRow>[] {
  return [
    {
      id: 'name',
      header: t('name'),
      track: 'minmax(9rem,1.3fr)',
      sortValue: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 flex-col leading-tight">
          <span className="truncate font-medium">{row.name}</span>
          <span className="truncate font-mono text-faint text-xs">{row.slug}</span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('state'),
      track: '7rem',
      cell: (row) => (
        <StatusBadge tone={row.state === 'ACTIVE' ? 'allow' : 'block'} isPlain>
          {t(`common:activeState.${row.state}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'live',
      header: t('live'),
      track: 'minmax(9rem,1fr)',
      showFrom: 520,
      cell: (row) => <Live row={row} t={t} />,
    },
    count('members', t, (row) => row.members),
    count('servers', t, (row) => row.servers),
    count('calls', t, (row) => row.calls24h),
    {
      id: 'created',
      header: t('created'),
      track: '7rem',
      showFrom: 860,
      cell: (row) => <RelativeTime at={row.createdAt} />,
    },
    { id: 'actions', header: '', track: '3.5rem', cell: (row) => <TenantActions tenant={row} /> },
  ];
}

function useTenants() {
  return useInfiniteQuery({
    queryKey: ['tenants'],
    queryFn: ({ pageParam, signal }) => execute(TenantsPageDocument, { after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ tenants: { pageInfo } }) =>
      pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
    meta: { touches: ['tenant', 'publication'] },
    throwOnError: (_error: ApiError | Error) => false,
  });
}

/** Everybody on the installation, for its operators. */
export function TenantsPage() {
  const { t } = useTranslation(['tenants', 'common']);
  const query = useTenants();
  const state = useDataState(query as Parameters<typeof useDataState>[0]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const [isCreating, setCreating] = useState(false);
  const pages = query.data?.pages ?? [];
  return (
    <Page>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Button
            variant="primary"
            icon={<Plus className="size-4" aria-hidden="true" />}
            onClick={() => setCreating(true)}
          >
            {t('create')}
          </Button>
        }
      />
      <div className="flex flex-col gap-4">
        <Section title={t('table')} isFlush>
          <DataTable
            label={t('table')}
            loadingLabel={t('common:loading')}
            columns={columns}
            rows={pages.flatMap((page) => page.tenants.nodes)}
            rowId={(row) => row.id}
            rowHeight={48}
            state={state}
            empty={null}
            footer={
              query.hasNextPage ? (
                <div className="p-3 text-center">
                  <Button isPending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t('showMore')}
                  </Button>
                </div>
              ) : null
            }
          />
        </Section>
        {pages[0] ? <PrivateOrigins origins={pages[0].privateOrigins} /> : null}
      </div>
      {isCreating ? <CreateTenantDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}
