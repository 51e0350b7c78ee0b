import { Section } from '@sallyport/ui/section';
import { TimeChart } from '@sallyport/ui/time-chart';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimeRange } from '../../generated/graphql.ts';
import { formatClock, formatDate, formatDateTime } from '../../lib/format.ts';
import type { Overview } from './overview-page.tsx';

/** Calls over time, stopped and failed ones marked; a click opens the calls of that bar. */
export function CallsChart({ overview, range }: { readonly overview: Overview; readonly range: TimeRange }) {
  const { t } = useTranslation(['overview', 'common']);
  const navigate = useNavigate();
  const points = useMemo(
    () =>
      overview.series.map((point) => ({
        at: Date.parse(point.at),
        values: {
          passed: Math.max(0, point.calls - point.denied - point.errors),
          denied: point.denied,
          errors: point.errors,
        },
      })),
    [overview.series],
  );
  const stepMs = points.length > 1 ? (points[1]?.at ?? 0) - (points[0]?.at ?? 0) : 60_000;
  if (overview.calls === 0) {
    return (
      <Section title={t('overview:chart.title')}>
        <p className="text-muted text-sm">{t('overview:chart.empty')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('overview:chart.title')} aside={t('overview:chart.hint')}>
      <TimeChart
        label={t('overview:chart.label')}
        points={points}
        series={[
          { key: 'passed', label: t('overview:chart.passed'), tone: 'accent' },
          { key: 'denied', label: t('overview:chart.denied'), tone: 'block' },
          { key: 'errors', label: t('overview:chart.errors'), tone: 'hold' },
        ]}
        formatTick={range === 'WEEK' ? formatDate : formatClock}
        formatTime={formatDateTime}
        timeLabel={t('common:time')}
        showTableLabel={t('common:showTable')}
        showChartLabel={t('common:showChart')}
        onSelect={(at) =>
          void navigate({
            to: '/calls',
            search: { from: new Date(at).toISOString(), to: new Date(at + stepMs).toISOString() },
          })
        }
      />
    </Section>
  );
}
