import type { DataColumn } from '@sallyport/ui/data-table';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import { formatCount, formatMs } from '../../lib/format.ts';
import { UpstreamBadge } from '../../parts/upstream-badge.tsx';
import { protocolOf } from '../../parts/upstream-facts.tsx';
import type { UpstreamHealth } from '../../parts/use-upstream-health.ts';

type Texts = TFunction<['connections', 'common', 'parts']>;

const when = (at: string | null) =>
  at === null ? (
    <span className="text-faint">–</span>
  ) : (
    <RelativeTime at={at} className="text-muted text-xs" />
  );

export function upstreamColumns(t: Texts): readonly DataColumn<UpstreamHealth>[] {
  return [
    {
      id: 'server',
      header: t('connections:upstreams.server'),
      track: 'minmax(8rem,1.4fr)',
      cell: (row) => (
        <span className="flex min-w-0 flex-col leading-tight">
          <UntrustedText text={row.server.name} className="truncate font-medium" />
          <span className="truncate font-mono text-faint text-xs">
            <UntrustedText text={protocolOf(row) ?? ''} />
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('connections:upstreams.state'),
      track: '7rem',
      cell: (row) => <UpstreamBadge state={row.state} isPlain />,
    },
    {
      id: 'error',
      header: t('connections:upstreams.lastFail'),
      track: 'minmax(7rem,1fr)',
      showFrom: 640,
      cell: (row) => (
        <span className="flex min-w-0 flex-col leading-tight">
          {when(row.lastFailAt)}
          {row.lastError === null ? null : (
            <span className="truncate font-mono text-faint text-xs">
              <UntrustedText text={row.lastError} maxLength={120} />
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'ok',
      header: t('connections:upstreams.lastOk'),
      track: '6rem',
      showFrom: 760,
      cell: (row) => when(row.lastOkAt),
    },
    {
      id: 'p50',
      header: t('parts:upstream.p50'),
      track: '5rem',
      isNumeric: true,
      showFrom: 480,
      sortValue: (row) => row.p50Ms ?? -1,
      cell: (row) => formatMs(row.p50Ms),
    },
    {
      id: 'inFlight',
      header: t('parts:upstream.inFlight'),
      track: '5rem',
      isNumeric: true,
      showFrom: 560,
      sortValue: (row) => row.inFlight,
      cell: (row) => formatCount(row.inFlight),
    },
    {
      id: 'calls',
      header: t('connections:upstreams.calls'),
      track: '7rem',
      isNumeric: true,
      showFrom: 860,
      sortValue: (row) => row.calls,
      cell: (row) => `${formatCount(row.calls)} / ${formatCount(row.errors)}`,
    },
  ];
}
