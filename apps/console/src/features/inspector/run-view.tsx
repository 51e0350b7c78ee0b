import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { formatMs } from '../../lib/format.ts';
import { AskForm } from './ask-form.tsx';
import type { Json } from './json-value.ts';
import { RawMessages } from './raw-messages.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { ResultView } from './result-view.tsx';
import { RunBadge } from './run-badge.tsx';
import { RunReceipt } from './run-receipt.tsx';
import { progressOf, type Run, refusalOf } from './run-state.ts';

export interface RunViewProps {
  readonly run: Run;
  readonly onCancel: () => void;
  readonly onAnswer: (responses: Json) => void;
}

/** One run: how it stands, what it asks, what came back, and what was said on the wire. */
export function RunView({ run, onCancel, onAnswer }: RunViewProps) {
  const { t } = useTranslation(['inspector', 'common']);
  const isOpen = run.state === 'running' || run.state === 'asks';
  return (
    <Section
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          {t('inspector:result.title')} <RunBadge run={run} />
        </span>
      }
      aside={
        <>
          {run.endedAt === null ? null : formatMs(run.endedAt - run.startedAt)}
          {isOpen ? (
            <Button size="sm" onClick={onCancel}>
              {t('inspector:cancel')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex min-w-0 flex-col gap-4" aria-live="polite">
        <Progress run={run} />
        {run.state === 'failed' ? <Fault fault={run.fault} /> : null}
        {run.state === 'cancelled' ? <p className="text-muted text-sm">{t('inspector:cancelled')}</p> : null}
        {run.state === 'asks' ? (
          <AskForm key={run.messages.length} asks={run.asks} onAnswer={onAnswer} />
        ) : null}
        {run.state === 'done' ? <Outcome run={run} /> : null}
        {run.state === 'done' ? <RunReceipt run={run} /> : null}
        <RawMessages messages={run.messages} />
      </div>
    </Section>
  );
}

function Outcome({ run }: { readonly run: Run }) {
  const { t } = useTranslation('inspector');
  const { reply } = run;
  if (reply === null) return <p className="text-block text-sm">{t('result.noReply')}</p>;
  const refusal = refusalOf(reply);
  return (
    <>
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
      {reply.kind === 'result' && (refusal === null || refusal.code === null) ? (
        <ResultView result={reply.result} />
      ) : null}
    </>
  );
}

function Fault({ fault }: { readonly fault: unknown }) {
  const words = useErrorText()(fault);
  return (
    <Callout tone="block" title={words.title}>
      {words.next} {words.incident}
    </Callout>
  );
}

function Progress({ run }: { readonly run: Run }) {
  const { t } = useTranslation('inspector');
  const progress = progressOf(run);
  if (run.state !== 'running') return null;
  return (
    <div className="flex flex-col gap-1">
      <p role="status" className="text-muted text-sm">
        {t('running')}
        {progress?.text ? (
          <>
            {' '}
            <UntrustedText text={progress.text} maxLength={200} />
          </>
        ) : null}
      </p>
      {progress === null ? null : (
        <progress
          aria-label={t('progress')}
          value={progress.total === null ? undefined : progress.done}
          max={progress.total ?? undefined}
          className="h-1.5 w-full max-w-md accent-(--accent)"
        />
      )}
    </div>
  );
}
