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
  const words = shown.map(([key, word]) =>
    t('detection:counted', {
      count: counts[key],
      shown: formatCompact(counts[key]),
      done: t(`parts:detection.done.${word}`).toLowerCase(),
    }),
  );
  return (
    <span className="block truncate text-xs tabular-nums" title={words.join(', ')}>
      {shown.map(([key, , color], index) => (
        <span key={key} className={color}>
          {words[index]}
          {index < shown.length - 1 ? <span className="text-faint"> · </span> : null}
        </span>
      ))}
    </span>
  );
}
