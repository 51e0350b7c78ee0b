import { KeyValues } from '@sallyport/ui/key-values';
import { PeekPanel } from '@sallyport/ui/peek-panel';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DetectionSeriesDocument } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { formatShare } from '../../lib/format.ts';
import { gqlQuery } from '../../lib/query.ts';
import { SeverityBadge } from '../../parts/badges.tsx';
import { TierText } from '../../parts/detection-words.tsx';
import { DetectionChart } from './detection-chart.tsx';
import { rangeBounds, sumActions, totalOf } from './detection-range.ts';
import { inheritedMode } from './rule-columns.tsx';
import type { RuleRow } from './rules-filter.ts';
import { VerdictList } from './verdict-list.tsx';

/** One rule: what it did in a week, and every verdict on its findings. */
export function RulePanel({ rule, onClose }: { readonly rule: RuleRow; readonly onClose: () => void }) {
  const { t } = useTranslation(['detection', 'parts']);
  return (
    <PeekPanel
      title={<UntrustedText text={rule.title} />}
      label={t('detection:rules.panel')}
      closeLabel={t('detection:rules.close')}
      onClose={onClose}
    >
      <div className="flex flex-col gap-5 p-4">
        <KeyValues
          items={[
            {
              id: 'code',
              label: t('detection:column.code'),
              value: <span className="font-mono text-xs">{rule.code}</span>,
            },
            { id: 'tier', label: t('detection:column.tier'), value: <TierText tier={rule.tier} /> },
            {
              id: 'severity',
              label: t('detection:column.severity'),
              value: <SeverityBadge severity={rule.severity} />,
            },
            {
              id: 'mode',
              label: t('detection:column.mode'),
              value:
                rule.modeFrom === 'code' ? t(`parts:detection.mode.${rule.mode}`) : inheritedMode(t, rule),
            },
            {
              id: 'owasp',
              label: t('detection:column.owasp'),
              value: rule.owasp === null ? null : t('parts:findings.owasp', { item: rule.owasp }),
            },
            {
              id: 'precision',
              label: t('detection:column.precision'),
              value:
                rule.precision === null
                  ? t('detection:rules.noVerdicts')
                  : `${formatShare(rule.confirmed, rule.confirmed + rule.overridden)} · ${t('detection:rules.verdicts', { confirmed: rule.confirmed, overridden: rule.overridden })}`,
            },
          ]}
        />
        <Week code={rule.code} />
        <section>
          <h3 className="mb-2 font-semibold text-sm">{t('detection:verdicts.title')}</h3>
          <VerdictList code={rule.code} />
        </section>
      </div>
    </PeekPanel>
  );
}

function Week({ code }: { readonly code: string }) {
  const { t } = useTranslation('detection');
  const [now] = useState(() => Date.now());
  const query = useQuery(
    gqlQuery(
      DetectionSeriesDocument,
      { ...rangeBounds('week', now), code },
      { touches: ['detection', 'call'] },
    ),
  );
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t('rules.week')}</h3>
      <QueryGate query={query}>
        {({ detectionSeries }) =>
          totalOf(sumActions(detectionSeries)) === 0 ? (
            <p className="text-muted text-sm">{t('rules.quietWeek')}</p>
          ) : (
            <DetectionChart buckets={detectionSeries} range="week" />
          )
        }
      </QueryGate>
    </section>
  );
}
