import { Callout } from '@sallyport/ui/callout';
import { PageHeader } from '@sallyport/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { InspectorPageDocument, type InspectorPageQuery } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { CapabilityList } from './capability-list.tsx';
import { CapabilityPane } from './capability-pane.tsx';
import { TargetBar } from './target-bar.tsx';
import { useCapabilities } from './use-capabilities.ts';
import { useRuns } from './use-runs.ts';

const route = getRouteApi('/shell/inspector');

/** Tries what an endpoint offers, as one of the tenant's agents, through the real gateway. */
export function InspectorPage() {
  const { t } = useTranslation('inspector');
  const mayInspect = usePermission('agents.write');
  const query = useQuery(gqlQuery(InspectorPageDocument, {}, { touches: ['server', 'agent'] }));
  return (
    <Page>
      <PageHeader title={t('title')} description={t('lead')} />
      {mayInspect ? (
        <QueryGate query={query}>{(data) => <Inspector data={data} />}</QueryGate>
      ) : (
        <Callout tone="hold" title={t('locked')}>
          {t('lockedNext')}
        </Callout>
      )}
    </Page>
  );
}

function Inspector({ data }: { readonly data: InspectorPageQuery }) {
  const { t } = useTranslation('inspector');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { kind = 'tool' } = search;
  const agents = data.agents.nodes.filter(({ state }) => state === 'ACTIVE');
  const endpoint = data.endpoints.find(({ id }) => id === search.endpoint) ?? data.endpoints[0];
  const agent = agents.find(({ id }) => id === search.agent) ?? agents[0];
  const target = endpoint && agent ? { endpointId: endpoint.id, agentId: agent.id } : null;
  const list = useCapabilities(target, kind);
  const runs = useRuns();
  const open = list.data?.find(({ name }) => name === search.item);
  const go = (next: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...next }, replace: true });
  if (target === null) {
    return (
      <Callout tone="hold" title={t('noAgent')}>
        <Link to="/agents" className="text-accent hover:underline">
          {t('noAgentNext')}
        </Link>
      </Callout>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <TargetBar
        endpoints={data.endpoints}
        agents={agents}
        target={target}
        onEndpoint={(id) => go({ endpoint: id, item: undefined })}
        onAgent={(id) => go({ agent: id })}
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
        <CapabilityList
          kind={kind}
          list={list}
          openName={search.item ?? null}
          onKind={(next) => go({ kind: next, item: undefined })}
          onOpen={(name) => go({ item: name })}
        />
        <CapabilityPane
          key={`${target.endpointId} ${target.agentId} ${kind} ${open?.name}`}
          capability={open ?? null}
          missing={list.data !== undefined && open === undefined ? (search.item ?? null) : null}
          target={target}
          runs={runs}
        />
      </div>
    </div>
  );
}
