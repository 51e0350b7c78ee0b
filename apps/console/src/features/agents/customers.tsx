import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { type DataColumn, DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { Building } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CustomersDocument, type CustomersQuery, SetCustomerStateDocument } from '../../generated/graphql.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { gqlQuery, useGqlMutation } from '../../lib/query.ts';
import { ActiveBadge } from '../../parts/badges.tsx';
import { RevokedOn } from '../../parts/live-on.tsx';

type Customer = CustomersQuery['customers'][number];

interface Done {
  readonly title: string;
  readonly revSeq: number;
}

function columnsOf(
  t: TFunction<['agents', 'common']>,
  onDone: (done: Done) => void,
): ReadonlyArray<DataColumn<Customer>> {
  return [
    {
      id: 'name',
      header: t('agents:customers.name'),
      track: 'minmax(9rem,1.5fr)',
      sortValue: (row) => row.name,
      cell: (row) => <UntrustedText text={row.name} className="font-medium" />,
    },
    {
      id: 'reference',
      header: t('agents:customers.reference'),
      track: 'minmax(8rem,1fr)',
      showFrom: 640,
      cell: (row) =>
        row.externalRef === null ? (
          <span className="text-faint">–</span>
        ) : (
          <UntrustedText text={row.externalRef} isMono className="text-xs" />
        ),
    },
    {
      id: 'state',
      header: t('agents:column.state'),
      track: '7.5rem',
      cell: (row) => <ActiveBadge state={row.state} />,
    },
    {
      id: 'created',
      header: t('agents:customers.since'),
      track: '6rem',
      isNumeric: true,
      showFrom: 520,
      cell: (row) => <RelativeTime at={row.createdAt} className="text-muted text-xs" />,
    },
    {
      id: 'action',
      header: '',
      track: '7rem',
      isNumeric: true,
      cell: (row) => <StateButton customer={row} onDone={onDone} />,
    },
  ];
}

interface StateButtonProps {
  readonly customer: Customer;
  readonly onDone: (done: Done) => void;
}

function StateButton({ customer, onDone }: StateButtonProps) {
  const { t } = useTranslation(['agents', 'common']);
  const words = useErrorText();
  const [isAsking, setAsking] = useState(false);
  const { id, name } = customer;
  const isActive = customer.state === 'ACTIVE';
  const change = useGqlMutation(SetCustomerStateDocument, {
    changes: ['agent', 'publication'],
    onDone: ({ setCustomerState: { revSeq } }) => {
      setAsking(false);
      onDone({ title: t(isActive ? 'agents:suspended' : 'agents:resumed', { name }), revSeq });
    },
  });
  return (
    <>
      <PermissionGate need="agents.write">
        <Button
          size="sm"
          isPending={change.isPending}
          onClick={() => (isActive ? setAsking(true) : change.mutate({ id, state: 'ACTIVE' }))}
        >
          {t(isActive ? 'agents:action.suspend' : 'agents:action.resume')}
        </Button>
      </PermissionGate>
      {isAsking ? (
        <ConfirmDanger
          open
          onOpenChange={setAsking}
          title={t('agents:suspendTitle', { name })}
          consequence={t('agents:customers.suspendConsequence')}
          confirmLabel={t('agents:action.suspend')}
          cancelLabel={t('common:cancel')}
          closeLabel={t('common:close')}
          isPending={change.isPending}
          error={change.error === null ? null : words(change.error).title}
          onConfirm={() => change.mutate({ id, state: 'SUSPENDED' })}
        />
      ) : null}
    </>
  );
}

/** Whom the agents work for; suspending one stops all of its agents at once. */
export function Customers() {
  const { t } = useTranslation(['agents', 'common']);
  const query = useQuery(gqlQuery(CustomersDocument, {}, { touches: ['agent'] }));
  const [done, setDone] = useState<Done | null>(null);
  const columns = useMemo(() => columnsOf(t, setDone), [t]);
  return (
    <div className="flex flex-col gap-4">
      {done === null ? null : <RevokedOn key={done.revSeq} title={done.title} revSeq={done.revSeq} />}
      <div className="overflow-hidden rounded-lg border bg-surface">
        <DataTable
          label={t('agents:tabs.customers')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={query.data?.customers ?? []}
          rowId={(row) => row.id}
          rowHeight={44}
          state={useDataState(query)}
          empty={
            <EmptyState
              icon={<Building />}
              title={t('agents:customers.empty')}
              description={t('agents:customers.emptyNext')}
            />
          }
        />
      </div>
    </div>
  );
}
