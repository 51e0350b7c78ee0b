import { buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { PageHeader } from '@sallyport/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { PoliciesPageDocument, PolicyRowFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { useDataState } from '../../lib/data-states.tsx';
import { usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { LiveOn } from '../../parts/live-on.tsx';
import { policyColumns } from './policy-columns.tsx';
import { Templates } from './templates.tsx';

const route = getRouteApi('/shell/policies');

function NewPolicy() {
  const { t } = useTranslation('policies');
  const canWrite = usePermission('policies.write');
  return canWrite ? (
    <Link to="/policies/new" className={buttonClass('primary')}>
      <Plus className="size-4" aria-hidden="true" />
      {t('new')}
    </Link>
  ) : null;
}

/** Who may call what: the list, and texts to start from. */
export function PoliciesPage() {
  const { t } = useTranslation(['policies', 'common']);
  const navigate = route.useNavigate();
  const query = useQuery(gqlQuery(PoliciesPageDocument, {}, { touches: ['policy'] }));
  const [published, setPublished] = useState<number | null>(null);
  const columns = useMemo(() => policyColumns(t, setPublished), [t]);
  const rows = useMemo(
    () => (query.data?.policies ?? []).map((policy) => readFragment(PolicyRowFragmentDoc, policy)),
    [query.data],
  );
  const allowsNothing =
    query.data !== undefined && !rows.some((row) => row.enabled && row.effect !== 'forbid');
  return (
    <Page>
      <PageHeader title={t('policies:title')} description={t('policies:lead')} actions={<NewPolicy />} />
      <div className="flex flex-col gap-4">
        {published === null ? null : (
          <LiveOn key={published} title={t('policies:published')} version={published} />
        )}
        {allowsNothing ? (
          <Callout tone="hold" title={t('policies:denyAll.title')}>
            {t('policies:denyAll.next')}
          </Callout>
        ) : null}
        <div className="overflow-hidden rounded-lg border bg-surface">
          <DataTable
            label={t('policies:table')}
            loadingLabel={t('common:loading')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            rowHeight={44}
            state={useDataState(query)}
            onOpen={(row) => void navigate({ to: '/policies/$policyId', params: { policyId: row.id } })}
            empty={
              <EmptyState
                icon={<ScrollText />}
                title={t('policies:empty.title')}
                description={t('policies:empty.next')}
              />
            }
          />
        </div>
        <Templates />
      </div>
    </Page>
  );
}
