import './texts.ts';
import { StatusBadge } from '@sallyport/ui/status-badge';
import type { Tone } from '@sallyport/ui/tone';
import { useTranslation } from 'react-i18next';
import type { UpstreamState } from '../generated/graphql.ts';

const tones = { UP: 'allow', DEGRADED: 'hold', DOWN: 'block', UNKNOWN: 'neutral' } as const satisfies Record<
  UpstreamState,
  Tone
>;

/** Whether an upstream server answers. */
export function UpstreamBadge({
  state,
  isPlain,
}: {
  readonly state: UpstreamState;
  readonly isPlain?: boolean;
}) {
  const { t } = useTranslation('parts');
  return (
    <StatusBadge tone={tones[state]} isPlain={isPlain}>
      {t(`upstream.state.${state}`)}
    </StatusBadge>
  );
}
