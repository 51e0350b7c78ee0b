import { buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { PageHeader } from '@sallyport/ui/page-header';
import { Segmented } from '@sallyport/ui/segmented';
import { Skeleton } from '@sallyport/ui/skeleton';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { OverviewPageDocument, type OverviewPageQuery, type TimeRange } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { useViewer } from '../../lib/viewer.ts';
import { DenyReasons, TopTools } from './call-rankings.tsx';
import { CallsChart } from './calls-chart.tsx';
import { KeyNumbers } from './key-numbers.tsx';
import { LiveStrip } from './live-strip.tsx';
import { NeedsYou } from './needs-you.tsx';
import { ServerHealth } from './server-health.tsx';
import { WorkerHealth } from './worker-health.tsx';

export type Overview = OverviewPageQuery['overview'];

const route = getRouteApi('/shell/');
const ranges: readonly TimeRange[] = ['HOUR', 'DAY', 'WEEK'];

function Loading() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-24 w-full rounded-lg" />
      <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
        <Skeleton className="h-64 w-full rounded-lg" />
        <Skeleton className="h-64 w-full rounded-lg" />
      </div>
    </div>
  );
}

function Start() {
  const { t } = useTranslation('overview');
  return (
    <Callout
      tone="accent"
      title={t('start.title')}
      className="mb-4"
      action={
        <Link to="/first-run" className={buttonClass('primary')}>
          {t('start.action')}
        </Link>
      }
    >
      {t('start.next')}
    </Callout>
  );
}

/** What happens now, what was stopped and why, and what waits for somebody. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { range = 'HOUR' } = route.useSearch();
  const navigate = route.useNavigate();
  const viewer = useViewer();
  const query = useQuery({
    ...gqlQuery(OverviewPageDocument, { range }, { touches: ['call', 'server', 'approval', 'publication'] }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page>
      <PageHeader
        title={t('title')}
        actions={
          <Segmented
            label={t('range.label')}
            value={range}
            options={ranges.map((value) => ({ value, label: t(`range.${value}`) }))}
            onChange={(value) => void navigate({ search: { range: value }, replace: true })}
          />
        }
      />
      {viewer.firstRunDone ? null : <Start />}
      <QueryGate query={query} skeleton={<Loading />}>
        {({ overview }) => (
          <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] xl:grid-rows-[auto_1fr]">
            <div className="min-w-0 xl:col-start-2">
              <NeedsYou overview={overview} />
            </div>
            <div className="flex min-w-0 flex-col gap-4 xl:col-start-1 xl:row-span-2 xl:row-start-1">
              <KeyNumbers overview={overview} range={range} />
              <CallsChart overview={overview} range={range} />
              <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
                <DenyReasons overview={overview} />
                <TopTools overview={overview} />
              </div>
              <LiveStrip recent={overview.recent} />
            </div>
            <div className="flex min-w-0 flex-col gap-4 xl:col-start-2">
              <WorkerHealth publication={overview.publication} />
              <ServerHealth servers={overview.servers} />
            </div>
          </div>
        )}
      </QueryGate>
    </Page>
  );
}
