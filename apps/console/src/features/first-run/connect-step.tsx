import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { SecretOnce } from '@sallyport/ui/secret-once';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  FirstRunAgentDocument,
  FirstRunKeyDocument,
  type FirstRunKeyMutation,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { ConnectRecipes } from '../../parts/connect/connect-recipes.tsx';

/** The agent of this run; its secret lives in this page's memory only. */
export interface FirstAgent {
  readonly id: string;
  readonly name: string;
  readonly created: FirstRunKeyMutation['createApiKey'];
}

export interface ConnectStepProps {
  readonly agent: FirstAgent | null;
  readonly onCreated: (agent: FirstAgent) => void;
}

/** An agent, its key, and the lines to paste. */
export function ConnectStep({ agent, onCreated }: ConnectStepProps) {
  const { t } = useTranslation(['firstRun', 'common']);
  if (agent === null) return <CreateAgent onCreated={onCreated} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <SecretOnce
        secret={agent.created.secret}
        note={t('firstRun:connect.once')}
        label={t('firstRun:connect.key')}
        copyLabel={t('common:copy')}
        copiedLabel={t('common:copied')}
      />
      <ConnectRecipes url={agent.created.endpointUrl} secret={agent.created.secret} />
    </div>
  );
}

function CreateAgent({ onCreated }: { readonly onCreated: (agent: FirstAgent) => void }) {
  const { t } = useTranslation('firstRun');
  const words = useErrorText();
  const [name, setName] = useState(t('connect.defaultName'));
  const createAgent = useGqlMutation(FirstRunAgentDocument, { changes: ['agent'] });
  const createKey = useGqlMutation(FirstRunKeyDocument, { changes: ['agent'] });
  const isTaken = createAgent.error?.code === 'conflict';
  const error = isTaken ? null : (createAgent.error ?? createKey.error);

  async function create() {
    // A key that failed is asked for again on the agent that exists already.
    const agent =
      createAgent.data?.createAgent ??
      (await createAgent.mutateAsync({ input: { name: name.trim(), roles: [] } })).createAgent;
    const { createApiKey } = await createKey.mutateAsync({ input: { agentId: agent.id, name: agent.name } });
    onCreated({ id: agent.id, name: agent.name, created: createApiKey });
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    // Both faults are shown from the mutations themselves.
    create().catch(() => undefined);
  }

  return (
    <form onSubmit={onSubmit} className="flex max-w-md flex-col gap-3">
      <p className="text-muted text-sm">{t('connect.lead')}</p>
      <Field label={t('connect.name')} error={isTaken ? t('connect.nameTaken') : undefined}>
        <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </Field>
      {error === null ? null : (
        <Callout tone="block" title={words(error).title}>
          {words(error).next}
        </Callout>
      )}
      <PermissionGate need="agents.write">
        <Button
          type="submit"
          variant="primary"
          size="lg"
          disabled={name.trim() === ''}
          isPending={createAgent.isPending || createKey.isPending}
        >
          {t('connect.action')}
        </Button>
      </PermissionGate>
    </form>
  );
}
