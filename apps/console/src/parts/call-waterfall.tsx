import './texts.ts';
import { errorTable } from '@sallyport/kernel';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Waterfall, type WaterfallStage } from '@sallyport/ui/waterfall';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CallTraceFragment } from '../generated/graphql.ts';

/** The stage whose time belongs to the upstream server. */
const upstreamStage = 'dispatch';

/** A stage's words; a name this console does not know is shown as it came. */
export function stageLabel(t: TFunction<['common', 'parts', 'errors']>, name: string): string {
  return t(`common:stage.${name}` as 'common:stage.receive', { defaultValue: name });
}

/** Turns the stages of a receipt into what the waterfall draws. */
export function toWaterfall(
  stages: CallTraceFragment['stages'],
  label: (name: string) => string,
): readonly WaterfallStage[] {
  return stages.map((stage) => ({
    id: stage.name,
    label: label(stage.name),
    startUs: stage.startUs,
    durationUs: stage.durationUs,
    hasRun: stage.ran,
    hasStopped: stage.stopped,
    isTheirs: stage.name === upstreamStage,
  }));
}

/** Why a call stopped, in words, with what to do about it. */
function StopReason({ call }: { readonly call: CallTraceFragment }) {
  const { t } = useTranslation(['common', 'parts', 'errors']);
  if (call.code === null) return null;
  const isKnown = call.code in errorTable;
  const code = (isKnown ? call.code : 'internal_error') as keyof typeof errorTable;
  return (
    <>
      <p className="font-medium">
        {call.stage === null ? null : `${t('parts:waterfall.at', { stage: stageLabel(t, call.stage) })} `}
        {isKnown ? t(`errors:${code}.title`) : call.code}
      </p>
      {call.policyReason === null ? null : (
        <p>
          <UntrustedText text={call.policyReason} />
        </p>
      )}
      {isKnown ? <p className="text-muted">{t(`errors:${code}.next`)}</p> : null}
    </>
  );
}

export interface CallWaterfallProps {
  readonly call: CallTraceFragment;
  readonly isAnimated?: boolean | undefined;
}

/** The stages of one call, drawn from its receipt. */
export function CallWaterfall({ call, isAnimated }: CallWaterfallProps) {
  const { t } = useTranslation(['common', 'parts', 'errors']);
  return (
    <Waterfall
      stages={toWaterfall(call.stages, (name) => stageLabel(t, name))}
      stopReason={call.code === null ? undefined : <StopReason call={call} />}
      label={t('parts:waterfall.label')}
      oursLabel={t('parts:waterfall.ours')}
      theirsLabel={t('parts:waterfall.theirs')}
      notReachedLabel={t('parts:waterfall.notReached')}
      stoppedLabel={t('parts:waterfall.stopped')}
      isAnimated={isAnimated}
    />
  );
}
