import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { MakeOnceDialog } from '@sallyport/ui/make-once-dialog';
import { SecretOnce } from '@sallyport/ui/secret-once';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateTenantDocument } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';

const proposeSlug = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

/** Asks for a name, then shows the first owner's link once. */
export function CreateTenantDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['tenants', 'common']);
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [typedSlug, setSlug] = useState<string | null>(null);
  const create = useGqlMutation(CreateTenantDocument, { changes: ['tenant'] });
  const slug = typedSlug ?? proposeSlug(name);
  const made = create.data?.createTenant;
  return (
    <MakeOnceDialog
      closeLabel={t('common:close')}
      onClose={onClose}
      asking={{
        title: t('dialog.title'),
        description: t('dialog.lead'),
        cancelLabel: t('common:cancel'),
        submitLabel: t('dialog.submit'),
        isPending: create.isPending,
        isDisabled: name.trim() === '' || slug === '',
        onSubmit: () => create.mutate({ name: name.trim(), slug }),
        children: (
          <div className="flex flex-col gap-4">
            <Field label={t('dialog.name')}>
              <Input
                autoFocus
                value={name}
                maxLength={80}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field
              label={t('dialog.slug')}
              hint={t('dialog.slugHint')}
              error={create.error ? errorText(create.error).title : undefined}
            >
              <Input
                className="font-mono"
                value={slug}
                maxLength={40}
                spellCheck={false}
                onChange={(event) => setSlug(event.target.value)}
              />
            </Field>
          </div>
        ),
      }}
      made={
        made === undefined
          ? null
          : {
              title: t('dialog.made', { name: made.tenant.name }),
              doneLabel: t('dialog.done'),
              children: (
                <SecretOnce
                  secret={made.ownerLink}
                  note={t('dialog.note')}
                  label={t('dialog.copy')}
                  copyLabel={t('dialog.copy')}
                  copiedLabel={t('common:copied')}
                />
              ),
            }
      }
    />
  );
}
