import { Button } from '@sallyport/ui/button';
import { Dialog } from '@sallyport/ui/dialog';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateCustomerDocument } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';

/** A customer: whom an agent works for and whom its calls are counted to. */
export function CustomerDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['agents', 'common']);
  const formId = useId();
  const words = useErrorText();
  const [name, setName] = useState('');
  const [reference, setReference] = useState('');
  const create = useGqlMutation(CreateCustomerDocument, { changes: ['agent'], onDone: onClose });
  const isTaken = create.error?.code === 'conflict';
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return;
    create.mutate({ name: name.trim(), externalRef: reference.trim() === '' ? null : reference.trim() });
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={t('agents:customers.dialogTitle')}
      description={t('agents:customers.dialogLead')}
      closeLabel={t('common:close')}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={create.isPending}
            disabled={name.trim() === ''}
          >
            {t('agents:customers.create')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t('agents:customers.name')}
          error={isTaken ? t('agents:customers.nameTaken') : undefined}
        >
          <Input value={name} maxLength={100} autoFocus onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('agents:customers.reference')} hint={t('agents:customers.referenceHint')}>
          <Input
            value={reference}
            maxLength={200}
            className="font-mono"
            onChange={(event) => setReference(event.target.value)}
          />
        </Field>
        {create.error === null || isTaken ? null : (
          <p role="alert" className="text-block text-sm">
            {words(create.error).title}. {words(create.error).next}
          </p>
        )}
      </form>
    </Dialog>
  );
}
