import type { FiredRule, TextStage } from '@sallyport/detection';
import { Badge } from '@sallyport/ui/badge';
import { Section } from '@sallyport/ui/section';
import { type EvidenceRange, UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import type { ArgumentRole } from '../../../generated/graphql.ts';
import { SeverityBadge } from '../../../parts/badges.tsx';
import type { ExplainedString } from './explain-input.ts';
import { severityOf } from './severity-of.ts';

const tones = { low: 'observe', medium: 'observe', high: 'hold', critical: 'block' } as const;
const hiddenKinds = [
  'tag',
  'zero_width',
  'bidi_override',
  'bidi_mark',
  'variation',
  'invisible',
  'escape',
  'control',
] as const;
const shownCharacters = 4_000;

const evidenceOf = (fired: readonly FiredRule[]): readonly EvidenceRange[] =>
  fired.map(({ start, end, title, severity }) => ({ start, end, label: title, tone: tones[severity] }));

export interface StringStagesProps {
  readonly string: ExplainedString;
  readonly isJson: boolean;
}

/** One string on its way from what was pasted to what the rules read. */
export function StringStages({ string, isJson }: StringStagesProps) {
  const { t } = useTranslation(['detection', 'parts']);
  const { explanation, role, findings, sensitive } = string;
  const hidden = hiddenKinds.flatMap((kind) => {
    const count = explanation.hidden[kind] ?? 0;
    return count > 0 ? [[kind, count] as const] : [];
  });
  // What the model saw and the stages do not show: spans of the text as it came.
  const byModel = findings.filter((finding) => finding.tier === 'model');
  const isQuiet = isJson && findings.length === 0 && explanation.stages.length === 1;
  if (isQuiet) return <QuietString string={string} />;
  return (
    <Section
      title={
        isJson ? (
          <UntrustedText text={string.path} isMono />
        ) : (
          t('detection:play.stages', { count: explanation.stages.length })
        )
      }
      aside={
        <span className="flex flex-wrap items-center gap-2">
          {role === null ? null : (
            <Badge>{t(`parts:detection.role.${role.toUpperCase() as ArgumentRole}`)}</Badge>
          )}
          {hidden.map(([kind, count]) => (
            <Badge key={kind} tone="hold">
              {t(`detection:play.hidden.${kind}`, { count })}
            </Badge>
          ))}
          {sensitive.length === 0 ? null : (
            <Badge tone="observe">{t('detection:play.sensitive', { count: sensitive.length })}</Badge>
          )}
        </span>
      }
    >
      <ol className="flex flex-col">
        {explanation.stages.map((stage, index) => (
          <Stage
            key={index}
            stage={stage}
            number={index + 1}
            extra={
              index === 0
                ? byModel.map(({ start, end, title }) => ({
                    start,
                    end,
                    label: title,
                    tone: 'observe' as const,
                  }))
                : []
            }
          />
        ))}
      </ol>
      {explanation.stopped === null ? null : (
        <p className="mt-3 text-hold text-sm">{t(`detection:play.stopped.${explanation.stopped}`)}</p>
      )}
    </Section>
  );
}

function QuietString({ string }: { readonly string: ExplainedString }) {
  const { t } = useTranslation('detection');
  return (
    <p className="flex min-w-0 items-baseline gap-3 rounded-md border bg-surface px-4 py-2 text-sm">
      <span className="shrink-0 font-mono text-xs">
        <UntrustedText text={string.path} maxLength={80} />
      </span>
      <span className="min-w-0 flex-1 truncate text-faint text-xs">
        <UntrustedText text={string.text} maxLength={160} />
      </span>
      <span className="shrink-0 text-muted text-xs">{t('play.quiet')}</span>
    </p>
  );
}

interface StageProps {
  readonly stage: TextStage;
  readonly number: number;
  readonly extra: readonly EvidenceRange[];
}

function Stage({ stage, number, extra }: StageProps) {
  const { t } = useTranslation('detection');
  const { kind, depth, text, fired } = stage;
  return (
    <li
      className="relative border-s ps-5 pb-5 last:border-transparent last:pb-0"
      style={{ marginInlineStart: `${Math.min(depth, 4) * 1}rem` }}
    >
      <span
        aria-hidden="true"
        className="absolute -start-2.5 top-0 inline-flex size-5 items-center justify-center rounded-full border bg-surface font-medium text-2xs text-muted"
      >
        {number}
      </span>
      <h3 className="flex flex-wrap items-baseline gap-x-2 font-medium text-sm">
        {t(`play.stage.${kind}`)}
        {depth > 1 ? <span className="text-faint text-xs">{t('play.depth', { depth })}</span> : null}
      </h3>
      <p className="text-faint text-xs">{t(`play.stageAbout.${kind}`)}</p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        tabIndex={0}
        aria-label={t('play.stageText', { name: t(`play.stage.${kind}`), number })}
        className="mt-1.5 max-h-56 overflow-y-auto rounded-md border bg-sunken px-2.5 py-1.5 text-xs leading-5"
      >
        <UntrustedText
          text={text}
          evidence={[...evidenceOf(fired), ...extra]}
          isMono
          isMultiline
          maxLength={shownCharacters}
        />
      </section>
      {fired.length === 0 ? null : (
        <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1">
          {unique(fired).map(({ rule, count }) => (
            <li key={rule.code} className="flex flex-wrap items-center gap-1.5 text-xs">
              <SeverityBadge severity={severityOf(rule.severity)} />
              <UntrustedText text={rule.title} />
              {count > 1 ? <span className="text-faint tabular-nums">×{count}</span> : null}
              <span className="font-mono text-faint">{rule.code}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function unique(
  fired: readonly FiredRule[],
): readonly { readonly rule: FiredRule; readonly count: number }[] {
  const byCode = Map.groupBy(fired, ({ code }) => code);
  return [...byCode.values()].flatMap((rules) => (rules[0] ? [{ rule: rules[0], count: rules.length }] : []));
}
