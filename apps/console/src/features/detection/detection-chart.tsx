import { TimeChart } from '@sallyport/ui/time-chart';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetectionSeriesQuery } from '../../generated/graphql.ts';
import { formatClock, formatDate, formatDateTime, formatWeekday } from '../../lib/format.ts';
import { actionTones } from '../../parts/detection-words.tsx';
import { barSize, type DetectionRange, mergeBuckets } from './detection-range.ts';

export interface DetectionChartProps {
  readonly buckets: DetectionSeriesQuery['detectionSeries'];
  readonly range: DetectionRange;
}

/** What was done about findings over time, and how often a person said that a finding was wrong. */
export function DetectionChart({ buckets, range }: DetectionChartProps) {
  const { t } = useTranslation(['detection', 'parts', 'common']);
  const points = useMemo(
    () =>
      mergeBuckets(buckets, barSize[range]).map(({ at, ...values }) => ({
        at: Date.parse(at),
        values: { ...values },
      })),
    [buckets, range],
  );
  return (
    <TimeChart
      label={t('detection:chart.label')}
      points={points}
      series={[
        { key: 'block', label: t('parts:detection.done.BLOCK'), tone: actionTones.BLOCK },
        { key: 'mask', label: t('parts:detection.done.MASK'), tone: actionTones.MASK },
        { key: 'tokenise', label: t('parts:detection.done.TOKENISE'), tone: actionTones.TOKENISE },
        { key: 'alert', label: t('parts:detection.done.ALERT'), tone: actionTones.ALERT },
        { key: 'monitor', label: t('parts:detection.done.MONITOR'), tone: actionTones.MONITOR },
      ]}
      lines={[{ key: 'overridden', label: t('detection:chart.overridden'), tone: 'allow' }]}
      formatTick={{ day: formatClock, week: formatWeekday, month: formatDate }[range]}
      formatTime={range === 'month' ? formatDate : formatDateTime}
      timeLabel={t('common:time')}
      showTableLabel={t('common:showTable')}
      showChartLabel={t('common:showChart')}
    />
  );
}
