import { StatusBadge } from '@sallyport/ui/status-badge';
import type { Tone } from '@sallyport/ui/tone';
import { useTranslation } from 'react-i18next';
import { type Run, refusalOf } from './run-state.ts';

type Shown = 'running' | 'asks' | 'ok' | 'refused' | 'toolError' | 'failed' | 'cancelled';

const tones = {
  running: 'accent',
  asks: 'hold',
  ok: 'allow',
  refused: 'block',
  toolError: 'hold',
  failed: 'block',
  cancelled: 'neutral',
} as const satisfies Record<Shown, Tone>;

function shownOf(run: Run): Shown {
  if (run.state !== 'done') return run.state;
  const refusal = run.reply === null ? { code: null } : refusalOf(run.reply);
  if (refusal === null) return 'ok';
  return refusal.code === null ? 'toolError' : 'refused';
}

/** How a run stands, in a word. */
export function RunBadge({ run, isPlain }: { readonly run: Run; readonly isPlain?: boolean }) {
  const { t } = useTranslation('inspector');
  const shown = shownOf(run);
  return (
    <StatusBadge tone={tones[shown]} isPlain={isPlain}>
      {t(`state.${shown}`)}
    </StatusBadge>
  );
}
