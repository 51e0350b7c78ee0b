import type { DataColumn } from '@sallyport/ui/data-table';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import type { UsageGroup, UsagePageQuery } from '../../generated/graphql.ts';
import { formatBytes, formatCount, formatDateTime } from '../../lib/format.ts';

export type UsageRow = UsagePageQuery['usage']['rows'][number];
type Texts = TFunction<['usage', 'common']>;

/** What a row is about, in words. */
export function rowName(row: UsageRow, groupBy: UsageGroup, t: Texts): string {
  switch (groupBy) {
    case 'HOUR':
      return row.hour ? formatDateTime(row.hour) : '–';
    case 'CUSTOMER':
      return row.customer?.name ?? t('noCustomer');
    case 'AGENT':
      return row.agent?.name ?? t('gone');
    case 'TOOL':
      return row.toolName ?? t('noTool');
  }
}

/** A name for the row that is the same at every refetch. */
export function rowKey(row: UsageRow): string {
  return [row.hour, row.customer?.id, row.agent?.id, row.server?.id, row.toolName].join('|');
}

const count = (
  id: string,
  header: string,
  value: (row: UsageRow) => number,
  showFrom?: number,
): DataColumn<UsageRow> => ({
  id,
  header,
  track: '6rem',
  isNumeric: true,
  showFrom,
  sortValue: value,
  cell: (row) => formatCount(value(row)),
});

const bytes = (id: string, header: string, value: (row: UsageRow) => number): DataColumn<UsageRow> => ({
  ...count(id, header, value, 760),
  cell: (row) => formatBytes(value(row)),
});

export function usageColumns(groupBy: UsageGroup, t: Texts): DataColumn<UsageRow>[] {
  return [
    {
      id: 'name',
      header: t(`group.${groupBy}`),
      track: 'minmax(9rem,1fr)',
      sortValue: (row) => (groupBy === 'HOUR' ? (row.hour ?? '') : rowName(row, groupBy, t)),
      cell: (row) => (
        <UntrustedText text={rowName(row, groupBy, t)} isMono={groupBy === 'TOOL' && row.toolName !== null} />
      ),
    },
    count('calls', t('calls'), (row) => row.calls),
    count('denied', t('denied'), (row) => row.denied, 420),
    count('errors', t('errors'), (row) => row.errors, 520),
    bytes('in', t('bytesIn'), (row) => row.bytesIn),
    bytes('out', t('bytesOut'), (row) => row.bytesOut),
  ];
}
