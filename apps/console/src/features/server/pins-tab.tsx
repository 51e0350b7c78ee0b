import { type DataColumn, DataTable } from '@sallyport/ui/data-table';
import { Digest } from '@sallyport/ui/digest';
import { EmptyState } from '@sallyport/ui/empty-state';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerDetail } from './server-page.tsx';

type Pin = ServerDetail['tools'][number]['pins'][number] & { readonly toolName: string };

/** Every approved digest of every tool, the current ones and those that were replaced. */
export function PinsTab({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation(['server', 'common']);
  const rows = useMemo(
    () =>
      server.tools
        .flatMap((tool) => tool.pins.map((pin): Pin => ({ ...pin, toolName: tool.name })))
        .sort((a, b) => Date.parse(b.approvedAt) - Date.parse(a.approvedAt)),
    [server.tools],
  );
  const columns = useMemo<ReadonlyArray<DataColumn<Pin>>>(
    () => [
      {
        id: 'tool',
        header: t('server:pins.tool'),
        track: 'minmax(8rem,2fr)',
        sortValue: (pin) => pin.toolName,
        cell: (pin) => <UntrustedText text={pin.toolName} isMono className="text-xs" />,
      },
      {
        id: 'digest',
        header: t('server:pins.digest'),
        track: '11rem',
        cell: (pin) => (
          <Digest value={pin.digest} copyLabel={t('common:copy')} copiedLabel={t('common:copied')} />
        ),
      },
      {
        id: 'state',
        header: t('server:pins.state'),
        track: '8rem',
        showFrom: 560,
        cell: (pin) =>
          pin.supersededAt === null ? (
            <StatusBadge tone="allow" isPlain>
              {t('server:pins.current')}
            </StatusBadge>
          ) : (
            <StatusBadge tone="neutral" isPlain>
              {t('server:pins.superseded')}
            </StatusBadge>
          ),
      },
      {
        id: 'by',
        header: t('server:pins.by'),
        track: 'minmax(6rem,1fr)',
        showFrom: 700,
        cell: (pin) => <UntrustedText text={pin.approvedBy} />,
      },
      {
        id: 'at',
        header: t('server:pins.approved'),
        track: '7rem',
        isNumeric: true,
        sortValue: (pin) => Date.parse(pin.approvedAt),
        cell: (pin) => <RelativeTime at={pin.approvedAt} className="text-muted text-xs" />,
      },
    ],
    [t],
  );
  return (
    <>
      <p className="mb-3 max-w-[75ch] text-muted text-sm">{t('server:pins.lead')}</p>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <DataTable
          label={t('server:pins.table')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={rows}
          rowId={(pin) => pin.id}
          state={{ kind: 'ready' }}
          empty={<EmptyState title={t('server:pins.none')} />}
        />
      </div>
    </>
  );
}
