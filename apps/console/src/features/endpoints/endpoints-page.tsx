import { Badge } from '@sallyport/ui/badge';
import { buttonClass } from '@sallyport/ui/button';
import { type DataColumn, DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { PageHeader } from '@sallyport/ui/page-header';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { DoorOpen, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { EndpointsPageDocument, type EndpointsPageQuery } from '../../generated/graphql.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { formatCount } from '../../lib/format.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';

type EndpointRow = EndpointsPageQuery['endpoints'][number];

function columnsOf(t: TFunction<['endpoints', 'common']>): DataColumn<EndpointRow>[] {
  return [
    {
      id: 'name',
      header: t('endpoints:column.name'),
      track: 'minmax(7.5rem,1.4fr)',
      sortValue: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 flex-col leading-tight">
          <UntrustedText text={row.name} className="truncate font-medium" />
          <code className="truncate font-mono text-faint text-xs">/{row.slug}</code>
        </span>
      ),
    },
    {
      id: 'shows',
      header: t('endpoints:column.shows'),
      track: 'minmax(7.5rem,1.2fr)',
      cell: (row) => (
        <span className="flex min-w-0 flex-col leading-tight">
          <span>{t(`endpoints:selection.${row.selection}`)}</span>
          <span className="truncate text-faint text-xs">
            {t('endpoints:behind', {
              capabilities: formatCount(row.capabilityCount),
              count: row.serverCount,
            })}
          </span>
        </span>
      ),
    },
    {
      id: 'tools',
      header: t('endpoints:column.tools'),
      track: '3.5rem',
      isNumeric: true,
      sortValue: (row) => row.toolCount,
      cell: (row) => formatCount(row.toolCount),
    },
    {
      id: 'names',
      header: t('endpoints:column.names'),
      track: '13rem',
      showFrom: 620,
      cell: (row) => (
        <span className="flex flex-wrap gap-1">
          <Badge className="font-mono">{t(`endpoints:naming.${row.naming}`)}</Badge>
          {row.toolSearch ? <Badge tone="accent">{t('endpoints:search.badge')}</Badge> : null}
        </span>
      ),
    },
    {
      id: 'keys',
      header: t('endpoints:column.keys'),
      track: '5rem',
      isNumeric: true,
      showFrom: 760,
      sortValue: (row) => row.keys.length,
      cell: (row) => formatCount(row.keys.length),
    },
    {
      id: 'created',
      header: t('endpoints:column.created'),
      track: '6.5rem',
      showFrom: 860,
      cell: (row) => <RelativeTime at={row.createdAt} className="text-muted text-xs" />,
    },
  ];
}

function NewEndpoint() {
  const { t } = useTranslation('endpoints');
  if (!usePermission('catalog.write')) return null;
  return (
    <Link to="/endpoints/new" className={buttonClass('primary')}>
      <Plus className="size-4" aria-hidden="true" />
      {t('create')}
    </Link>
  );
}

/** The URLs that agents connect to, and what each of them shows. */
export function EndpointsPage() {
  const { t } = useTranslation(['endpoints', 'common']);
  const navigate = useNavigate();
  const query = useQuery(
    gqlQuery(EndpointsPageDocument, {}, { touches: ['endpoint', 'server', 'agent', 'publication'] }),
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Page>
      <PageHeader title={t('endpoints:title')} description={t('endpoints:lead')} actions={<NewEndpoint />} />
      <div className="overflow-hidden rounded-lg border bg-surface">
        <DataTable
          label={t('endpoints:title')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={query.data?.endpoints ?? []}
          rowId={(row) => row.id}
          rowHeight={48}
          state={useDataState(query)}
          onOpen={(row) => void navigate({ to: '/endpoints/$endpointId', params: { endpointId: row.id } })}
          empty={
            <EmptyState icon={<DoorOpen />} title={t('endpoints:empty.title')} action={<NewEndpoint />} />
          }
        />
      </div>
    </Page>
  );
}
