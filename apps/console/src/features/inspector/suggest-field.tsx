import { Button } from '@sallyport/ui/button';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import type { FormField, FormValue, FormValues } from './form-model.ts';
import type { Suggest } from './use-suggest.ts';

export interface SuggestFieldProps {
  readonly field: FormField;
  readonly value: FormValue;
  readonly others: FormValues;
  readonly suggest: Suggest;
  readonly input: ReactNode;
  readonly onChange: (value: FormValue) => void;
}

/** An input with what the server proposes for it. */
export function SuggestField({ field, value, others, suggest, input, onChange }: SuggestFieldProps) {
  const { t } = useTranslation('inspector');
  const words = useErrorText();
  const ask = useMutation({
    mutationFn: () => {
      const rest = Object.entries(others).filter(([name, text]) => name !== field.name && text !== '');
      return suggest(field.name, typeof value === 'string' ? value : '', Object.fromEntries(rest));
    },
  });
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex max-w-2xl flex-wrap items-start gap-2">
        {input}
        <Button size="md" className="mt-6.5" isPending={ask.isPending} onClick={() => ask.mutate()}>
          {t('form.suggest')}
        </Button>
      </div>
      {ask.error === null ? null : (
        <p role="alert" className="text-block text-xs">
          {words(ask.error).title}. <UntrustedText text={ask.error.message} maxLength={200} />
        </p>
      )}
      {ask.data === undefined ? null : (
        <p role="status" className="flex flex-wrap items-center gap-1 text-faint text-xs">
          {ask.data.length === 0 ? t('form.noSuggestion') : null}
          {ask.data.map((each) => (
            <Button key={each} size="sm" variant="ghost" onClick={() => onChange(each)}>
              <UntrustedText text={each} isMono maxLength={80} />
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
