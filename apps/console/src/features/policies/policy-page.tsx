import { PageHeader } from '@sallyport/ui/page-header';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import {
  PolicyPageDocument,
  type PolicyRowFragment,
  PolicyRowFragmentDoc,
  UpdatePolicyDocument,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { formatCount } from '../../lib/format.ts';
import { gqlQuery, invalidateTouching, useGqlMutation } from '../../lib/query.ts';
import { LiveOn } from '../../parts/live-on.tsx';
import { EditConflict } from './edit-conflict.tsx';
import { EffectBadge } from './effect-badge.tsx';
import { PolicyActions } from './policy-actions.tsx';
import { type PolicyDraft, PolicyForm } from './policy-form.tsx';
import { PolicyTrail } from './policy-trail.tsx';
import { SaveFault } from './save-fault.tsx';

const route = getRouteApi('/shell/policies/$policyId');

/** One policy: its text, and what the last save did. */
export function PolicyPage() {
  const { t } = useTranslation('policies');
  const { policyId } = route.useParams();
  const query = useQuery(gqlQuery(PolicyPageDocument, { id: policyId }, { touches: ['policy'] }));
  return (
    <Page>
      <QueryGate query={query}>
        {({ policy }) =>
          policy === null ? (
            <p className="text-muted text-sm">{t('notFound')}</p>
          ) : (
            <Edit key={policyId} stored={readFragment(PolicyRowFragmentDoc, policy)} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function toDraft({ name, text, enabled }: PolicyRowFragment): PolicyDraft {
  return { name, text, enabled };
}

function isSame(a: PolicyDraft, b: PolicyDraft): boolean {
  return a.name === b.name && a.text === b.text && a.enabled === b.enabled;
}

function Edit({ stored }: { readonly stored: PolicyRowFragment }) {
  const { t } = useTranslation('policies');
  const { saved } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  /** What the draft was made from: the server takes an edit only of the version that was read. */
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState<PolicyDraft>(() => toDraft(stored));
  const follow = (version: number) => void navigate({ search: { saved: version }, replace: true });
  const update = useGqlMutation(UpdatePolicyDocument, {
    changes: ['policy', 'publication'],
    onDone: ({ updatePolicy: { policy, publication } }) => {
      const row = readFragment(PolicyRowFragmentDoc, policy);
      setBase(row);
      setDraft(toDraft(row));
      follow(publication.version);
    },
  });
  const isNewer = stored.version > base.version;
  const isUntouched = isSame(draft, toDraft(base));
  if (isNewer && isUntouched) {
    setBase(stored);
    setDraft(toDraft(stored));
  }
  const isConflict = isNewer && !isUntouched;
  const isNameTaken = update.error?.code === 'conflict' && update.error.details.now === undefined;
  function take(theirs: boolean) {
    setBase(stored);
    if (theirs) setDraft(toDraft(stored));
    update.reset();
  }
  return (
    <>
      <PageHeader
        trail={<PolicyTrail />}
        title={<UntrustedText text={stored.name} />}
        meta={
          <>
            <EffectBadge effect={stored.effect} />
            <StatusBadge tone={stored.enabled ? 'accent' : 'neutral'}>
              {t(stored.enabled ? 'enabled' : 'disabled')}
            </StatusBadge>
          </>
        }
        description={<Facts policy={stored} />}
        actions={
          <PolicyActions
            policy={stored}
            onPublished={follow}
            onDeleted={() => void navigate({ to: '/policies' })}
          />
        }
      />
      <PolicyForm
        draft={draft}
        onChange={setDraft}
        onSave={() =>
          update.mutate(
            { id: base.id, version: base.version, input: { ...draft, name: draft.name.trim() } },
            // Refused because somebody was faster: what they saved is shown beside this text.
            { onError: () => void invalidateTouching(client, ['policy']) },
          )
        }
        isSaving={update.isPending}
        isUnchanged={isUntouched || isConflict}
        nameError={isNameTaken ? t('form.nameTaken') : undefined}
        saveLabel={t('form.save')}
      >
        {saved === undefined ? null : <LiveOn key={saved} title={t('savedAs')} version={saved} />}
        {isConflict ? (
          <EditConflict
            stored={stored}
            mine={draft.text}
            onTheirs={() => take(true)}
            onMine={() => take(false)}
          />
        ) : null}
        {update.error === null || isNameTaken || isConflict ? null : <SaveFault error={update.error} />}
      </PolicyForm>
    </>
  );
}

function Facts({ policy }: { readonly policy: PolicyRowFragment }) {
  const { t } = useTranslation('policies');
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>{t('version', { version: policy.version })}</span>
      <span>
        {t('changed')} <RelativeTime at={policy.updatedAt} />{' '}
        {policy.updatedBy === null ? null : <UntrustedText text={t('by', { name: policy.updatedBy })} />}
      </span>
      <span>
        {policy.hits7d > 0
          ? t('hits', { count: policy.hits7d, hits: formatCount(policy.hits7d) })
          : t('neverHit')}
      </span>
    </span>
  );
}
