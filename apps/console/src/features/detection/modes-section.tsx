import { Section } from '@sallyport/ui/section';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { useTranslation } from 'react-i18next';
import type { DetectionViewFragment, FindingSeverity } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { SeverityBadge } from '../../parts/badges.tsx';
import { detectionModes, ModeChoice } from '../../parts/detection-words.tsx';
import { ActionCountsText } from './count-cells.tsx';
import { useSaveDetection } from './use-detection.ts';

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly FindingSeverity[];

/** What a finding does: by its severity, unless its tier or its rule says something else. */
export function ModesSection({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation(['detection', 'parts']);
  const canWrite = usePermission('settings.write');
  const { mutate } = useSaveDetection();
  const { modes } = view.settings;
  return (
    <Section title={t('detection:modes.title')} description={t('detection:modes.lead')}>
      <div className="flex flex-col gap-5">
        <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
          <div>
            <h3 className="mb-2 font-medium text-sm">{t('detection:modes.bySeverity')}</h3>
            <ul className="flex flex-col gap-1.5">
              {severities.map((severity) => (
                <li key={severity} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-3">
                  <span>
                    <SeverityBadge severity={severity} />
                  </span>
                  <ModeChoice
                    label={t('detection:modes.ofSeverity', {
                      severity: t(`parts:detection.severity.${severity}`),
                    })}
                    value={modes.bySeverity.find((each) => each.severity === severity)?.mode ?? 'MONITOR'}
                    disabled={!canWrite}
                    onChange={(mode) => mutate({ bySeverity: [{ severity, mode }] })}
                  />
                </li>
              ))}
            </ul>
          </div>
          <div className="min-w-0">
            <h3 className="mb-2 font-medium text-sm">{t('detection:modes.byTier')}</h3>
            <ul className="flex flex-col gap-1.5">
              {view.tiers.map((row) => (
                <li
                  key={row.tier}
                  className="grid grid-cols-[minmax(0,1fr)_10rem] items-center gap-x-3 gap-y-0.5 xl:grid-cols-[minmax(0,1fr)_minmax(0,14rem)_10rem]"
                >
                  <span className="min-w-0">
                    <span className="flex flex-wrap items-center gap-2 text-sm">
                      {t(`parts:detection.tier.${row.tier}`)}
                      {row.isActive ? null : (
                        <StatusBadge tone="neutral" isPlain>
                          {t('detection:modes.off')}
                        </StatusBadge>
                      )}
                    </span>
                    <span className="block text-faint text-xs">{t(`detection:modes.about.${row.tier}`)}</span>
                  </span>
                  <span className="min-w-0 max-xl:hidden">
                    <ActionCountsText counts={row.counts7d} />
                  </span>
                  <ModeChoice
                    label={t('detection:modes.ofTier', { tier: t(`parts:detection.tier.${row.tier}`) })}
                    value={row.mode}
                    inherited={{ label: t('detection:modes.inherit') }}
                    disabled={!canWrite}
                    onChange={(mode) => mutate({ byTier: [{ tier: row.tier, mode }] })}
                  />
                </li>
              ))}
            </ul>
          </div>
        </div>
        <dl className="grid gap-x-6 gap-y-1 border-t pt-3 text-xs sm:grid-cols-2 xl:grid-cols-4">
          {detectionModes.map((mode) => (
            <div key={mode}>
              <dt className="inline font-medium">{t(`parts:detection.mode.${mode}`)}</dt>{' '}
              <dd className="inline text-faint">{t(`parts:detection.modeMeans.${mode}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
