import { useTranslation } from 'react-i18next';
import { formatCompact } from '../../lib/format.ts';
import type { ActionSums } from './detection-range.ts';

const marks = [
  ['block', 'BLOCK', 'text-block'],
  ['mask', 'MASK', 'text-hold'],
  ['tokenise', 'TOKENISE', 'text-accent'],
  ['alert', 'ALERT', 'text-observe'],
  ['monitor', 'MONITOR', 'text-muted'],
] as const;

/** What was done in seven days, only what happened: "4 blocked · 12 passed". */
export function ActionCountsText({ counts }: { readonly counts: ActionSums }) {
  const { t } = useTranslation(['detection', 'parts']);
  const shown = marks.filter(([key]) => counts[key] > 0);
  if (shown.length === 0) return <span className="text-faint text-xs">{t('detection:nothing')}</span>;
  return (
    <span className="flex gap-x-2.5 truncate text-xs tabular-nums">
      {shown.map(([key, word, color]) => (
        <span key={key} className={color}>
          {t('detection:counted', {
            count: counts[key],
            shown: formatCompact(counts[key]),
            done: t(`parts:detection.done.${word}`).toLowerCase(),
          })}
        </span>
      ))}
    </span>
  );
}
