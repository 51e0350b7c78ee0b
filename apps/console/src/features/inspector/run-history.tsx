import { cx } from '@sallyport/ui/cx';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { formatClockSeconds } from '../../lib/format.ts';
import { RunBadge } from './run-badge.tsx';
import type { Run } from './run-state.ts';

export interface RunHistoryProps {
  readonly runs: readonly Run[];
  readonly openId: number | null;
  readonly onOpen: (id: number) => void;
}

/** What was tried since this page was opened. */
export function RunHistory({ runs, openId, onOpen }: RunHistoryProps) {
  const { t } = useTranslation('inspector');
  if (runs.length === 0) return null;
  return (
    <Section title={t('history.title')} description={t('history.lead')} isFlush>
      <ul>
        {runs.map((run) => (
          <li key={run.id} className="border-b last:border-b-0">
            <button
              type="button"
              aria-current={run.id === openId || undefined}
              onClick={() => onOpen(run.id)}
              className={cx(
                'flex min-h-9 w-full flex-wrap items-center gap-x-3 px-4 py-1.5 text-start text-sm outline-offset-[-2px] hover:bg-hover',
                run.id === openId && 'bg-accent-soft',
              )}
            >
              <span className="font-mono text-faint text-xs">{formatClockSeconds(run.startedAt)}</span>
              <UntrustedText
                text={run.name}
                isMono
                className="min-w-0 flex-1 truncate text-xs"
                maxLength={200}
              />
              <RunBadge run={run} isPlain />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
