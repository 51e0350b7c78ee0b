import { Field } from '@sallyport/ui/field';
import { Textarea } from '@sallyport/ui/textarea';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomRuleKind } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useRuleTrial } from './use-rule-trial.ts';

/** Tries the rule on a pasted text before it is saved; a rule that cannot be saved says why. */
export function RuleTrial({ kind, value }: { readonly kind: CustomRuleKind; readonly value: string }) {
  const { t } = useTranslation('detection');
  const words = useErrorText();
  const [text, setText] = useState('');
  const { trial, error, isCurrent } = useRuleTrial(kind, value, text);
  return (
    <section className="flex flex-col gap-2 rounded-md border bg-sunken p-3">
      <Field label={t('trial.label')} hint={t('trial.hint')}>
        <Textarea value={text} rows={3} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div role="status" aria-busy={!isCurrent} className="text-sm">
        {error === null ? null : <p className="text-block">{words(error).title}</p>}
        {trial === undefined ? (
          <p className="text-faint text-xs">{t('trial.waiting')}</p>
        ) : trial.problems.length > 0 ? (
          <ul className="flex flex-col gap-1 text-block">
            {trial.problems.map((problem) => (
              <li key={problem}>
                <UntrustedText text={t('trial.refused', { problem })} />
              </li>
            ))}
          </ul>
        ) : (
          <>
            <p className={trial.hits.length > 0 ? 'text-hold' : 'text-muted'}>
              {text === ''
                ? t('trial.fine')
                : t('trial.hits', { count: trial.hits.length, steps: trial.stepsPerCharacter.toFixed(1) })}
            </p>
            {text === '' || trial.hits.length === 0 ? null : (
              <p className="mt-2 max-h-40 overflow-y-auto rounded-md border bg-surface p-2 text-xs">
                <UntrustedText
                  text={text}
                  evidence={trial.hits.map((hit) => ({ ...hit, tone: 'hold' as const }))}
                  isMono
                  isMultiline
                  maxLength={20_000}
                />
              </p>
            )}
          </>
        )}
      </div>
    </section>
  );
}
