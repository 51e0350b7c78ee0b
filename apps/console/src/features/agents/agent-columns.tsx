import { Badge } from '@sallyport/ui/badge';
import type { DataColumn } from '@sallyport/ui/data-table';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import { ActiveBadge } from '../../parts/badges.tsx';
import { keyState } from './key-state.ts';
import type { AgentRow } from './use-agents.ts';

const shownRoles = 4;

/** The columns of the agents. */
export function agentColumns(t: TFunction<['agents', 'common']>): ReadonlyArray<DataColumn<AgentRow>> {
  return [
    {
      id: 'name',
      header: t('agents:column.name'),
      track: 'minmax(9rem,1.6fr)',
      sortValue: (row) => row.name,
      cell: (row) => <UntrustedText text={row.name} className="font-medium" />,
    },
    {
      id: 'roles',
      header: t('agents:column.roles'),
      track: 'minmax(8rem,1.4fr)',
      showFrom: 640,
      cell: (row) => (
        <span className="flex flex-wrap gap-1">
          {row.roles.slice(0, shownRoles).map((role) => (
            <Badge key={role} className="font-mono">
              <UntrustedText text={role} />
            </Badge>
          ))}
          {row.roles.length > shownRoles ? <Badge>+{row.roles.length - shownRoles}</Badge> : null}
          {row.roles.length === 0 ? <span className="text-faint text-xs">{t('agents:noRoles')}</span> : null}
        </span>
      ),
    },
    {
      id: 'customer',
      header: t('agents:column.customer'),
      track: 'minmax(7rem,1fr)',
      showFrom: 820,
      sortValue: (row) => row.customer?.name ?? '',
      cell: (row) =>
        row.customer === null ? (
          <span className="text-faint">–</span>
        ) : (
          <UntrustedText text={row.customer.name} />
        ),
    },
    {
      id: 'keys',
      header: t('agents:column.keys'),
      track: '4.5rem',
      showFrom: 520,
      cell: (row) => (
        <span className="tabular-nums">
          {row.keys.filter((key) => keyState(key, Date.now()) === 'active').length}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('agents:column.state'),
      track: '7rem',
      sortValue: (row) => row.state,
      cell: (row) => <ActiveBadge state={row.state} />,
    },
    {
      id: 'lastCall',
      header: t('agents:column.lastCall'),
      track: '6.5rem',
      isNumeric: true,
      showFrom: 440,
      sortValue: (row) => (row.lastCallAt === null ? 0 : Date.parse(row.lastCallAt)),
      cell: (row) =>
        row.lastCallAt === null ? (
          <span className="text-faint text-xs">{t('common:never')}</span>
        ) : (
          <RelativeTime at={row.lastCallAt} className="text-muted text-xs" />
        ),
    },
  ];
}
