import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SetAgentStateDocument } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { AgentDialog } from './agent-dialog.tsx';
import type { AgentDetail, Revoked } from './agent-page.tsx';
import { keyState } from './key-state.ts';

export interface AgentActionsProps {
  readonly agent: AgentDetail;
  readonly onRevoked: (revoked: Revoked) => void;
}

/** Edit, suspend, resume. */
export function AgentActions({ agent, onRevoked }: AgentActionsProps) {
  const { t } = useTranslation(['agents', 'common']);
  const words = useErrorText();
  const [step, setStep] = useState<'none' | 'edit' | 'suspend'>('none');
  const close = () => setStep('none');
  const { id, name } = agent;
  const isActive = agent.state === 'ACTIVE';
  const change = useGqlMutation(SetAgentStateDocument, {
    changes: ['agent', 'publication'],
    onDone: ({ setAgentState: { revSeq } }) => {
      close();
      onRevoked({ title: t(isActive ? 'agents:suspended' : 'agents:resumed', { name }), revSeq });
    },
  });
  const activeKeys = agent.keys.filter((key) => keyState(key, Date.now()) === 'active').length;
  return (
    <>
      <PermissionGate need="agents.write">
        <Button onClick={() => setStep('edit')}>{t('agents:action.edit')}</Button>
      </PermissionGate>
      <PermissionGate need="agents.write">
        <Button
          isPending={change.isPending && step === 'none'}
          onClick={() => (isActive ? setStep('suspend') : change.mutate({ id, state: 'ACTIVE' }))}
        >
          {t(isActive ? 'agents:action.suspend' : 'agents:action.resume')}
        </Button>
      </PermissionGate>
      {step === 'edit' ? <AgentDialog agent={agent} onClose={close} /> : null}
      {step === 'suspend' ? (
        <ConfirmDanger
          open
          onOpenChange={close}
          title={t('agents:suspendTitle', { name })}
          consequence={t('agents:suspendConsequence', { count: activeKeys })}
          confirmLabel={t('agents:action.suspend')}
          cancelLabel={t('common:cancel')}
          closeLabel={t('common:close')}
          isPending={change.isPending}
          error={change.error === null ? null : words(change.error).title}
          onConfirm={() => change.mutate({ id, state: 'SUSPENDED' })}
        />
      ) : null}
    </>
  );
}
