import { Button } from '@sallyport/ui/button';
import { PageHeader } from '@sallyport/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import {
  CapabilitiesDocument,
  CreateEndpointDocument,
  EndpointDetailFragmentDoc,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { faultyField } from '../../lib/api-error.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery, useGqlMutation } from '../../lib/query.ts';
import { Composer } from './composer.tsx';
import { type Choices, type Draft, emptyDraft, isSame, previewOf, toInput } from './draft.ts';
import { EndpointTrail } from './endpoint-trail.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { SaveFault } from './save-fault.tsx';

/** A new endpoint, put together and seen before it exists. */
export function NewEndpointPage() {
  const query = useQuery(gqlQuery(CapabilitiesDocument, {}, { touches: ['server', 'approval'] }));
  return (
    <Page>
      <QueryGate query={query}>{({ capabilities }) => <Create choices={capabilities} />}</QueryGate>
    </Page>
  );
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}

const noFindings = new Map<string, never>();

function Create({ choices }: { readonly choices: Choices }) {
  const { t } = useTranslation(['endpoints', 'common']);
  const navigate = useNavigate();
  const canWrite = usePermission('catalog.write');
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const preview = useMemo(() => previewOf(draft, choices), [draft, choices]);
  const create = useGqlMutation(CreateEndpointDocument, {
    changes: ['endpoint', 'publication'],
    onDone: ({ createEndpoint: { endpoint, publication } }) => {
      const { id } = readFragment(EndpointDetailFragmentDoc, endpoint);
      void navigate({
        to: '/endpoints/$endpointId',
        params: { endpointId: id },
        search: { saved: publication.version },
        // What was typed is saved: nothing is left behind.
        ignoreBlocker: true,
      });
    },
  });
  // The slug follows the name until somebody writes one.
  function change(next: Draft) {
    const follows = draft.slug === slugOf(draft.name) && next.slug === draft.slug;
    setDraft(follows ? { ...next, slug: slugOf(next.name) } : next);
    create.reset();
  }
  const isSlugFault =
    faultyField(create.error)?.field === 'slug' || create.error?.details.reason === 'slug_taken';
  const isReady =
    draft.name.trim() !== '' && draft.slug !== '' && preview.faults === 0 && preview.plainFault === null;
  return (
    <>
      <PageHeader
        trail={<EndpointTrail />}
        title={t('endpoints:new.title')}
        description={t('endpoints:new.lead')}
        actions={
          <PermissionGate need="catalog.write">
            <Button
              variant="primary"
              isPending={create.isPending}
              disabled={!isReady}
              onClick={() => create.mutate({ slug: draft.slug, input: toInput(draft) })}
            >
              {t('endpoints:new.save')}
            </Button>
          </PermissionGate>
        }
      />
      <div className="flex flex-col gap-4">
        {create.error === null || isSlugFault ? null : <SaveFault error={create.error} />}
        <Composer
          choices={choices}
          draft={draft}
          preview={preview}
          findings={noFindings}
          isNew
          isReadOnly={!canWrite}
          slugFault={
            isSlugFault
              ? t(
                  create.error?.code === 'conflict'
                    ? 'endpoints:saveFault.slug_taken'
                    : 'endpoints:settings.slugFault',
                )
              : undefined
          }
          onChange={change}
        />
      </div>
      <LeaveGuard isDirty={!isSame(draft, emptyDraft)} />
    </>
  );
}
