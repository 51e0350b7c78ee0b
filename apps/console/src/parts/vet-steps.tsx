import './texts.ts';
import { cx } from '@sallyport/ui/cx';
import { Spinner } from '@sallyport/ui/spinner';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Check, CircleDashed, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VetProgressFragment, VetState } from '../generated/graphql.ts';
import { formatMs } from '../lib/format.ts';

function StepIcon({ state }: { readonly state: VetState }) {
  switch (state) {
    case 'QUEUED':
      return <CircleDashed className="size-4 text-faint" aria-hidden="true" />;
    case 'RUNNING':
      return <Spinner className="size-4 text-accent" />;
    case 'FINISHED':
      return <Check className="size-4 text-allow" aria-hidden="true" />;
    case 'FAILED':
      return <X className="size-4 text-block" aria-hidden="true" />;
  }
}

function lasted(startedAt: string | null, endedAt: string | null): string {
  return startedAt === null || endedAt === null ? '' : formatMs(Date.parse(endedAt) - Date.parse(startedAt));
}

/** A check that Sallyport started by itself writes no steps, also when it is over. */
function NoSteps({ state }: { readonly state: VetProgressFragment['state'] }) {
  const { t } = useTranslation('parts');
  if (state === 'FINISHED') return <p className="text-muted text-sm">{t('vet.finished')}</p>;
  return (
    <p className="flex items-center gap-2 text-muted text-sm">
      <Spinner /> {t(state === 'RUNNING' ? 'vet.running' : 'vet.queued')}
    </p>
  );
}

/** The steps of one vetting as they run; read out politely. */
export function VetSteps({ run }: { readonly run: VetProgressFragment }) {
  const { t } = useTranslation('parts');
  return (
    <div aria-live="polite">
      {run.steps.length === 0 && run.error === null ? <NoSteps state={run.state} /> : null}
      <ol aria-label={t('vet.label')} className="flex flex-col">
        {run.steps.map((step) => (
          <li
            key={step.name}
            className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-2.5 py-1 text-sm"
          >
            <span className="mt-0.5">
              <StepIcon state={step.state} />
            </span>
            <span className={cx('min-w-0', step.state === 'QUEUED' && 'text-faint')}>
              <UntrustedText text={step.name} />
              <span className="sr-only"> {t(`vet.state.${step.state}`)}</span>
              {step.detail === null ? null : (
                <span className="block text-muted text-xs">
                  <UntrustedText text={step.detail} maxLength={400} />
                </span>
              )}
            </span>
            <span className="text-faint text-xs leading-5 tabular-nums">
              {lasted(step.startedAt, step.endedAt)}
            </span>
          </li>
        ))}
      </ol>
      {run.error === null ? null : (
        <p role="alert" className="mt-2 text-block text-sm">
          <UntrustedText text={run.error} maxLength={600} />
        </p>
      )}
    </div>
  );
}
