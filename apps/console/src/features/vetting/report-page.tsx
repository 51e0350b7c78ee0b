import { Digest } from '@sallyport/ui/digest';
import { PageHeader } from '@sallyport/ui/page-header';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import {
  FindingMarkFragmentDoc,
  ReportSurroundingsDocument,
  VetReportPageDocument,
  type VetReportPageQuery,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { FindingsBadge } from '../../parts/badges.tsx';
import { FindingLine } from '../../parts/finding-line.tsx';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import { Checks } from './checks.tsx';
import { ReportHistory, ReportNotices } from './report-context.tsx';
import { ReportFacts } from './report-facts.tsx';
import { ReportTools } from './report-tools.tsx';
import { ServerTrail } from './server-trail.tsx';

export type Report = NonNullable<VetReportPageQuery['vetReport']>;

const route = getRouteApi('/shell/reports/$reportId');

/** What the vetting saw: the grade with its reasons, and the evidence in the text itself. */
export function ReportPage() {
  const { t } = useTranslation('vetting');
  const { reportId } = route.useParams();
  // A report never changes.
  const query = useQuery(
    gqlQuery(VetReportPageDocument, { id: reportId }, { touches: [], staleTimeMs: Number.POSITIVE_INFINITY }),
  );
  return (
    <Page>
      <QueryGate query={query}>
        {({ vetReport }) =>
          vetReport === null ? (
            <p className="text-muted text-sm">{t('report.notFound')}</p>
          ) : (
            <ReportView report={vetReport} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function ReportView({ report }: { readonly report: Report }) {
  const { t } = useTranslation(['vetting', 'common']);
  const serverFindings = readFragment(FindingMarkFragmentDoc, report.serverFindings);
  const inTools = report.tools.flatMap((tool) => readFragment(FindingMarkFragmentDoc, tool.findings));
  const surroundings = useQuery(
    gqlQuery(
      ReportSurroundingsDocument,
      { serverId: report.server.id },
      { touches: ['vet', 'approval', 'server'] },
    ),
  ).data;
  return (
    <>
      <PageHeader
        trail={<ServerTrail server={report.server} />}
        title={t('vetting:report.title')}
        meta={
          <>
            <GradeBadge grade={report.grade} />
            <FindingsBadge findings={[...serverFindings, ...inTools]} />
          </>
        }
        description={
          <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
            <UntrustedText text={report.server.name} />
            <RelativeTime at={report.at} />
            <Digest value={report.digest} copyLabel={t('common:copy')} copiedLabel={t('common:copied')} />
          </span>
        }
      />
      <ReportNotices report={report} surroundings={surroundings} />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title={t('vetting:report.grade', { grade: report.grade })}>
            <ul className="flex list-disc flex-col gap-1 ps-5 text-base marker:text-faint">
              {report.gradeReasons.map((reason) => (
                <li key={reason} className="max-w-[75ch]">
                  <UntrustedText text={reason} />
                </li>
              ))}
            </ul>
          </Section>
          {serverFindings.length === 0 ? null : (
            <Section title={t('vetting:report.serverFindings')}>
              <ul className="flex flex-col gap-3">
                {serverFindings.map((finding) => (
                  <FindingLine
                    key={`${finding.code}-${finding.path}-${finding.start}`}
                    finding={finding}
                    hasExcerpt
                  />
                ))}
              </ul>
            </Section>
          )}
          <ReportTools tools={report.tools} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Checks checks={report.checks} />
          <ReportFacts report={report} />
          <ReportHistory report={report} surroundings={surroundings} />
        </div>
      </div>
    </>
  );
}
