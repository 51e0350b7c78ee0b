import { Button } from '@sallyport/ui/button';
import { Field } from '@sallyport/ui/field';
import { SecretOnce } from '@sallyport/ui/secret-once';
import { Section } from '@sallyport/ui/section';
import { Select } from '@sallyport/ui/select';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectKeyDocument, type ConnectPageQuery } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';

/** The secret lives in this page's memory only. */
export interface MadeKey {
  readonly endpointId: string;
  readonly secret: string;
}

export interface KeyStepProps {
  readonly endpointId: string;
  readonly agents: ConnectPageQuery['agents']['nodes'];
  readonly agentId: string | undefined;
  readonly made: MadeKey | null;
  readonly onMade: (made: MadeKey) => void;
}

/** A key for one agent and this endpoint, or the reminder that one exists already. */
export function KeyStep(props: KeyStepProps) {
  const { t } = useTranslation(['connect', 'common']);
  const { made, agents } = props;
  return (
    <Section title={t('connect:key.title')} description={t('connect:key.lead')}>
      {made === null ? (
        agents.length === 0 ? (
          <p className="text-muted text-sm">
            {t('connect:key.noAgent')}{' '}
            <Link to="/agents" className="text-accent hover:underline">
              {t('connect:key.toAgents')}
            </Link>
          </p>
        ) : (
          <KeyForm {...props} />
        )
      ) : (
        <SecretOnce
          secret={made.secret}
          note={t('connect:key.once')}
          label={t('connect:key.secret')}
          copyLabel={t('common:copy')}
          copiedLabel={t('common:copied')}
        />
      )}
    </Section>
  );
}

function KeyForm({ endpointId, agents, agentId, onMade }: KeyStepProps) {
  const { t } = useTranslation('connect');
  const words = useErrorText();
  const [chosen, setChosen] = useState(agents.find(({ id }) => id === agentId)?.id ?? agents[0]?.id ?? '');
  const create = useGqlMutation(ConnectKeyDocument, {
    changes: ['agent', 'publication'],
    onDone: ({ createApiKey }) => onMade({ endpointId, secret: createApiKey.secret }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ input: { agentId: chosen, name: t('key.name'), endpointId, expiresInDays: 90 } });
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <Field label={t('key.agent')} className="min-w-48 flex-1 sm:max-w-sm">
        <Select
          value={chosen}
          options={agents.map((agent) => ({ value: agent.id, label: <UntrustedText text={agent.name} /> }))}
          onChange={setChosen}
        />
      </Field>
      <PermissionGate need="agents.write">
        <Button type="submit" variant="primary" isPending={create.isPending}>
          {t('key.make')}
        </Button>
      </PermissionGate>
      {create.error ? (
        <p role="alert" className="w-full text-block text-sm">
          {words(create.error).title}. {words(create.error).next}
        </p>
      ) : null}
    </form>
  );
}
