import { Button } from '@sallyport/ui/button';
import { Dialog } from '@sallyport/ui/dialog';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Select } from '@sallyport/ui/select';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateAgentDocument, CustomersDocument, UpdateAgentDocument } from '../../generated/graphql.ts';
import { type ApiError, faultyField } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { gqlQuery, useGqlMutation } from '../../lib/query.ts';
import { faultyRole, readRoles } from './roles.ts';

export interface EditedAgent {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly customer: { readonly id: string } | null;
}

export interface AgentDialogProps {
  /** Null makes a new one. */
  readonly agent: EditedAgent | null;
  readonly onClose: () => void;
  readonly onCreated?: ((id: string) => void) | undefined;
}

const noCustomer = 'none';

function useSave({ agent, onClose, onCreated }: AgentDialogProps) {
  const changes = ['agent', 'publication'] as const;
  const create = useGqlMutation(CreateAgentDocument, {
    changes,
    onDone: (result) => {
      onClose();
      onCreated?.(result.createAgent.id);
    },
  });
  const update = useGqlMutation(UpdateAgentDocument, { changes, onDone: onClose });
  return {
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
    save(input: { readonly name: string; readonly roles: string[]; readonly customerId: string | null }) {
      if (agent === null) create.mutate({ input });
      else update.mutate({ id: agent.id, input });
    },
  };
}

/** What is wrong with the name, in words; null when the fault lies elsewhere. */
function useNameFault(error: ApiError | null): string | undefined {
  const { t } = useTranslation('agents');
  if (error?.code === 'conflict') return t('dialog.nameTaken');
  return faultyField(error)?.field === 'name' ? t('dialog.nameFault') : undefined;
}

/** Name, roles and customer of an agent. */
export function AgentDialog(props: AgentDialogProps) {
  const { agent, onClose } = props;
  const { t } = useTranslation(['agents', 'common']);
  const formId = useId();
  const words = useErrorText();
  const [name, setName] = useState(agent?.name ?? '');
  const [roleText, setRoleText] = useState(agent?.roles.join(', ') ?? '');
  const [customer, setCustomer] = useState(agent?.customer?.id ?? noCustomer);
  const customers = useQuery(gqlQuery(CustomersDocument, {}, { touches: ['agent'] })).data?.customers ?? [];
  const { isPending, error, save } = useSave(props);
  const nameFault = useNameFault(error);
  const roles = readRoles(roleText);
  const wrong = faultyRole(roles);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '' || wrong !== null) return;
    save({ name: name.trim(), roles: [...roles], customerId: customer === noCustomer ? null : customer });
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={agent === null ? t('agents:dialog.title') : t('agents:dialog.editTitle')}
      description={agent === null ? t('agents:dialog.lead') : undefined}
      closeLabel={t('common:close')}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={isPending}
            disabled={name.trim() === '' || wrong !== null}
          >
            {agent === null ? t('agents:create') : t('common:save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('agents:dialog.name')} hint={t('agents:dialog.nameHint')} error={nameFault}>
          <Input value={name} maxLength={100} autoFocus onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={t('agents:dialog.roles')}
          hint={t('agents:dialog.rolesHint', { role: roles[0] ?? 'support' })}
          error={wrong === null ? undefined : t('agents:dialog.roleFault', { role: wrong })}
        >
          <Input
            value={roleText}
            placeholder="support, billing"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setRoleText(event.target.value)}
          />
        </Field>
        <Field label={t('agents:dialog.customer')} hint={t('agents:dialog.customerHint')}>
          <Select
            value={customer}
            options={[
              { value: noCustomer, label: t('agents:dialog.noCustomer') },
              ...customers.map((each) => ({ value: each.id, label: each.name })),
            ]}
            onChange={setCustomer}
          />
        </Field>
        {error === null || nameFault !== undefined ? null : (
          <p role="alert" className="text-block text-sm">
            {words(error).title}. {words(error).next}
          </p>
        )}
      </form>
    </Dialog>
  );
}
