import { Button } from '@sallyport/ui/button';
import { CodeEditor } from '@sallyport/ui/code-editor';
import { Segmented } from '@sallyport/ui/segmented';
import { Play } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldControl } from './field-control.tsx';
import { type FormField, type FormValues, type Problem, startValues, toArguments } from './form-model.ts';
import { asObject, type Json, pretty } from './json-value.ts';
import type { Suggest } from './use-suggest.ts';

export interface ArgumentsFormProps {
  /** `null`: only raw JSON can say what is wanted. */
  readonly fields: readonly FormField[] | null;
  readonly submitLabel: string;
  readonly isPending: boolean;
  readonly suggest?: Suggest | null;
  readonly onSubmit: (value: Json) => void;
}

function parseObject(text: string): Json | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function useDraft(fields: readonly FormField[] | null) {
  const known = fields ?? [];
  const [values, setValues] = useState<FormValues>(() => startValues(known));
  const [raw, setRaw] = useState<string | null>(fields === null ? '{}' : null);
  const [problems, setProblems] = useState<Readonly<Record<string, Problem>>>({});
  return {
    values,
    raw,
    problems,
    setValue: (name: string, value: FormValues[string]) => setValues((now) => ({ ...now, [name]: value })),
    setRaw,
    showRaw: () => {
      const filled = toArguments(known, values);
      setRaw(pretty(filled.kind === 'ok' ? filled.value : {}));
    },
    /** What is to be sent, or nothing while something is wrong. */
    read: (): Json | null => {
      if (raw !== null) return parseObject(raw);
      const filled = toArguments(known, values);
      setProblems(filled.kind === 'problems' ? filled.problems : {});
      return filled.kind === 'ok' ? filled.value : null;
    },
  };
}

/** A form made from a schema, or the JSON itself. */
export function ArgumentsForm({ fields, submitLabel, isPending, suggest, onSubmit }: ArgumentsFormProps) {
  const { t } = useTranslation(['inspector', 'common']);
  const draft = useDraft(fields);
  const isRaw = draft.raw !== null;
  const isBadJson = draft.raw !== null && parseObject(draft.raw) === null;
  function submit(event: FormEvent) {
    event.preventDefault();
    const value = draft.read();
    if (value !== null) onSubmit(value);
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {fields === null || fields.length === 0 ? null : (
        <Segmented
          label={t('inspector:form.as')}
          value={isRaw ? 'json' : 'form'}
          options={[
            { value: 'form', label: t('inspector:form.form') },
            { value: 'json', label: t('inspector:form.json') },
          ]}
          onChange={(mode) => (mode === 'json' ? draft.showRaw() : draft.setRaw(null))}
          className="self-start"
        />
      )}
      {draft.raw === null ? (
        fields?.map((field) => (
          <FieldControl
            key={field.name}
            field={field}
            value={draft.values[field.name] ?? field.start}
            problem={draft.problems[field.name] ?? null}
            others={draft.values}
            suggest={suggest ?? null}
            onChange={(value) => draft.setValue(field.name, value)}
          />
        ))
      ) : (
        <div className="flex flex-col gap-1">
          <CodeEditor
            value={draft.raw}
            onChange={draft.setRaw}
            language="json"
            label={t('inspector:form.json')}
            loadingLabel={t('common:loading')}
          />
          {isBadJson ? (
            <p role="alert" className="text-block text-xs">
              {t('inspector:form.badJson')}
            </p>
          ) : null}
        </div>
      )}
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        isPending={isPending}
        disabled={isBadJson}
        icon={<Play className="size-3.5" aria-hidden="true" />}
      >
        {submitLabel}
      </Button>
    </form>
  );
}
