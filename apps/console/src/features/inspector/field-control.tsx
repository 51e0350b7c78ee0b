import { Checkbox } from '@sallyport/ui/checkbox';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Select } from '@sallyport/ui/select';
import { Switch } from '@sallyport/ui/switch';
import { Textarea } from '@sallyport/ui/textarea';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField, FormValue, FormValues, Problem } from './form-model.ts';
import { SuggestField } from './suggest-field.tsx';
import type { Suggest } from './use-suggest.ts';

export interface FieldControlProps {
  readonly field: FormField;
  readonly value: FormValue;
  readonly problem: Problem | null;
  readonly others: FormValues;
  readonly suggest: Suggest | null;
  readonly onChange: (value: FormValue) => void;
}

function Label({ field }: { readonly field: FormField }) {
  const { t } = useTranslation('inspector');
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <UntrustedText text={field.title} maxLength={120} />
      {field.title === field.name ? null : (
        <UntrustedText text={field.name} isMono className="text-faint text-xs" maxLength={120} />
      )}
      {field.isRequired ? null : <span className="font-normal text-faint text-xs">{t('form.optional')}</span>}
    </span>
  );
}

/** The control for one value of a form. */
export function FieldControl(props: FieldControlProps) {
  const { field, value, onChange } = props;
  const hint =
    field.description === null ? undefined : <UntrustedText text={field.description} maxLength={600} />;
  if (field.control === 'boolean') {
    return (
      <Switch checked={value === true} onChange={onChange} label={<Label field={field} />} hint={hint} />
    );
  }
  if (field.control === 'choices') return <Choices {...props} hint={hint} />;
  return <SingleField {...props} hint={hint} />;
}

function SingleField(props: FieldControlProps & { readonly hint: ReactNode }) {
  const { field, value, problem, suggest, hint, onChange } = props;
  const { t } = useTranslation('inspector');
  const text = typeof value === 'string' ? value : '';
  const error = problem === null ? undefined : t(`form.problem.${problem}`);
  if (field.control === 'choice') {
    const none = field.isRequired ? [] : [{ value: '', label: t('form.none') }];
    const options = field.options.map((option) => ({
      value: option.value,
      label: <UntrustedText text={option.label} maxLength={120} />,
    }));
    return (
      <Field label={<Label field={field} />} hint={hint} error={error} className="max-w-md">
        <Select value={text} options={[...none, ...options]} onChange={onChange} />
      </Field>
    );
  }
  if (field.control === 'json' || text.includes('\n')) {
    return (
      <Field label={<Label field={field} />} hint={hint} error={error} className="max-w-2xl">
        <Textarea
          value={text}
          rows={4}
          spellCheck={false}
          className="font-mono text-xs!"
          placeholder={field.control === 'json' ? t('form.jsonValue') : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    );
  }
  const input = (
    <Field label={<Label field={field} />} hint={hint} error={error} className="max-w-2xl flex-1">
      <Input
        value={text}
        inputMode={field.control === 'text' ? undefined : 'decimal'}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
  return suggest === null ? input : <SuggestField {...props} suggest={suggest} input={input} />;
}

function Choices({ field, value, hint, onChange }: FieldControlProps & { readonly hint: ReactNode }) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-sm">
        <Label field={field} />
      </legend>
      {field.options.map((option) => (
        <Checkbox
          key={option.value}
          checked={chosen.includes(option.value)}
          label={<UntrustedText text={option.label} maxLength={120} />}
          onChange={(isOn) =>
            onChange(isOn ? [...chosen, option.value] : chosen.filter((each) => each !== option.value))
          }
        />
      ))}
      {hint ? <p className="text-faint text-xs">{hint}</p> : null}
    </fieldset>
  );
}
