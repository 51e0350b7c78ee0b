import { StatusBadge } from '@sallyport/ui/status-badge';
import { useTranslation } from 'react-i18next';

const known = {
  permit: { tone: 'allow', text: 'effect.permit' },
  forbid: { tone: 'block', text: 'effect.forbid' },
  mixed: { tone: 'observe', text: 'effect.mixed' },
} as const;

/** What the statements of a policy do. */
export function EffectBadge({ effect }: { readonly effect: string }) {
  const { t } = useTranslation('policies');
  const found = Object.hasOwn(known, effect) ? known[effect as keyof typeof known] : known.mixed;
  return (
    <StatusBadge tone={found.tone} isPlain>
      {t(found.text)}
    </StatusBadge>
  );
}
