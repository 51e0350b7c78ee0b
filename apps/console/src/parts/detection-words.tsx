import './texts.ts';
import { Select } from '@sallyport/ui/select';
import { StatusBadge } from '@sallyport/ui/status-badge';
import type { Tone } from '@sallyport/ui/tone';
import { useTranslation } from 'react-i18next';
import type {
  DetectionMode,
  DetectionTier,
  FindingAction,
  SensitiveAction,
  VerdictWord,
} from '../generated/graphql.ts';

export const detectionModes = [
  'MONITOR',
  'ALERT',
  'MASK',
  'BLOCK',
] as const satisfies readonly DetectionMode[];
export const sensitiveActions = [
  'ALLOW',
  'ALERT',
  'MASK',
  'TOKENISE',
  'BLOCK',
] as const satisfies readonly SensitiveAction[];
export const detectionTiers = [
  'RULE',
  'MODEL',
  'TRANSFORMER',
  'EXTERNAL',
  'CUSTOM',
] as const satisfies readonly DetectionTier[];

/** What was done about a finding, from the strongest: how charts and badges colour it. */
export const actionTones = {
  BLOCK: 'block',
  MASK: 'hold',
  TOKENISE: 'accent',
  ALERT: 'observe',
  MONITOR: 'neutral',
} as const satisfies Record<FindingAction, Tone>;

export function ActionBadge({ action }: { readonly action: FindingAction }) {
  const { t } = useTranslation('parts');
  return <StatusBadge tone={actionTones[action]}>{t(`detection.done.${action}`)}</StatusBadge>;
}

const verdictTones = { CONFIRMED: 'allow', OVERRIDDEN: 'hold' } as const satisfies Record<VerdictWord, Tone>;

export function VerdictBadge({
  verdict,
  isPlain,
}: {
  readonly verdict: VerdictWord;
  readonly isPlain?: boolean | undefined;
}) {
  const { t } = useTranslation('parts');
  return (
    <StatusBadge tone={verdictTones[verdict]} isPlain={isPlain}>
      {t(`detection.verdict.${verdict}`)}
    </StatusBadge>
  );
}

/** "Model, 87 %": what found it, and how sure it was. */
export function TierText({
  tier,
  confidence,
}: {
  readonly tier: DetectionTier;
  readonly confidence?: number | null | undefined;
}) {
  const { t } = useTranslation('parts');
  const name = t(`detection.tier.${tier}`);
  return (
    <span className="whitespace-nowrap text-faint text-xs tabular-nums">
      {confidence === null || confidence === undefined
        ? name
        : t('detection.sure', { tier: name, percent: Math.round(confidence * 100) })}
    </span>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
  /** What applies when nothing is chosen here; without it something is always chosen. */
  readonly inherited?: { readonly label: string } | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

const inherit = 'INHERIT';

/** Which mode applies, or that another setting says it. */
export function ModeChoice(props: ChoiceProps<DetectionMode>) {
  const { t } = useTranslation('parts');
  return (
    <Choice
      {...props}
      options={detectionModes.map((value) => [value, t(`detection.mode.${value}`)] as const)}
    />
  );
}

/** What happens to sensitive data, or that another setting says it. */
export function ActionChoice(props: ChoiceProps<SensitiveAction>) {
  const { t } = useTranslation('parts');
  return (
    <Choice
      {...props}
      options={sensitiveActions.map((value) => [value, t(`detection.action.${value}`)] as const)}
    />
  );
}

function Choice<Value extends string>(
  props: ChoiceProps<Value> & { readonly options: ReadonlyArray<readonly [Value, string]> },
) {
  const { label, value, onChange, inherited, disabled, className, options } = props;
  const own = options.map(([each, words]) => ({ value: each as string, label: words }));
  return (
    <Select<string>
      aria-label={label}
      className={className}
      disabled={disabled}
      value={value ?? inherit}
      options={inherited ? [{ value: inherit, label: inherited.label }, ...own] : own}
      onChange={(next) => onChange(next === inherit ? null : (next as Value))}
    />
  );
}
