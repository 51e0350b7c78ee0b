import { CopyButton } from '@sallyport/ui/copy-button';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Field } from '@sallyport/ui/field';
import { PageHeader } from '@sallyport/ui/page-header';
import { Section } from '@sallyport/ui/section';
import { Select } from '@sallyport/ui/select';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { ConnectPageDocument, type ConnectPageQuery } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { ConnectRecipes } from '../../parts/connect/connect-recipes.tsx';
import { KeyStep, type MadeKey } from './key-step.tsx';

const route = getRouteApi('/shell/connect');

/** How any client reaches an endpoint, with everything filled in. */
export function ConnectPage() {
  const { t } = useTranslation('connect');
  const query = useQuery(gqlQuery(ConnectPageDocument, {}, { touches: ['server', 'agent'] }));
  return (
    <Page width="reading">
      <PageHeader title={t('title')} description={t('lead')} />
      <QueryGate query={query}>
        {(data) =>
          data.endpoints.length === 0 ? (
            <EmptyState icon={<Plug />} title={t('noEndpoint')} />
          ) : (
            <Connect data={data} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function Connect({ data }: { readonly data: ConnectPageQuery }) {
  const { t } = useTranslation(['connect', 'common']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [made, setMade] = useState<MadeKey | null>(null);
  const endpoint = data.endpoints.find(({ id }) => id === search.endpoint) ?? data.endpoints[0];
  if (endpoint === undefined) return null;
  // A key that was made for one endpoint is not shown in the recipes of another.
  const secret = made?.endpointId === endpoint.id ? made.secret : null;
  return (
    <div className="flex flex-col gap-4">
      <Section title={t('connect:where')}>
        <div className="flex flex-col gap-3">
          <Field label={t('connect:endpoint')}>
            <Select
              value={endpoint.id}
              options={data.endpoints.map((each) => ({
                value: each.id,
                label: <UntrustedText text={each.name} />,
              }))}
              onChange={(id) => void navigate({ search: { ...search, endpoint: id }, replace: true })}
              className="sm:max-w-sm"
            />
          </Field>
          <p className="flex flex-wrap items-center gap-2 text-sm">
            <code className="break-all font-mono text-xs">{endpoint.url}</code>
            <CopyButton text={endpoint.url} label={t('common:copy')} copiedLabel={t('common:copied')} />
          </p>
        </div>
      </Section>
      <KeyStep
        key={endpoint.id}
        endpointId={endpoint.id}
        agents={data.agents.nodes.filter(({ state }) => state === 'ACTIVE')}
        agentId={search.agent}
        made={made?.endpointId === endpoint.id ? made : null}
        onMade={setMade}
      />
      <Section title={t('connect:how')} description={t(secret === null ? 'connect:blank' : 'connect:filled')}>
        <ConnectRecipes
          url={endpoint.url}
          secret={secret}
          client={search.client}
          onClient={(client) => void navigate({ search: { ...search, client }, replace: true })}
        />
      </Section>
    </div>
  );
}
