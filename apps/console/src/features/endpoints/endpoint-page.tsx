import { Badge } from '@sallyport/ui/badge';
import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { PageHeader } from '@sallyport/ui/page-header';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import {
  CapabilitiesDocument,
  type EndpointDetailFragment,
  EndpointDetailFragmentDoc,
  EndpointPageDocument,
  UpdateEndpointDocument,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { gqlQuery, invalidateTouching, useGqlMutation } from '../../lib/query.ts';
import { LiveOn } from '../../parts/live-on.tsx';
import { Composer } from './composer.tsx';
import { DeleteEndpoint } from './delete-endpoint.tsx';
import { type Choices, type Draft, isSame, previewOf, toDraft, toInput } from './draft.ts';
import { EndpointAccess } from './endpoint-access.tsx';
import { EndpointTrail } from './endpoint-trail.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { SaveFault } from './save-fault.tsx';

const route = getRouteApi('/shell/endpoints/$endpointId');

/** One endpoint: what there is, what agents see, and how far the last save is live. */
export function EndpointPage() {
  const { t } = useTranslation('endpoints');
  const { endpointId } = route.useParams();
  const touches = ['endpoint', 'agent'] as const;
  const endpoint = useQuery(gqlQuery(EndpointPageDocument, { id: endpointId }, { touches }));
  const choices = useQuery(gqlQuery(CapabilitiesDocument, {}, { touches: ['server', 'approval'] }));
  return (
    <Page>
      <QueryGate query={endpoint}>
        {({ endpoint: found }) =>
          found === null ? (
            <p className="text-muted text-sm">{t('notFound')}</p>
          ) : (
            <QueryGate query={choices}>
              {({ capabilities }) => (
                <Edit
                  key={endpointId}
                  stored={readFragment(EndpointDetailFragmentDoc, found)}
                  choices={capabilities}
                />
              )}
            </QueryGate>
          )
        }
      </QueryGate>
    </Page>
  );
}

/** The draft, the state it was made from, and what to do when somebody else saved first. */
function useDraft(stored: EndpointDetailFragment) {
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState<Draft>(() => toDraft(stored));
  const isNewer = stored.revision !== base.revision;
  const isUntouched = isSame(draft, toDraft(base));
  // One's own save may be heard of before it is answered: what is stored then is what was drawn up.
  if (isNewer && (isUntouched || isSame(draft, toDraft(stored)))) {
    setBase(stored);
    setDraft(toDraft(stored));
  }
  return {
    base,
    draft,
    setDraft,
    isUntouched,
    isConflict: isNewer && !isUntouched,
    rebase: (to: EndpointDetailFragment, isMine: boolean) => {
      setBase(to);
      if (!isMine) setDraft(toDraft(to));
    },
  };
}

interface EditProps {
  readonly stored: EndpointDetailFragment;
  readonly choices: Choices;
}

function Edit({ stored, choices }: EditProps) {
  const { t } = useTranslation('endpoints');
  const { saved } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const canWrite = usePermission('catalog.write');
  const { base, draft, setDraft, isUntouched, isConflict, rebase } = useDraft(stored);
  const preview = useMemo(() => previewOf(draft, choices), [draft, choices]);
  const findings = useMemo(() => new Map(stored.items.map((item) => [item.toolId, item.findings])), [stored]);
  const update = useGqlMutation(UpdateEndpointDocument, {
    changes: ['endpoint', 'publication'],
    onDone: ({ updateEndpoint: { endpoint, publication } }) => {
      rebase(readFragment(EndpointDetailFragmentDoc, endpoint), false);
      void navigate({ search: { saved: publication.version }, replace: true });
    },
  });
  const isReady =
    draft.name.trim() !== '' &&
    preview.faults === 0 &&
    preview.plainFault === null &&
    !isUntouched &&
    !isConflict;
  const save = () =>
    update.mutate(
      { id: base.id, revision: base.revision, input: toInput(draft) },
      // Refused because somebody was faster: what they saved is fetched, and the choice is offered.
      { onError: () => void invalidateTouching(client, ['endpoint']) },
    );
  return (
    <>
      <PageHeader
        trail={<EndpointTrail />}
        title={<UntrustedText text={stored.name} />}
        meta={isUntouched ? null : <Badge tone="hold">{t('unsaved')}</Badge>}
        actions={
          <>
            <DeleteEndpoint
              endpoint={stored}
              onDeleted={() => void navigate({ to: '/endpoints', ignoreBlocker: true })}
            />
            {isUntouched ? null : <Button onClick={() => setDraft(toDraft(base))}>{t('discard')}</Button>}
            <PermissionGate need="catalog.write">
              <Button variant="primary" isPending={update.isPending} disabled={!isReady} onClick={save}>
                {t('save')}
              </Button>
            </PermissionGate>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {saved === undefined ? null : <LiveOn key={saved} title={t('saved')} version={saved} />}
        {isConflict ? (
          <Conflict onTheirs={() => rebase(stored, false)} onMine={() => rebase(stored, true)} />
        ) : null}
        {update.error === null || isConflict || update.error.details.reason === 'changed' ? null : (
          <SaveFault error={update.error} />
        )}
        <EndpointAccess endpoint={stored} />
        <Composer
          choices={choices}
          draft={draft}
          preview={preview}
          findings={findings}
          isNew={false}
          isReadOnly={!canWrite}
          onChange={setDraft}
        />
      </div>
      <LeaveGuard isDirty={!isUntouched} />
    </>
  );
}

interface ConflictProps {
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

function Conflict({ onTheirs, onMine }: ConflictProps) {
  const { t } = useTranslation('endpoints');
  return (
    <Callout
      tone="hold"
      title={t('conflict.title')}
      action={
        <span className="flex flex-wrap gap-2">
          <Button onClick={onTheirs}>{t('conflict.theirs')}</Button>
          <Button onClick={onMine}>{t('conflict.mine')}</Button>
        </span>
      }
    >
      {t('conflict.next')}
    </Callout>
  );
}
