import { type ArgumentRole, argumentRoles } from '@sallyport/detection';
import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Field } from '@sallyport/ui/field';
import { Section } from '@sallyport/ui/section';
import { Select } from '@sallyport/ui/select';
import { SkeletonText } from '@sallyport/ui/skeleton';
import { Textarea } from '@sallyport/ui/textarea';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  DetectionSurface,
  DetectionViewFragment,
  ArgumentRole as RoleWord,
} from '../../../generated/graphql.ts';
import { type PlaygroundSurface, playgroundSurfaces, readJson } from './explain-input.ts';
import { examples } from './playground-examples.ts';
import { RedactionView } from './redaction-view.tsx';
import { StringStages } from './string-stages.tsx';
import {
  type PlaygroundChoice,
  type PlaygroundState,
  usePlayground,
  usePlaygroundTools,
} from './use-playground.ts';
import { VerdictView } from './verdict-view.tsx';

/** A pasted text with every stage of normalisation, what fired where, and what would be redacted: all in this browser. */
export function PlaygroundTab({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const [choice, setChoice] = useState<PlaygroundChoice>({
    text: '',
    surface: 'result',
    role: 'free_text',
    toolId: null,
    redaction: 'tenant',
  });
  const state = usePlayground(view, choice);
  const change = (next: Partial<PlaygroundChoice>) => setChoice({ ...choice, ...next });
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <Section title={t('play.title')} className="xl:sticky xl:top-4">
        <div className="flex flex-col gap-4">
          <p className="flex items-start gap-2 text-muted text-sm">
            <ShieldCheck className="mt-0.5 size-4 shrink-0 text-allow" aria-hidden="true" />
            {t('play.local')}
          </p>
          <Field label={t('play.text')} hint={t('play.textHint')}>
            <Textarea
              rows={9}
              spellCheck={false}
              value={choice.text}
              className="font-mono"
              onChange={(event) => change({ text: event.target.value })}
            />
          </Field>
          <Choices choice={choice} onChange={change} />
          <span className="flex flex-wrap items-center gap-2">
            <span className="text-faint text-xs">{t('play.try')}</span>
            {examples.map((example) => (
              <Button
                key={example.id}
                size="sm"
                onClick={() =>
                  change({
                    text: example.text(),
                    surface: example.surface,
                    role: example.role ?? 'free_text',
                  })
                }
              >
                {t(`play.example.${example.id}`)}
              </Button>
            ))}
          </span>
        </div>
      </Section>
      <div className="flex min-w-0 flex-col gap-4" aria-live="polite">
        <Outcome state={state} choice={choice} onChange={change} />
      </div>
    </div>
  );
}

interface ChoicesProps {
  readonly choice: PlaygroundChoice;
  readonly onChange: (change: Partial<PlaygroundChoice>) => void;
}

const noTool = 'NONE';

function Choices({ choice, onChange }: ChoicesProps) {
  const { t } = useTranslation(['detection', 'parts']);
  const tools = usePlaygroundTools();
  const upper = (word: string) => word.toUpperCase();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('detection:play.surface')}>
        <Select<PlaygroundSurface>
          value={choice.surface}
          options={playgroundSurfaces.map((value) => ({
            value,
            label: t(`parts:detection.surface.${upper(value) as DetectionSurface}`),
          }))}
          onChange={(surface) => onChange({ surface })}
        />
      </Field>
      {choice.surface === 'tool_definition' ? null : (
        <Field label={t('detection:play.tool')}>
          <Select
            value={choice.toolId ?? noTool}
            options={[
              { value: noTool, label: t('detection:play.noTool') },
              ...tools.map((tool) => ({
                value: tool.toolId,
                label: <UntrustedText text={tool.exposedName} isMono className="text-xs" />,
              })),
            ]}
            onChange={(next) => onChange({ toolId: next === noTool ? null : next })}
          />
        </Field>
      )}
      {choice.surface === 'arguments' && readJson(choice.text) === null ? (
        <Field label={t('detection:play.role')} hint={t('detection:play.roleHint')} className="sm:col-span-2">
          <Select<ArgumentRole>
            value={choice.role}
            options={argumentRoles.map((value) => ({
              value,
              label: t(`parts:detection.role.${upper(value) as RoleWord}`),
            }))}
            onChange={(role) => onChange({ role })}
          />
        </Field>
      ) : null}
    </div>
  );
}

function Outcome({ state, choice, onChange }: ChoicesProps & { readonly state: PlaygroundState }) {
  const { t } = useTranslation(['detection', 'common']);
  if (state.kind === 'loading') return <SkeletonText lines={6} label={t('common:loading')} />;
  if (state.kind === 'failed') {
    return (
      <Callout tone="block" title={t('detection:play.failed')}>
        {state.message}
      </Callout>
    );
  }
  if (state.kind === 'empty') {
    return (
      <Section title={t('detection:play.result')}>
        <p className="text-muted text-sm">{t('detection:play.empty')}</p>
      </Section>
    );
  }
  const { explained, hasModel, ms } = state;
  return (
    <>
      <VerdictView verdict={explained.verdict} hasModel={hasModel} ms={ms} />
      {explained.strings.map((string) => (
        <StringStages key={string.path} string={string} isJson={explained.isJson} />
      ))}
      {explained.leftOut > 0 ? (
        <p className="text-muted text-sm">{t('detection:play.leftOut', { count: explained.leftOut })}</p>
      ) : null}
      <RedactionView
        redacted={explained.redacted}
        mode={choice.redaction}
        onMode={(redaction) => onChange({ redaction })}
      />
    </>
  );
}
