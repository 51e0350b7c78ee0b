import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { MakeOnceDialog } from '@sallyport/ui/make-once-dialog';
import { SecretOnce } from '@sallyport/ui/secret-once';
import { Select } from '@sallyport/ui/select';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CreateApiKeyDocument,
  type CreateApiKeyMutation,
  EndpointsDocument,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { gqlQuery, useGqlMutation } from '../../lib/query.ts';
import { ConnectRecipes } from '../../parts/connect/connect-recipes.tsx';
import type { AgentDetail } from './agent-page.tsx';
import { FirstCall } from './first-call.tsx';

const everyEndpoint = 'every';
const lives = ['30', '90', '365', 'never'] as const;

function useCreateKey() {
  return useGqlMutation(CreateApiKeyDocument, { changes: ['agent', 'publication'] });
}

export interface CreateKeyDialogProps {
  readonly agent: AgentDetail;
  readonly onClose: () => void;
}

/** Makes a key and shows it in the only moment it can be read, ready to paste into a client. */
export function CreateKeyDialog({ agent, onClose }: CreateKeyDialogProps) {
  const { t } = useTranslation(['agents', 'common']);
  const formId = useId();
  const create = useCreateKey();
  const made = create.data?.createApiKey;
  return (
    <MakeOnceDialog
      closeLabel={t('common:close')}
      onClose={onClose}
      asking={{
        title: t('agents:key.title'),
        description: t('agents:key.lead', { name: agent.name }),
        cancelLabel: t('common:cancel'),
        submitLabel: t('agents:keys.create'),
        formId,
        isPending: create.isPending,
        children: <KeyForm formId={formId} agent={agent} create={create} />,
      }}
      made={
        made === undefined
          ? null
          : {
              title: t('agents:key.made', { name: made.key.name }),
              doneLabel: t('agents:key.done'),
              size: 'lg',
              children: <MadeKey made={made} agentId={agent.id} />,
            }
      }
    />
  );
}

interface KeyFormProps {
  readonly formId: string;
  readonly agent: AgentDetail;
  readonly create: ReturnType<typeof useCreateKey>;
}

function KeyForm({ formId, agent, create }: KeyFormProps) {
  const { t } = useTranslation('agents');
  const words = useErrorText();
  const [name, setName] = useState(t('key.defaultName', { number: agent.keys.length + 1 }));
  const [endpoint, setEndpoint] = useState(everyEndpoint);
  const [life, setLife] = useState<(typeof lives)[number]>('90');
  const endpoints = useQuery(gqlQuery(EndpointsDocument, {}, { touches: ['server'] })).data?.endpoints ?? [];
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return;
    create.mutate({
      input: {
        agentId: agent.id,
        name: name.trim(),
        endpointId: endpoint === everyEndpoint ? null : endpoint,
        expiresInDays: life === 'never' ? null : Number(life),
      },
    });
  }
  return (
    <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('key.name')} hint={t('key.nameHint')}>
        <Input value={name} maxLength={100} required onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('key.endpoint')} hint={t('key.endpointHint')}>
        <Select
          value={endpoint}
          options={[
            { value: everyEndpoint, label: t('keys.everyEndpoint') },
            ...endpoints.map((each) => ({ value: each.id, label: each.name })),
          ]}
          onChange={setEndpoint}
        />
      </Field>
      <Field label={t('key.expires')} hint={life === 'never' ? t('key.neverHint') : undefined}>
        <Select
          value={life}
          options={lives.map((value) => ({ value, label: t(`key.life.${value}`) }))}
          onChange={setLife}
        />
      </Field>
      {create.error ? (
        <p role="alert" className="text-block text-sm">
          {words(create.error).title}. {words(create.error).next}
        </p>
      ) : null}
    </form>
  );
}

interface MadeKeyProps {
  readonly made: CreateApiKeyMutation['createApiKey'];
  readonly agentId: string;
}

function MadeKey({ made, agentId }: MadeKeyProps) {
  const { t } = useTranslation(['agents', 'common']);
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <SecretOnce
        secret={made.secret}
        note={t('agents:key.note')}
        label={t('agents:key.secret')}
        copyLabel={t('agents:key.copy')}
        copiedLabel={t('common:copied')}
      />
      <section className="flex min-w-0 flex-col gap-2">
        <h3 className="font-semibold text-sm">{t('agents:key.connect')}</h3>
        <ConnectRecipes url={made.endpointUrl} secret={made.secret} />
        <p className="text-faint text-xs">
          {t('agents:key.url')} <code className="break-all font-mono">{made.endpointUrl}</code>
        </p>
      </section>
      <FirstCall agentId={agentId} keyPrefix={made.key.prefix} />
    </div>
  );
}
