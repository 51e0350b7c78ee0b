import { BarList } from '@sallyport/ui/bar-list';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { Stat } from '@sallyport/ui/stat';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DetectionSeriesDocument, type DetectionViewFragment } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { formatCount } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import { DetectionChart } from './detection-chart.tsx';
import { detectionRanges, rangeBounds, sumActions, totalOf } from './detection-range.ts';
import { DirectionSwitches } from './direction-switches.tsx';

const route = getRouteApi('/shell/detection');
const directions = ['ALL', 'REQUEST', 'RESPONSE'] as const;

/** What was blocked, masked, alerted, passed and overridden, and whether anything acts at all. */
export function OverviewTab({ view }: { readonly view: DetectionViewFragment }) {
  return (
    <div className="flex flex-col gap-4">
      <DirectionSwitches view={view} />
      <Series />
      <Loudest view={view} />
    </div>
  );
}

function Series() {
  const { t } = useTranslation(['detection', 'parts']);
  const { range = 'day' } = route.useSearch();
  const navigate = route.useNavigate();
  const [direction, setDirection] = useState<(typeof directions)[number]>('ALL');
  const [now] = useState(() => Date.now());
  const query = useQuery({
    ...gqlQuery(
      DetectionSeriesDocument,
      { ...rangeBounds(range, now), direction: direction === 'ALL' ? null : direction },
      { touches: ['detection', 'call'] },
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={t('detection:chart.title')}
      isFlush
      aside={
        <span className="flex flex-wrap gap-2">
          <Segmented
            label={t('detection:chart.direction')}
            value={direction}
            options={directions.map((value) => ({ value, label: t(`detection:direction.${value}`) }))}
            onChange={setDirection}
          />
          <Segmented
            label={t('detection:range.label')}
            value={range}
            options={detectionRanges.map((value) => ({ value, label: t(`detection:range.${value}`) }))}
            onChange={(value) =>
              void navigate({ search: (before) => ({ ...before, range: value }), replace: true })
            }
          />
        </span>
      }
    >
      <QueryGate query={query} skeleton={<div className="h-64" />}>
        {({ detectionSeries }) => {
          const sums = sumActions(detectionSeries);
          const overridden = detectionSeries.reduce((sum, row) => sum + row.overridden, 0);
          return (
            <>
              <div className="grid grid-cols-2 gap-px border-b bg-line *:bg-surface sm:grid-cols-3 lg:grid-cols-6">
                <Stat label={t('parts:detection.done.BLOCK')} value={formatCount(sums.block)} />
                <Stat label={t('parts:detection.done.MASK')} value={formatCount(sums.mask)} />
                <Stat label={t('parts:detection.done.TOKENISE')} value={formatCount(sums.tokenise)} />
                <Stat label={t('parts:detection.done.ALERT')} value={formatCount(sums.alert)} />
                <Stat label={t('parts:detection.done.MONITOR')} value={formatCount(sums.monitor)} />
                <Stat label={t('detection:chart.overridden')} value={formatCount(overridden)} />
              </div>
              {totalOf(sums) + overridden === 0 ? (
                <p className="p-4 text-muted text-sm">{t('detection:chart.empty')}</p>
              ) : (
                <div className="p-4">
                  <DetectionChart buckets={detectionSeries} range={range} />
                </div>
              )}
            </>
          );
        }}
      </QueryGate>
    </Section>
  );
}

const loudest = 6;

function Loudest({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const navigate = route.useNavigate();
  const rules = view.rules
    .map((rule) => ({ rule, total: totalOf(rule.counts7d) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
    .slice(0, loudest);
  return (
    <Section
      title={t('loudest.title')}
      aside={
        <Link to="/detection" search={{ tab: 'rules' }} className="text-accent hover:underline">
          {t('loudest.all', { count: view.rules.length })}
        </Link>
      }
    >
      {rules.length === 0 ? (
        <p className="text-muted text-sm">{t('loudest.empty')}</p>
      ) : (
        <BarList
          items={rules.map(({ rule, total }) => ({
            id: rule.code,
            label: rule.title,
            value: total,
            shown: t('loudest.shown', {
              total: formatCount(total),
              blocked: formatCount(rule.counts7d.block),
            }),
            onSelect: () => void navigate({ search: { tab: 'rules', rule: rule.code } }),
          }))}
        />
      )}
    </Section>
  );
}
