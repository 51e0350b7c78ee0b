import type { DataColumn } from '@sallyport/ui/data-table';
import { IconButton } from '@sallyport/ui/icon-button';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import { Trash2 } from 'lucide-react';
import type { CustomRuleRowFragment } from '../../generated/graphql.ts';
import { SeverityBadge, severityOrder } from '../../parts/badges.tsx';

export interface OwnRuleColumnsInput {
  readonly canWrite: boolean;
  readonly onDelete: (rule: CustomRuleRowFragment) => void;
}

/** The columns of the list of a tenant's own rules. */
export function ownRuleColumns(
  t: TFunction<'detection'>,
  { canWrite, onDelete }: OwnRuleColumnsInput,
): ReadonlyArray<DataColumn<CustomRuleRowFragment>> {
  return [
    {
      id: 'title',
      header: t('column.rule'),
      track: 'minmax(9rem,2fr)',
      sortValue: (row) => row.title,
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block truncate font-medium">
            <UntrustedText text={row.title} />
          </span>
          <span className="block truncate font-mono text-2xs text-faint">{row.code}</span>
        </span>
      ),
    },
    {
      id: 'value',
      header: t('column.looksFor'),
      track: 'minmax(10rem,3fr)',
      showFrom: 640,
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block text-faint text-xs">{t(`own.kind.${row.kind}`)}</span>
          <span className="block truncate text-xs">
            <UntrustedText text={row.value.replaceAll('\n', ', ')} isMono maxLength={200} />
          </span>
        </span>
      ),
    },
    {
      id: 'severity',
      header: t('column.severity'),
      track: '6.5rem',
      sortValue: (row) => severityOrder.indexOf(row.severity),
      cell: (row) => <SeverityBadge severity={row.severity} />,
    },
    {
      id: 'state',
      header: t('column.state'),
      track: '5.5rem',
      showFrom: 480,
      sortValue: (row) => Number(row.enabled),
      cell: (row) => (
        <StatusBadge tone={row.enabled ? 'accent' : 'neutral'} isPlain>
          {t(row.enabled ? 'own.on' : 'own.off')}
        </StatusBadge>
      ),
    },
    {
      id: 'updated',
      header: t('column.updated'),
      track: '9rem',
      showFrom: 860,
      sortValue: (row) => Date.parse(row.updatedAt),
      cell: (row) => <RelativeTime at={row.updatedAt} className="text-muted text-xs" />,
    },
    {
      id: 'actions',
      header: <span className="sr-only">{t('column.actions')}</span>,
      track: '2.75rem',
      cell: (row) => (
        // The row behind it opens the rule; the button is not meant for it.
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events from the row
        <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
          <IconButton
            label={t('own.deleteOf', { code: row.code })}
            icon={<Trash2 />}
            disabled={!canWrite}
            onClick={() => onDelete(row)}
          />
        </span>
      ),
    },
  ];
}
