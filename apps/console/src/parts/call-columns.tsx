import './texts.ts';
import type { DataColumn } from '@sallyport/ui/data-table';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRowFragment } from '../generated/graphql.ts';
import { formatClockSeconds, formatDateTime, formatMs } from '../lib/format.ts';
import { FindingsBadge, OutcomeBadge } from './badges.tsx';

function callColumns(t: TFunction<'parts'>): ReadonlyArray<DataColumn<CallRowFragment>> {
  return [
    {
      id: 'time',
      header: t('callColumn.time'),
      track: '5.5rem',
      cell: (call) => (
        <time
          dateTime={call.at}
          title={formatDateTime(call.at)}
          className="font-mono text-muted text-xs tabular-nums"
        >
          {formatClockSeconds(call.at)}
        </time>
      ),
    },
    {
      id: 'outcome',
      header: t('callColumn.outcome'),
      track: 'minmax(7rem,13rem)',
      cell: (call) => <OutcomeBadge outcome={call.outcome} code={call.code} isPlain />,
    },
    {
      id: 'tool',
      header: t('callColumn.tool'),
      track: 'minmax(8rem,1.6fr)',
      cell: (call) => (
        <span className="font-mono text-xs">
          {call.server === null || call.toolName?.includes('__') === true ? null : (
            <span className="text-faint">
              <UntrustedText text={call.server.name} />
              {' / '}
            </span>
          )}
          <UntrustedText text={call.toolName ?? call.method} />
        </span>
      ),
    },
    {
      id: 'agent',
      header: t('callColumn.agent'),
      track: 'minmax(6rem,1fr)',
      showFrom: 720,
      cell: (call) =>
        call.agent === null ? (
          <span className="text-faint">–</span>
        ) : (
          <UntrustedText text={call.agent.name} />
        ),
    },
    {
      id: 'findings',
      header: t('callColumn.findings'),
      track: '7rem',
      showFrom: 900,
      cell: (call) => (call.findings.length === 0 ? null : <FindingsBadge findings={call.findings} />),
    },
    {
      id: 'added',
      header: t('callColumn.added'),
      track: '5.5rem',
      isNumeric: true,
      showFrom: 560,
      cell: (call) => <span className="text-xs">{formatMs(call.addedMs)}</span>,
    },
    {
      id: 'upstream',
      header: t('callColumn.upstream'),
      track: '5.5rem',
      isNumeric: true,
      showFrom: 640,
      cell: (call) => <span className="text-muted text-xs">{formatMs(call.upstreamMs || null)}</span>,
    },
  ];
}

/** The columns of a log of calls; the less telling ones give way on narrow screens. */
export function useCallColumns(): ReadonlyArray<DataColumn<CallRowFragment>> {
  const { t } = useTranslation('parts');
  return useMemo(() => callColumns(t), [t]);
}
