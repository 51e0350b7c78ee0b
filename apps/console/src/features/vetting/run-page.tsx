import { buttonClass } from '@sallyport/ui/button';
import { PageHeader } from '@sallyport/ui/page-header';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { VetProgressFragmentDoc, VetRunPageDocument, type VetRunPageQuery } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import { VetSteps } from '../../parts/vet-steps.tsx';
import { ServerTrail } from './server-trail.tsx';

type Run = NonNullable<VetRunPageQuery['vetRun']>;

const route = getRouteApi('/shell/runs/$runId');
const pollMs = 1000;

/** One vetting while it runs; ends at its report. */
export function RunPage() {
  const { t } = useTranslation('vetting');
  const { runId } = route.useParams();
  const query = useQuery({
    ...gqlQuery(VetRunPageDocument, { id: runId }, { touches: ['vet'] }),
    // Steps may come faster than events: while it runs, it is also asked.
    refetchInterval: ({ state }) => {
      const run = state.data?.vetRun;
      const now = run ? readFragment(VetProgressFragmentDoc, run).state : null;
      return now === 'QUEUED' || now === 'RUNNING' ? pollMs : false;
    },
  });
  return (
    <Page width="reading">
      <QueryGate query={query}>
        {({ vetRun }) =>
          vetRun === null ? (
            <p className="text-muted text-sm">{t('run.notFound')}</p>
          ) : (
            <RunView run={vetRun} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function RunView({ run }: { readonly run: Run }) {
  const { t } = useTranslation('vetting');
  const progress = readFragment(VetProgressFragmentDoc, run);
  return (
    <>
      <PageHeader
        trail={<ServerTrail server={run.server} />}
        title={t(progress.kind === 'recheck' ? 'run.recheck' : 'run.title')}
        description={t(`run.state.${progress.state}`)}
        meta={run.report === null ? null : <GradeBadge grade={run.report.grade} />}
        actions={
          run.report === null ? null : (
            <Link
              to="/reports/$reportId"
              params={{ reportId: run.report.id }}
              className={buttonClass('primary')}
            >
              {t('run.read')}
            </Link>
          )
        }
      />
      <Section title={<UntrustedText text={run.server.name} />}>
        <VetSteps run={progress} />
      </Section>
    </>
  );
}
