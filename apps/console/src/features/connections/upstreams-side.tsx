import { Callout } from '@sallyport/ui/callout';
import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Server } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpstreamHealthQuery } from '../../generated/graphql.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { useDataState } from '../../lib/data-states.tsx';
import type { UpstreamHealth } from '../../parts/use-upstream-health.ts';
import { upstreamColumns } from './upstream-columns.tsx';

/** Every server behind the gateway: who is down now, and for which endpoints that matters. */
export function UpstreamsSide({ query }: { readonly query: UseQueryResult<UpstreamHealthQuery, ApiError> }) {
  const { t } = useTranslation(['connections', 'common', 'parts']);
  const navigate = useNavigate();
  const columns = useMemo(() => upstreamColumns(t), [t]);
  const rows = query.data?.upstreamHealth ?? [];
  const down = rows.filter(({ state }) => state === 'DOWN');
  return (
    <div className="flex flex-col gap-4">
      {down.map((health) => (
        <Down key={health.server.id} health={health} />
      ))}
      <Section title={t('connections:upstreams.title')} description={t('connections:upstreams.lead')} isFlush>
        <DataTable
          label={t('connections:upstreams.title')}
          loadingLabel={t('common:loading')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.server.id}
          rowHeight={44}
          state={useDataState(query)}
          onOpen={(row) => void navigate({ to: '/catalog/$serverId', params: { serverId: row.server.id } })}
          empty={
            <EmptyState
              icon={<Server />}
              title={t('connections:upstreams.empty')}
              description={t('connections:upstreams.emptyNext')}
            />
          }
        />
      </Section>
    </div>
  );
}

function Down({ health }: { readonly health: UpstreamHealth }) {
  const { t } = useTranslation('connections');
  const endpoints = health.endpoints.map(({ name }) => name).join(', ');
  return (
    <Callout tone="block" title={<UntrustedText text={t('upstreams.down', { name: health.server.name })} />}>
      <UntrustedText
        text={endpoints === '' ? t('upstreams.downNowhere') : t('upstreams.downFor', { endpoints })}
      />
    </Callout>
  );
}
