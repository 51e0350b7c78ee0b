import { buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { cx } from '@sallyport/ui/cx';
import { KeyValues } from '@sallyport/ui/key-values';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { VetProgressFragmentDoc } from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { formatCount } from '../../lib/format.ts';
import { readAddress } from '../../parts/address.ts';
import { FindingsBadge } from '../../parts/badges.tsx';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import { PrivateOriginNote } from '../../parts/private-origin-note.tsx';
import { VetSteps } from '../../parts/vet-steps.tsx';
import { ConnectionSection } from './connection-section.tsx';
import { HealthSection } from './health-section.tsx';
import type { ServerDetail } from './server-page.tsx';

/** Where the server stands and what is known of it. */
export function OverviewTab({ server }: { readonly server: ServerDetail }) {
  return (
    <div className="flex flex-col gap-4">
      <Notices server={server} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <RunSection server={server} />
          <ReportSection server={server} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <FactsSection server={server} />
          <ConnectionSection server={server} />
          {server.state === 'PUBLISHED' ? <HealthSection serverId={server.id} /> : null}
        </div>
      </div>
    </div>
  );
}

function Notices({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation('server');
  const address = readAddress(server.url);
  const needsOperator = server.isPrivateOrigin && !server.privateOriginAllowed && address.kind !== 'invalid';
  return (
    <>
      {needsOperator ? <PrivateOriginNote origin={address.origin} /> : null}
      {server.state === 'VETTING_FAILED' ? (
        <Callout tone="block" title={t('failed.title')}>
          {t('failed.next')}
        </Callout>
      ) : null}
      {server.state === 'NEEDS_REVIEW' ? (
        <Callout
          tone="hold"
          title={t('review.title')}
          action={
            <Link to="/approvals" className={buttonClass()}>
              {t('review.action')}
            </Link>
          }
        >
          {t('review.next')}
        </Callout>
      ) : null}
    </>
  );
}

function RunSection({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation('server');
  const run = server.latestRun === null ? null : readFragment(VetProgressFragmentDoc, server.latestRun);
  const kind = run?.kind === 'recheck' ? 'recheck' : 'vet';
  return (
    <Section
      title={t('run.title')}
      aside={
        run === null ? null : (
          <>
            {t(`run.kind.${kind}`)}
            {run.startedAt === null ? null : <RelativeTime at={run.startedAt} />}
          </>
        )
      }
    >
      {run === null ? <p className="text-muted text-sm">{t('run.none')}</p> : <VetSteps run={run} />}
    </Section>
  );
}

function ReportSection({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation('server');
  const report = server.latestReport;
  if (report === null) {
    return (
      <Section title={t('report.title')}>
        <p className="text-muted text-sm">{t('report.none')}</p>
      </Section>
    );
  }
  const { id } = report;
  const findings = [...report.serverFindings, ...report.tools.flatMap((tool) => tool.findings)];
  return (
    <Section title={t('report.title')} aside={<RelativeTime at={report.at} />}>
      <p className="flex flex-wrap items-center gap-2">
        <GradeBadge grade={report.grade} />
        <FindingsBadge findings={findings} />
      </p>
      <ul className="mt-3 flex list-disc flex-col gap-1 ps-5 text-sm marker:text-faint">
        {report.gradeReasons.map((reason) => (
          <li key={reason}>
            <UntrustedText text={reason} />
          </li>
        ))}
      </ul>
      <Link to="/reports/$reportId" params={{ reportId: id }} className={cx(buttonClass(), 'mt-4')}>
        {t('report.open')}
      </Link>
      <EarlierReports reports={server.reports.filter((each) => each.id !== id)} />
    </Section>
  );
}

function EarlierReports({ reports }: { readonly reports: ServerDetail['reports'] }) {
  const { t } = useTranslation('server');
  if (reports.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 mb-1 text-faint text-xs">{t('report.history')}</h3>
      <ul className="flex flex-col">
        {reports.map((report) => (
          <li key={report.id}>
            <Link
              to="/reports/$reportId"
              params={{ reportId: report.id }}
              className="-mx-2 flex min-h-8 items-center gap-2 rounded-md px-2 text-sm hover:bg-hover"
            >
              <GradeBadge grade={report.grade} />
              <RelativeTime at={report.at} className="text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function FactsSection({ server }: { readonly server: ServerDetail }) {
  const { t } = useTranslation('server');
  return (
    <Section title={t('facts.title')}>
      <KeyValues
        items={[
          {
            id: 'url',
            label: t('facts.url'),
            value: <UntrustedText text={server.url} isMono className="text-xs" />,
          },
          {
            id: 'slug',
            label: t('facts.slug'),
            value: <UntrustedText text={server.slug} isMono className="text-xs" />,
          },
          { id: 'tools', label: t('facts.tools'), value: formatCount(server.toolCount) },
          {
            id: 'owner',
            label: t('facts.owner'),
            value: server.owner === null ? null : <UntrustedText text={server.owner.name} />,
          },
          { id: 'added', label: t('facts.added'), value: <RelativeTime at={server.createdAt} /> },
          {
            id: 'vetted',
            label: t('facts.vetted'),
            value: server.lastVettedAt === null ? null : <RelativeTime at={server.lastVettedAt} />,
          },
        ]}
      />
    </Section>
  );
}
