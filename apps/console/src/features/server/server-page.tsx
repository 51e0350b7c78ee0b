import { PageHeader } from '@sallyport/ui/page-header';
import { Tabs } from '@sallyport/ui/tabs';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { ServerPageDocument, type ServerPageQuery } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { ServerBadge } from '../../parts/badges.tsx';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import { ActivityTab } from './activity-tab.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PinsTab } from './pins-tab.tsx';
import { ServerActions } from './server-actions.tsx';
import { ToolsTab } from './tools-tab.tsx';

export type ServerDetail = NonNullable<ServerPageQuery['server']>;

const route = getRouteApi('/shell/catalog/$serverId');

/** One server: where it stands, its tools, what was approved, what changed, who calls it. */
export function ServerPage() {
  const { t } = useTranslation('server');
  const { serverId } = route.useParams();
  const query = useQuery(
    gqlQuery(ServerPageDocument, { id: serverId }, { touches: ['server', 'vet', 'approval', 'publication'] }),
  );
  return (
    <Page>
      <QueryGate query={query}>
        {({ server }) =>
          server === null ? <p className="text-muted text-sm">{t('notFound')}</p> : <Detail server={server} />
        }
      </QueryGate>
    </Page>
  );
}

function Detail({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation('server');
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader
        trail={
          <>
            <Link to="/catalog" className="hover:text-ink hover:underline">
              {t('trail')}
            </Link>
            <ChevronRight className="size-3" aria-hidden="true" />
          </>
        }
        title={<UntrustedText text={server.name} />}
        meta={
          <>
            <ServerBadge state={server.state} hasDrift={server.hasDrift} />
            {server.grade === null ? null : <GradeBadge grade={server.grade} />}
          </>
        }
        description={<UntrustedText text={server.url} isMono className="text-xs" />}
        actions={<ServerActions server={server} />}
      />
      <Tabs
        label={t('tabs.label')}
        value={tab}
        onChange={(value) => void navigate({ search: { tab: value }, replace: true })}
        items={[
          { value: 'overview', label: t('tabs.overview'), content: <OverviewTab server={server} /> },
          {
            value: 'tools',
            label: t('tabs.tools'),
            count: server.tools.length,
            content: <ToolsTab server={server} />,
          },
          { value: 'pins', label: t('tabs.pins'), content: <PinsTab server={server} /> },
          {
            value: 'changes',
            label: t('tabs.changes'),
            count: server.changes.length,
            content: <ChangesTab changes={server.changes} />,
          },
          { value: 'activity', label: t('tabs.activity'), content: <ActivityTab serverId={server.id} /> },
        ]}
      />
    </>
  );
}
