import type { DataColumn } from '@sallyport/ui/data-table';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { OpenConnectionsQuery } from '../../generated/graphql.ts';

type Open = OpenConnectionsQuery['openConnections'];
type Stream = Open['streams'][number];
type Session = Open['sessions'][number];
type Texts = TFunction<['connections', 'common']>;

function Client({ row }: { readonly row: Stream | Session }) {
  return (
    <span className="flex min-w-0 flex-col leading-tight">
      <UntrustedText text={row.client ?? '–'} maxLength={80} className="truncate font-medium" />
      <span className="truncate font-mono text-faint text-xs">
        <UntrustedText text={row.protocolVersion ?? ''} maxLength={40} />
      </span>
    </span>
  );
}

function Agent({ row }: { readonly row: Stream | Session }) {
  if (row.agent === null) return <span className="text-faint">–</span>;
  return (
    <span className="flex min-w-0 flex-col leading-tight">
      <Link
        to="/agents/$agentId"
        params={{ agentId: row.agent.id }}
        className="truncate text-accent hover:underline"
      >
        <UntrustedText text={row.agent.name} />
      </Link>
      <span className="truncate font-mono text-faint text-xs">{row.keyPrefix}…</span>
    </span>
  );
}

function shared<Row extends Stream | Session>(t: Texts): DataColumn<Row>[] {
  return [
    {
      id: 'client',
      header: t('connections:client'),
      track: 'minmax(8rem,1.4fr)',
      cell: (row) => <Client row={row} />,
    },
    {
      id: 'agent',
      header: t('connections:agent'),
      track: 'minmax(7rem,1fr)',
      cell: (row) => <Agent row={row} />,
    },
    {
      id: 'endpoint',
      header: t('connections:endpoint'),
      track: 'minmax(5rem,0.8fr)',
      showFrom: 620,
      cell: (row) => <UntrustedText text={row.endpoint?.name ?? '–'} />,
    },
  ];
}

function workerColumn<Row extends Stream | Session>(t: Texts): DataColumn<Row> {
  return {
    id: 'worker',
    header: t('connections:worker'),
    track: '6rem',
    showFrom: 760,
    cell: (row) => <span className="font-mono text-xs">{row.worker}</span>,
  };
}

export function streamColumns(t: Texts): readonly DataColumn<Stream>[] {
  return [
    ...shared<Stream>(t),
    {
      id: 'kind',
      header: t('connections:kindLabel'),
      track: '8rem',
      showFrom: 480,
      sortValue: (row) => row.kind,
      cell: (row) => t(`connections:kind.${row.kind}`),
    },
    {
      id: 'since',
      header: t('connections:since'),
      track: '6rem',
      sortValue: (row) => row.openedAt,
      cell: (row) => <RelativeTime at={row.openedAt} className="text-muted text-xs" />,
    },
    workerColumn<Stream>(t),
  ];
}

export function sessionColumns(t: Texts): readonly DataColumn<Session>[] {
  return [
    ...shared<Session>(t),
    {
      id: 'started',
      header: t('connections:started'),
      track: '6rem',
      showFrom: 560,
      sortValue: (row) => row.startedAt,
      cell: (row) => <RelativeTime at={row.startedAt} className="text-muted text-xs" />,
    },
    {
      id: 'seen',
      header: t('connections:lastSeen'),
      track: '6rem',
      sortValue: (row) => row.lastSeenAt,
      cell: (row) => <RelativeTime at={row.lastSeenAt} className="text-muted text-xs" />,
    },
    workerColumn<Session>(t),
  ];
}
