import { Button, buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Pulse } from '@sallyport/ui/pulse';
import { Spinner } from '@sallyport/ui/spinner';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  FirstRunInboxDocument,
  FirstRunPublicationDocument,
  type FirstRunServerQuery,
  VetProgressFragmentDoc,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { VetSteps } from '../../parts/vet-steps.tsx';
import { ApproveTools } from './approve-tools.tsx';
import type { FirstServerQuery } from './use-first-server.ts';

type Server = NonNullable<FirstRunServerQuery['server']>;

export interface ReviewStepProps {
  readonly query: FirstServerQuery;
  readonly onOther: () => void;
}

/** Vetting as it runs, then the decision, on the same screen. */
export function ReviewStep({ query, onOther }: ReviewStepProps) {
  const { t } = useTranslation('firstRun');
  return (
    <QueryGate query={query}>
      {({ server }) =>
        server === null ? (
          <Button onClick={onOther}>{t('vet.other')}</Button>
        ) : (
          <div className="flex flex-col gap-4">
            <Progress server={server} />
            {server.state === 'VETTING_FAILED' ? <Failed server={server} onOther={onOther} /> : null}
            {server.state === 'NEEDS_REVIEW' ? <Review serverId={server.id} /> : null}
            {server.state === 'PUBLISHED' || server.state === 'APPROVED' ? <Published /> : null}
          </div>
        )
      }
    </QueryGate>
  );
}

function Progress({ server }: { readonly server: Server }) {
  if (server.latestRun === null || server.state === 'PUBLISHED') return null;
  return (
    <div className="rounded-lg border bg-surface p-4">
      <VetSteps run={readFragment(VetProgressFragmentDoc, server.latestRun)} />
    </div>
  );
}

function Failed({ server, onOther }: { readonly server: Server; readonly onOther: () => void }) {
  const { t } = useTranslation('firstRun');
  return (
    <Callout
      tone="block"
      title={t('vet.failedTitle')}
      action={
        <span className="flex gap-2">
          <Link to="/catalog/$serverId" params={{ serverId: server.id }} className={buttonClass()}>
            {t('vet.open')}
          </Link>
          <Button onClick={onOther}>{t('vet.other')}</Button>
        </span>
      }
    >
      {t('vet.failedNext')}
    </Callout>
  );
}

function Review({ serverId }: { readonly serverId: string }) {
  const { t } = useTranslation('firstRun');
  const inbox = useQuery(gqlQuery(FirstRunInboxDocument, {}, { touches: ['approval', 'vet', 'server'] }));
  return (
    <QueryGate query={inbox}>
      {(data) => {
        const approval = data.inbox.nodes.find(
          (each) => each.kind === 'SERVER' && each.server.id === serverId,
        );
        if (approval !== undefined) return <ApproveTools key={approval.id} approval={approval} />;
        return (
          <p className="flex items-center gap-2 text-muted text-sm">
            <Spinner /> {t('review.waiting')}
          </p>
        );
      }}
    </QueryGate>
  );
}

function Published() {
  const { t } = useTranslation('firstRun');
  const publication = useQuery(gqlQuery(FirstRunPublicationDocument, {}, { touches: ['publication'] })).data
    ?.publication;
  if (publication === undefined) return null;
  const counts = { live: publication.workersLive, total: publication.workersTotal };
  const isWhole = counts.live === counts.total && counts.total > 0;
  return (
    <p role="status" className="flex items-center gap-2 text-sm">
      <Pulse tone={isWhole ? 'allow' : 'hold'} isStill={isWhole} />
      {isWhole ? t('review.published', counts) : t('review.publishing', counts)}
    </p>
  );
}
