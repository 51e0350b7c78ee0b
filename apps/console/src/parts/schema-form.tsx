import './texts.ts';
import { Badge } from '@sallyport/ui/badge';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useTranslation } from 'react-i18next';
import { indentJson, readDefinition, type SchemaField } from './read-schema.ts';

const indents = ['ps-0', 'ps-4', 'ps-8', 'ps-12', 'ps-16', 'ps-20', 'ps-24'] as const;

function FieldRow({ field }: { readonly field: SchemaField }) {
  const { t } = useTranslation('parts');
  return (
    <li className={`border-b py-2 last:border-b-0 ${indents[field.depth] ?? 'ps-24'}`}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <UntrustedText text={field.name} isMono className="font-medium text-sm" />
        <span className="font-mono text-faint text-xs">
          <UntrustedText text={field.type} />
        </span>
        {field.isRequired ? <Badge tone="accent">{t('schema.required')}</Badge> : null}
      </p>
      {field.description === null ? null : (
        <p className="mt-0.5 max-w-[75ch] text-muted text-sm">
          <UntrustedText text={field.description} isMultiline />
        </p>
      )}
      {field.values === null ? null : (
        <p className="mt-0.5 text-faint text-xs">
          <UntrustedText text={t('schema.oneOfValues', { values: field.values.join(', ') })} />
        </p>
      )}
      {field.defaultValue === null ? null : (
        <p className="mt-0.5 text-faint text-xs">
          <UntrustedText text={t('schema.default', { value: field.defaultValue })} />
        </p>
      )}
    </li>
  );
}

function RawText({ note, text }: { readonly note: string; readonly text: string }) {
  return (
    <>
      <p className="mb-2 text-muted text-sm">{note}</p>
      <div className="max-h-96 overflow-auto rounded-lg border bg-sunken p-3 text-xs">
        <UntrustedText text={text} isMultiline isMono />
      </div>
    </>
  );
}

/** A tool's definition as a form to read: what it says it does and the arguments it takes. */
export function SchemaForm({ definition }: { readonly definition: string }) {
  const { t } = useTranslation('parts');
  const read = readDefinition(definition);
  if (read === null) return <RawText note={t('schema.unreadable')} text={definition} />;
  return (
    <div className="flex flex-col gap-3">
      {read.description === null ? null : (
        <p className="max-w-[75ch] text-sm">
          <UntrustedText text={read.description} isMultiline />
        </p>
      )}
      {read.fields.length > 0 ? (
        <ul className="rounded-lg border px-3">
          {read.fields.map((field) => (
            <FieldRow key={field.path} field={field} />
          ))}
        </ul>
      ) : read.hasObjectSchema ? (
        <p className="text-muted text-sm">{t('schema.none')}</p>
      ) : (
        <RawText note={t('schema.raw')} text={indentJson(definition)} />
      )}
    </div>
  );
}
