import { Stat } from '@sallyport/ui/stat';
import { useTranslation } from 'react-i18next';
import type { TimeRange } from '../../generated/graphql.ts';
import { formatCompact, formatMs, formatShare } from '../../lib/format.ts';
import type { Overview } from './overview-page.tsx';

export const rangeMinutes = { HOUR: 60, DAY: 1440, WEEK: 10_080 } as const satisfies Record<
  TimeRange,
  number
>;

/** The five numbers of the time range: what came, what was stopped, what we cost and what the servers cost. */
export function KeyNumbers({ overview, range }: { readonly overview: Overview; readonly range: TimeRange }) {
  const { t } = useTranslation('overview');
  const rate = overview.calls / rangeMinutes[range];
  const share = (part: number) =>
    overview.calls === 0 ? undefined : t('stat.share', { share: formatShare(part, overview.calls) });
  return (
    <div className="grid grid-cols-2 overflow-hidden rounded-lg border bg-surface md:grid-cols-[1fr_1fr_1fr_1.4fr_1.4fr] [&>*]:border-line [&>*]:max-md:border-b md:[&>*+*]:border-s">
      <Stat
        label={t('stat.calls')}
        value={formatCompact(overview.calls)}
        note={t('stat.perMinute', { rate: rate >= 10 ? rate.toFixed(0) : rate.toFixed(1) })}
      />
      <Stat label={t('stat.denied')} value={formatCompact(overview.denied)} note={share(overview.denied)} />
      <Stat label={t('stat.errors')} value={formatCompact(overview.errors)} note={share(overview.errors)} />
      <Stat
        label={t('stat.added')}
        value={formatMs(overview.addedP50Ms)}
        note={t('stat.addedNote', { p95: formatMs(overview.addedP95Ms), p99: formatMs(overview.addedP99Ms) })}
      />
      <div className="max-md:col-span-2">
        <Stat
          label={t('stat.upstream')}
          value={formatMs(overview.upstreamP50Ms)}
          note={t('stat.upstreamNote', { p95: formatMs(overview.upstreamP95Ms) })}
        />
      </div>
    </div>
  );
}
