import { EmptyState } from '@sallyport/ui/empty-state';
import { Section } from '@sallyport/ui/section';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ArgumentsForm } from './arguments-form.tsx';
import { type FormField, promptFields, readForm, templateFields } from './form-model.ts';
import { asObject } from './json-value.ts';
import { requestFor } from './request-for.ts';
import { RunHistory } from './run-history.tsx';
import { RunView } from './run-view.tsx';
import type { Target } from './send-message.ts';
import type { Capability } from './use-capabilities.ts';
import type { useRuns } from './use-runs.ts';
import { useSuggest } from './use-suggest.ts';

export interface CapabilityPaneProps {
  readonly capability: Capability | null;
  /** What was asked for and is not among what the agent sees. */
  readonly missing: string | null;
  readonly target: Target;
  readonly runs: ReturnType<typeof useRuns>;
}

/** The fields a capability asks for; `null` when only raw JSON can say it. */
function fieldsOf({ kind, name, definition }: Capability): readonly FormField[] | null {
  switch (kind) {
    case 'tool':
      return readForm(definition.inputSchema);
    case 'prompt':
      return promptFields(definition.arguments);
    case 'template':
      return templateFields(name);
    case 'resource':
      return [];
  }
}

/** One capability: what it says it does, a form for it, and what came of it. */
export function CapabilityPane({ capability, missing, target, runs }: CapabilityPaneProps) {
  const { t } = useTranslation('inspector');
  const [shown, setShown] = useState<number | null>(null);
  const run = runs.runs.find(({ id }) => id === shown) ?? null;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {capability === null ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<FlaskConical />}
            title={
              missing === null ? (
                t('choose')
              ) : (
                <UntrustedText text={t('missing', { name: missing })} maxLength={300} />
              )
            }
            description={t(missing === null ? 'chooseNext' : 'missingNext')}
          />
        </div>
      ) : (
        <Try
          capability={capability}
          target={target}
          isRunning={run?.state === 'running'}
          onRun={(args) => setShown(runs.start(requestFor(capability, target, args)))}
        />
      )}
      {run === null ? null : (
        <RunView
          key={run.id}
          run={run}
          onCancel={() => runs.cancel(run)}
          onAnswer={(responses) => runs.answer(run, responses)}
        />
      )}
      <RunHistory runs={runs.runs} openId={run?.id ?? null} onOpen={setShown} />
    </div>
  );
}

interface TryProps {
  readonly capability: Capability;
  readonly target: Target;
  readonly isRunning: boolean;
  readonly onRun: (args: Readonly<Record<string, unknown>>) => void;
}

function Try({ capability, target, isRunning, onRun }: TryProps) {
  const { t } = useTranslation('inspector');
  const suggest = useSuggest(target, capability);
  const { description, title, definition } = capability;
  const annotations = asObject(definition.annotations);
  return (
    <Section
      title={<UntrustedText text={title ?? capability.name} maxLength={200} />}
      description={
        title === null ? undefined : <UntrustedText text={capability.name} isMono maxLength={300} />
      }
      aside={annotations?.destructiveHint === true ? t('destructive') : undefined}
    >
      <div className="flex flex-col gap-4">
        {description === null ? null : (
          <p className="max-h-40 max-w-[75ch] overflow-y-auto text-muted text-sm">
            <UntrustedText text={description} isMultiline maxLength={4000} />
          </p>
        )}
        <ArgumentsForm
          fields={fieldsOf(capability)}
          submitLabel={t(`run.${capability.kind}`)}
          isPending={isRunning}
          suggest={suggest}
          onSubmit={onRun}
        />
      </div>
    </Section>
  );
}
