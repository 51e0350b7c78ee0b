import { TimeChart } from '@sallyport/ui/time-chart';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDateTime } from '../../lib/format.ts';
import type { UsageRow } from './usage-columns.tsx';

/** Calls per hour, by how they ended. */
export function UsageChart({ rows }: { readonly rows: readonly UsageRow[] }) {
  const { t } = useTranslation(['usage', 'common']);
  const points = rows
    .flatMap((row) =>
      row.hour === null || row.hour === undefined ? [] : [{ ...row, at: Date.parse(row.hour) }],
    )
    .sort((a, b) => a.at - b.at)
    .map((row) => ({
      at: row.at,
      values: { passed: row.calls - row.denied - row.errors, denied: row.denied, errors: row.errors },
    }));
  return (
    <TimeChart
      label={t('chart')}
      points={points}
      series={[
        { key: 'passed', label: t('passed'), tone: 'accent' },
        { key: 'denied', label: t('denied'), tone: 'block' },
        { key: 'errors', label: t('errors'), tone: 'hold' },
      ]}
      formatTick={formatClock}
      formatTime={formatDateTime}
      timeLabel={t('common:time')}
      showTableLabel={t('common:showTable')}
      showChartLabel={t('common:showChart')}
    />
  );
}
