import { buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { Section } from '@sallyport/ui/section';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReportSurroundingsQuery } from '../../generated/graphql.ts';
import { GradeBadge } from '../../parts/grade-badge.tsx';
import type { Report } from './report-page.tsx';

export interface SurroundedProps {
  readonly report: Report;
  /** Unknown until they have arrived; the report itself needs none of it. */
  readonly surroundings: ReportSurroundingsQuery | undefined;
}

/** What waits because of this report, and whether a newer one exists. */
export function ReportNotices({ report, surroundings }: SurroundedProps) {
  const { t } = useTranslation('vetting');
  const server = surroundings?.server;
  if (!server) return null;
  const run = server.latestRun;
  const isRunning = run?.state === 'QUEUED' || run?.state === 'RUNNING';
  const newest = server.reports.reduce<Report['id'] | null>((found, each) => {
    const isNewer = Date.parse(each.at) > Date.parse(report.at);
    return isNewer ? each.id : found;
  }, null);
  const open = surroundings.inbox.nodes.find(
    (item) => item.report?.id === report.id || (item.server.id === report.server.id && item.report === null),
  );
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {open ? (
        <Callout
          tone="hold"
          title={t('notice.open')}
          action={
            <Link
              to="/approvals/$approvalId"
              params={{ approvalId: open.id }}
              className={buttonClass('primary')}
            >
              {t('notice.decide')}
            </Link>
          }
        />
      ) : null}
      {isRunning && run ? (
        <Callout
          tone="accent"
          title={t('notice.running')}
          action={
            <Link to="/runs/$runId" params={{ runId: run.id }} className={buttonClass()}>
              {t('notice.watch')}
            </Link>
          }
        />
      ) : null}
      {newest === null ? null : (
        <Callout
          title={t('notice.newer')}
          action={
            <Link to="/reports/$reportId" params={{ reportId: newest }} className={buttonClass()}>
              {t('notice.readNewer')}
            </Link>
          }
        />
      )}
    </div>
  );
}

const shownReports = 12;

/** The other reports of the same server. */
export function ReportHistory({ report, surroundings }: SurroundedProps) {
  const { t } = useTranslation('vetting');
  const reports = surroundings?.server?.reports ?? [];
  if (reports.length < 2) return null;
  return (
    <Section title={t('history.title')} isFlush>
      <ul className="divide-y">
        {reports.slice(0, shownReports).map((each) => (
          <li key={each.id}>
            <Link
              to="/reports/$reportId"
              params={{ reportId: each.id }}
              aria-current={each.id === report.id ? 'page' : undefined}
              className="flex items-center justify-between gap-3 px-4 py-2 text-sm outline-offset-[-2px] hover:bg-hover aria-[current=page]:bg-accent-soft"
            >
              <RelativeTime at={each.at} />
              <GradeBadge grade={each.grade} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
