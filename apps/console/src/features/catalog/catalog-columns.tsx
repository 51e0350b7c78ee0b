import type { DataColumn } from '@sallyport/ui/data-table';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { CatalogPageQuery } from '../../generated/graphql.ts';
import { formatCount } from '../../lib/format.ts';
import { ServerBadge } from '../../parts/badges.tsx';
import { GradeBadge } from '../../parts/grade-badge.tsx';

export type CatalogRow = CatalogPageQuery['servers']['nodes'][number];

function Grade({ row }: { readonly row: CatalogRow }) {
  if (row.grade === null) return <span className="text-faint">–</span>;
  if (row.latestReport === null) return <GradeBadge grade={row.grade} />;
  return (
    <Link
      to="/reports/$reportId"
      params={{ reportId: row.latestReport.id }}
      onClick={(event) => event.stopPropagation()}
      className="inline-flex min-h-6 items-center"
    >
      <GradeBadge grade={row.grade} />
    </Link>
  );
}

/** The columns of the catalog. */
export function catalogColumns(t: TFunction<['catalog', 'parts']>): ReadonlyArray<DataColumn<CatalogRow>> {
  return [
    {
      id: 'name',
      header: t('catalog:column.name'),
      track: 'minmax(10rem,2fr)',
      sortValue: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium">
            <UntrustedText text={row.name} />
          </span>
          <span className="truncate font-mono text-faint text-xs">
            <UntrustedText text={row.url} />
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('catalog:column.state'),
      track: 'minmax(7rem,14rem)',
      sortValue: (row) => row.state,
      cell: (row) => <ServerBadge state={row.state} hasDrift={row.hasDrift} isPlain />,
    },
    {
      id: 'grade',
      header: t('catalog:column.grade'),
      track: '5rem',
      showFrom: 640,
      sortValue: (row) => row.grade ?? '~',
      cell: (row) => <Grade row={row} />,
    },
    {
      id: 'connection',
      header: t('catalog:column.connection'),
      track: '10rem',
      showFrom: 960,
      cell: (row) => (
        <span className="text-muted text-xs">{t(`parts:connection.kind.${row.connection.kind}`)}</span>
      ),
    },
    {
      id: 'tools',
      header: t('catalog:column.tools'),
      track: '4.5rem',
      isNumeric: true,
      showFrom: 520,
      sortValue: (row) => row.toolCount,
      cell: (row) => formatCount(row.toolCount),
    },
    {
      id: 'vetted',
      header: t('catalog:column.vetted'),
      track: '8rem',
      isNumeric: true,
      showFrom: 760,
      sortValue: (row) => (row.lastVettedAt === null ? 0 : Date.parse(row.lastVettedAt)),
      cell: (row) =>
        row.lastVettedAt === null ? (
          <span className="text-faint text-xs">{t('catalog:neverVetted')}</span>
        ) : (
          <RelativeTime at={row.lastVettedAt} className="text-muted text-xs" />
        ),
    },
  ];
}
