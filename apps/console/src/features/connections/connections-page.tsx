import { PageHeader } from '@sallyport/ui/page-header';
import { Pulse } from '@sallyport/ui/pulse';
import { Tabs } from '@sallyport/ui/tabs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { OpenConnectionsDocument } from '../../generated/graphql.ts';
import { gqlQuery } from '../../lib/query.ts';
import { reportPollMs, useUpstreamHealth } from '../../parts/use-upstream-health.ts';
import { AgentsSide } from './agents-side.tsx';
import { UpstreamsSide } from './upstreams-side.tsx';

const route = getRouteApi('/shell/connections');

/** Both sides of the gateway at this moment: who holds a line open to us, and whether the servers behind us answer. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const { tab = 'agents' } = route.useSearch();
  const navigate = route.useNavigate();
  const connections = useQuery({
    ...gqlQuery(OpenConnectionsDocument, {}, { touches: ['agent', 'publication'], staleTimeMs: 0 }),
    refetchInterval: reportPollMs,
  });
  const health = useUpstreamHealth();
  const troubled = health.data?.upstreamHealth.filter(
    ({ state }) => state === 'DOWN' || state === 'DEGRADED',
  );
  return (
    <Page>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        meta={
          <span className="inline-flex items-center gap-1.5 text-muted text-xs">
            <Pulse /> {t('live')}
          </span>
        }
      />
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(value) => void navigate({ search: { tab: value }, replace: true })}
        items={[
          {
            value: 'agents',
            label: t('tab.agents'),
            count: connections.data?.openConnections.streamCount,
            content: <AgentsSide query={connections} />,
          },
          {
            value: 'upstreams',
            label: t('tab.upstreams'),
            count: troubled === undefined || troubled.length === 0 ? undefined : troubled.length,
            content: <UpstreamsSide query={health} />,
          },
        ]}
      />
    </Page>
  );
}
