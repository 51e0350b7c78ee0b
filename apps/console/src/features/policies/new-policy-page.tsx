import { Callout } from '@sallyport/ui/callout';
import { PageHeader } from '@sallyport/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { CreatePolicyDocument, PolicyRowFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { type PolicyDraft, PolicyForm } from './policy-form.tsx';
import { PolicyTrail } from './policy-trail.tsx';
import { SaveFault } from './save-fault.tsx';
import { templatesQuery } from './templates.tsx';

const route = getRouteApi('/shell/policies/new');
const blank = 'permit(\n  principal,\n  action,\n  resource\n);\n';

/** A new policy, from a template or from the smallest text. */
export function NewPolicyPage() {
  const { t } = useTranslation('policies');
  const { template } = route.useSearch();
  const query = useQuery(templatesQuery);
  return (
    <Page>
      <PageHeader trail={<PolicyTrail />} title={t('newTitle')} />
      <QueryGate query={query}>
        {({ policyTemplates }) => {
          const chosen = policyTemplates.find((each) => each.id === template);
          return (
            <Create
              key={template}
              start={{ name: chosen?.title ?? '', text: chosen?.text ?? blank, enabled: true }}
            />
          );
        }}
      </QueryGate>
    </Page>
  );
}

function Create({ start }: { readonly start: PolicyDraft }) {
  const { t } = useTranslation('policies');
  const navigate = route.useNavigate();
  const [draft, setDraft] = useState(start);
  const create = useGqlMutation(CreatePolicyDocument, {
    changes: ['policy', 'publication'],
    onDone: ({ createPolicy: { policy, publication } }) => {
      const policyId = readFragment(PolicyRowFragmentDoc, policy).id;
      void navigate({
        to: '/policies/$policyId',
        params: { policyId },
        search: { saved: publication.version },
        replace: true,
      });
    },
  });
  const isNameTaken = create.error?.code === 'conflict';
  return (
    <PolicyForm
      draft={draft}
      onChange={setDraft}
      onSave={() => create.mutate({ input: { ...draft, name: draft.name.trim() } })}
      isSaving={create.isPending}
      isUnchanged={false}
      nameError={isNameTaken ? t('form.nameTaken') : undefined}
      saveLabel={t(draft.enabled ? 'form.createLive' : 'form.create')}
    >
      {create.error === null || isNameTaken ? null : <SaveFault error={create.error} />}
      <Callout title={t('form.defaultDeny')}>{t('form.defaultDenyNext')}</Callout>
    </PolicyForm>
  );
}
