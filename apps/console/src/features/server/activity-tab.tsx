import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CallRowFragmentDoc, ServerActivityDocument } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { useCallColumns } from '../../parts/call-columns.tsx';

/** The newest calls to this server. */
export function ActivityTab({ serverId }: { readonly serverId: string }) {
  const { t } = useTranslation(['server', 'common']);
  const navigate = useNavigate();
  const query = useQuery(gqlQuery(ServerActivityDocument, { serverId }, { touches: ['call'] }));
  const columns = useCallColumns();
  const rows = useMemo(
    () => query.data?.calls.nodes.map((node) => readFragment(CallRowFragmentDoc, node)) ?? [],
    [query.data],
  );
  return (
    <>
      <p className="mb-3 text-sm">
        <Link to="/calls" search={{ server: serverId }} className="text-accent hover:underline">
          {t('server:activity.all')}
        </Link>
      </p>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <DataTable
          label={t('server:tabs.activity')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          state={useDataState(query)}
          empty={<EmptyState title={t('server:activity.none')} />}
          onOpen={(row) => void navigate({ to: '/calls', search: { server: serverId, open: row.id } })}
        />
      </div>
    </>
  );
}
