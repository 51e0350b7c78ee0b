import type { Verdict } from '@sallyport/detection';
import { Section } from '@sallyport/ui/section';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { DetectionTier } from '../../../generated/graphql.ts';
import { formatMs } from '../../../lib/format.ts';
import { SeverityBadge } from '../../../parts/badges.tsx';
import { TierText } from '../../../parts/detection-words.tsx';
import { severityOf } from './severity-of.ts';

const bandTones = { clear: 'allow', grey: 'observe', hot: 'block' } as const;
const shownFindings = 40;

export interface VerdictViewProps {
  readonly verdict: Verdict;
  readonly hasModel: boolean;
  readonly ms: number;
}

/** The score of rules and model together, and every finding behind it. */
export function VerdictView({ verdict, hasModel, ms }: VerdictViewProps) {
  const { t } = useTranslation('detection');
  const percent = Math.round(verdict.score * 100);
  return (
    <Section
      title={t('play.result')}
      aside={
        <span className="tabular-nums">
          {t(hasModel ? 'play.took' : 'play.tookNoModel', { time: formatMs(ms) })}
        </span>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <span className="font-semibold text-2xl tabular-nums">{verdict.score.toFixed(2)}</span>
          <StatusBadge tone={verdict.flagged ? 'block' : bandTones[verdict.band]}>
            {t(verdict.flagged ? 'play.flagged' : `play.band.${verdict.band}`)}
          </StatusBadge>
          <span aria-hidden="true" className="relative h-1.5 min-w-40 flex-1 rounded-full bg-sunken">
            <span
              className={
                verdict.flagged ? 'block h-1.5 rounded-full bg-block' : 'block h-1.5 rounded-full bg-accent'
              }
              style={{ width: `${percent}%` }}
            />
            <span className="absolute start-1/2 -top-1 h-3.5 w-px bg-line-strong" />
          </span>
        </div>
        {verdict.findings.length === 0 ? (
          <p className="text-muted text-sm">{t('play.noFindings')}</p>
        ) : (
          <ul className="flex flex-col divide-y">
            {verdict.findings.slice(0, shownFindings).map((finding, index) => (
              <li key={index} className="flex flex-wrap items-center gap-x-2.5 gap-y-1 py-1.5 text-sm">
                <SeverityBadge severity={severityOf(finding.severity)} />
                <UntrustedText text={finding.title} />
                <span className="font-mono text-faint text-xs">{finding.code}</span>
                <TierText
                  tier={finding.tier.toUpperCase() as DetectionTier}
                  confidence={finding.confidence}
                />
                {finding.path === '' ? null : (
                  <span className="text-faint text-xs">
                    <UntrustedText text={finding.path} isMono />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {verdict.findings.length > shownFindings ? (
          <p className="text-faint text-xs">
            {t('play.moreFindings', { count: verdict.findings.length - shownFindings })}
          </p>
        ) : null}
      </div>
    </Section>
  );
}
