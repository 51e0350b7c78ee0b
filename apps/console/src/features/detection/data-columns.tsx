import type { DataColumn } from '@sallyport/ui/data-table';
import type { TFunction } from 'i18next';
import type { SensitiveAction } from '../../generated/graphql.ts';
import { ActionChoice } from '../../parts/detection-words.tsx';
import { ActionCountsText } from './count-cells.tsx';
import { totalOf } from './detection-range.ts';
import { type TypeRow, typeName } from './rules-filter.ts';

type Side = 'outbound' | 'inbound';

export interface DataColumnsInput {
  readonly canWrite: boolean;
  /** Null: as its class. */
  readonly onAction: (side: Side, type: string, action: SensitiveAction | null) => void;
}

/** The columns of the table of types. */
export function dataColumns(
  t: TFunction<['detection', 'parts']>,
  { canWrite, onAction }: DataColumnsInput,
): ReadonlyArray<DataColumn<TypeRow>> {
  const side = (name: Side): DataColumn<TypeRow> => {
    const isOwn = (row: TypeRow) => (name === 'outbound' ? row.hasOwnOutbound : row.hasOwnInbound);
    return {
      id: name,
      header: t(`detection:data.${name}`),
      track: 'minmax(7rem,1fr)',
      sortValue: (row) => row[name],
      cell: (row) => (
        <ActionChoice
          label={t(`detection:data.${name}Of`, { name: typeName(row.type) })}
          value={isOwn(row) ? row[name] : null}
          inherited={{
            label: isOwn(row)
              ? t('detection:types.inherit')
              : t('detection:types.inherited', { action: t(`parts:detection.action.${row[name]}`) }),
          }}
          disabled={!canWrite}
          onChange={(action) => onAction(name, row.type, action)}
        />
      ),
    };
  };
  return [
    {
      id: 'type',
      header: t('detection:column.type'),
      track: 'minmax(6.5rem,1.6fr)',
      sortValue: (row) => typeName(row.type),
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block truncate">{typeName(row.type)}</span>
          <span className="block truncate font-mono text-2xs text-faint">{row.type}</span>
        </span>
      ),
    },
    {
      id: 'class',
      header: t('detection:data.class'),
      track: '8rem',
      showFrom: 720,
      sortValue: (row) => row.class,
      cell: (row) => <span className="text-muted text-xs">{t(`parts:detection.class.${row.class}`)}</span>,
    },
    side('outbound'),
    side('inbound'),
    {
      id: 'counts',
      header: t('detection:column.counts'),
      track: 'minmax(9rem,1.4fr)',
      showFrom: 860,
      sortValue: (row) => totalOf(row.counts7d),
      cell: (row) => <ActionCountsText counts={row.counts7d} />,
    },
  ];
}
