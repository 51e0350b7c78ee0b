import type { DataColumn } from '@sallyport/ui/data-table';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { TFunction } from 'i18next';
import type { DetectionMode } from '../../generated/graphql.ts';
import { formatShare } from '../../lib/format.ts';
import { SeverityBadge, severityOrder } from '../../parts/badges.tsx';
import { ModeChoice, TierText } from '../../parts/detection-words.tsx';
import { ActionCountsText } from './count-cells.tsx';
import { totalOf } from './detection-range.ts';
import type { RuleRow } from './rules-filter.ts';

type Words = TFunction<['detection', 'parts']>;

export interface RuleColumnsInput {
  readonly canWrite: boolean;
  /** Null: as its tier or severity says. */
  readonly onMode: (code: string, mode: DetectionMode | null) => void;
}

/** What applies when the rule has no mode of its own, in words. */
export function inheritedMode(t: Words, rule: RuleRow): string {
  if (rule.modeFrom === 'code') return t('detection:rules.inherit');
  return t('detection:rules.inherited', {
    mode: t(`parts:detection.mode.${rule.mode}`),
    from: t(rule.modeFrom === 'tier' ? 'detection:rules.fromTier' : 'detection:rules.fromSeverity'),
  });
}

/** The columns of the table of rules. */
export function ruleColumns(
  t: Words,
  { canWrite, onMode }: RuleColumnsInput,
): ReadonlyArray<DataColumn<RuleRow>> {
  return [
    {
      id: 'rule',
      header: t('detection:column.rule'),
      track: 'minmax(9rem,3fr)',
      sortValue: (row) => row.title,
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block truncate">
            <UntrustedText text={row.title} />
          </span>
          <span className="block truncate font-mono text-2xs text-faint">
            {row.code}
            {row.owasp === null ? '' : ` · ${row.owasp}`}
          </span>
        </span>
      ),
    },
    {
      id: 'tier',
      header: t('detection:column.tier'),
      track: '6.5rem',
      showFrom: 720,
      sortValue: (row) => row.tier,
      cell: (row) => <TierText tier={row.tier} />,
    },
    {
      id: 'severity',
      header: t('detection:column.severity'),
      track: '6.5rem',
      showFrom: 560,
      sortValue: (row) => severityOrder.indexOf(row.severity),
      cell: (row) => <SeverityBadge severity={row.severity} />,
    },
    {
      id: 'mode',
      header: t('detection:column.mode'),
      track: 'minmax(8rem,12rem)',
      sortValue: (row) => row.mode,
      cell: (row) => (
        // The row behind it opens the rule; a choice of a mode is not meant for it.
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events from the row
        <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
          <ModeChoice
            label={t('detection:rules.modeOf', { code: row.code })}
            value={row.modeFrom === 'code' ? row.mode : null}
            inherited={{ label: inheritedMode(t, row) }}
            disabled={!canWrite}
            onChange={(mode) => onMode(row.code, mode)}
          />
        </span>
      ),
    },
    {
      id: 'counts',
      header: t('detection:column.counts'),
      track: 'minmax(9rem,2fr)',
      showFrom: 860,
      sortValue: (row) => totalOf(row.counts7d),
      cell: (row) => <ActionCountsText counts={row.counts7d} />,
    },
    {
      id: 'precision',
      header: t('detection:column.precision'),
      track: '9rem',
      showFrom: 980,
      isNumeric: true,
      sortValue: (row) => row.precision ?? -1,
      cell: (row) =>
        row.precision === null ? (
          <span className="text-faint text-xs">{t('detection:rules.noVerdicts')}</span>
        ) : (
          <span
            title={t('detection:rules.verdicts', { confirmed: row.confirmed, overridden: row.overridden })}
          >
            {formatShare(row.confirmed, row.confirmed + row.overridden)}
            <span className="ms-1.5 text-faint text-xs">
              {t('detection:rules.ofVerdicts', { count: row.confirmed + row.overridden })}
            </span>
          </span>
        ),
    },
  ];
}
