import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Dialog } from '@sallyport/ui/dialog';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { RegisterServerDocument } from '../../generated/graphql.ts';
import { faultyField } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';
import { proposeName, readAddress } from '../../parts/address.ts';
import { ConnectionFields, noConnection, toConnectionInput } from '../../parts/connection-fields.tsx';
import { PrivateOriginNote } from '../../parts/private-origin-note.tsx';

interface RegisterForm {
  readonly url: string;
  readonly name: string;
}

export interface RegisterDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onRegistered: (serverId: string) => void;
}

/** Adds a server by its URL: address, name and how it authenticates us. */
export function RegisterDialog({ open, onOpenChange, onRegistered }: RegisterDialogProps) {
  const { t } = useTranslation(['catalog', 'common']);
  const formId = useId();
  const words = useErrorText();
  const [connection, setConnection] = useState(noConnection);
  const form = useForm<RegisterForm>({ defaultValues: { url: '', name: '' }, mode: 'onTouched' });
  const register = useGqlMutation(RegisterServerDocument, {
    changes: ['server', 'vet'],
    onDone: (result) => onRegistered(result.registerServer.id),
  });
  const address = readAddress(form.watch('url'));
  const refused = faultyField(register.error);
  const isShownAtField = refused !== null && ['url', 'name', 'headerName', 'secret'].includes(refused.field);
  const { errors } = form.formState;
  const errorAt = (field: keyof RegisterForm) =>
    errors[field]?.message ?? (refused?.field === field ? refused.reason : undefined);

  function submit(values: RegisterForm) {
    register.mutate({
      input: { name: values.name.trim(), url: values.url.trim(), connection: toConnectionInput(connection) },
    });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('catalog:form.title')}
      description={t('catalog:form.lead')}
      closeLabel={t('common:close')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isPending={register.isPending}>
            {t('catalog:form.submit')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => void form.handleSubmit(submit)(event)}
        className="flex flex-col gap-4"
      >
        <Field label={t('catalog:form.url')} hint={t('catalog:form.urlHint')} error={errorAt('url')}>
          <Input
            {...form.register('url', {
              validate: (text) => readAddress(text).kind !== 'invalid' || t('catalog:form.urlInvalid'),
              onBlur: () => {
                if (form.getValues('name') === '') form.setValue('name', proposeName(form.getValues('url')));
              },
            })}
            type="url"
            inputMode="url"
            placeholder="https://mcp.example.com/mcp"
            spellCheck={false}
            maxLength={2000}
            className="font-mono"
          />
        </Field>
        {address.kind === 'private' ? <PrivateOriginNote origin={address.origin} /> : null}
        <Field label={t('catalog:form.name')} hint={t('catalog:form.nameHint')} error={errorAt('name')}>
          <Input
            {...form.register('name', {
              validate: (text) => text.trim() !== '' || t('catalog:form.nameMissing'),
            })}
            maxLength={100}
          />
        </Field>
        <ConnectionFields value={connection} onChange={setConnection} fault={refused} />
        {register.error === null || isShownAtField ? null : (
          <Callout tone="block" title={words(register.error).title}>
            {words(register.error).next}
          </Callout>
        )}
      </form>
    </Dialog>
  );
}
