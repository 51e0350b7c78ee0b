import type { DataColumn } from '@sallyport/ui/data-table';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import type { PolicyRowFragment } from '../../generated/graphql.ts';
import { formatCount } from '../../lib/format.ts';
import { EffectBadge } from './effect-badge.tsx';
import { PolicyActions } from './policy-actions.tsx';

/** The columns of the list. */
export function policyColumns(
  t: TFunction<['policies', 'common']>,
  onPublished: (version: number) => void,
): ReadonlyArray<DataColumn<PolicyRowFragment>> {
  return [
    {
      id: 'name',
      header: t('policies:column.name'),
      track: 'minmax(9rem,2fr)',
      sortValue: (row) => row.name,
      cell: (row) => <UntrustedText text={row.name} className="font-medium" />,
    },
    {
      id: 'effect',
      header: t('policies:column.effect'),
      track: '8rem',
      showFrom: 480,
      sortValue: (row) => row.effect,
      cell: (row) => <EffectBadge effect={row.effect} />,
    },
    {
      id: 'enabled',
      header: t('policies:column.enabled'),
      track: '7rem',
      sortValue: (row) => Number(row.enabled),
      cell: (row) => (
        <StatusBadge tone={row.enabled ? 'accent' : 'neutral'} isPlain>
          {t(row.enabled ? 'policies:enabled' : 'policies:disabled')}
        </StatusBadge>
      ),
    },
    {
      id: 'hits',
      header: t('policies:column.hits'),
      track: '9rem',
      showFrom: 560,
      sortValue: (row) => row.hits7d,
      cell: (row) =>
        row.hits7d > 0 ? (
          <span className="tabular-nums">{formatCount(row.hits7d)}</span>
        ) : (
          <span className="text-faint text-xs">{t(row.enabled ? 'policies:neverHit' : 'policies:off')}</span>
        ),
    },
    {
      id: 'updated',
      header: t('policies:column.updated'),
      track: 'minmax(8rem,1fr)',
      showFrom: 760,
      sortValue: (row) => Date.parse(row.updatedAt),
      cell: (row) => (
        <span className="text-muted text-xs">
          <RelativeTime at={row.updatedAt} />
          {row.updatedBy === null ? null : (
            <>
              {' '}
              <UntrustedText text={t('policies:by', { name: row.updatedBy })} />
            </>
          )}
        </span>
      ),
    },
    {
      id: 'actions',
      header: '',
      track: '2.75rem',
      cell: (row) => <PolicyActions policy={row} onPublished={onPublished} />,
    },
  ];
}
