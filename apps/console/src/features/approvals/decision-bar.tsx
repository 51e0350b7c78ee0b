import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Checkbox } from '@sallyport/ui/checkbox';
import { Field } from '@sallyport/ui/field';
import { Textarea } from '@sallyport/ui/textarea';
import { Check, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../lib/error-text.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import type { DecideMutation } from './approval-pane.tsx';
import { type DecisionDraft, type DecisionInput, useDecision } from './use-decision.ts';

/** Reason, consequence and the two buttons; nothing is decided before one of them is pressed. */
export function DecisionBar(props: DecisionInput) {
  const { t } = useTranslation('approvals');
  const draft = useDecision(props);
  const { field, intent } = draft;
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) draft.commit(intent);
    if (event.key === 'Escape') field.current?.blur();
  }
  useHotkeys({ e: () => draft.prepare('approve'), x: () => draft.prepare('reject') });
  return (
    <div className="flex flex-col gap-2.5 border-t bg-surface px-4 py-3">
      <Fault decide={props.decide} />
      <Field
        label={t(intent === 'approve' ? 'decision.whyApprove' : 'decision.whyReject')}
        error={draft.isReasonMissing ? t('decision.reasonMissing') : undefined}
      >
        <Textarea
          ref={field}
          rows={2}
          value={draft.reason}
          maxLength={500}
          disabled={!draft.isAllowed}
          onKeyDown={onKeyDown}
          onChange={(event) => draft.setReason(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Effect isServer={props.item.kind === 'SERVER'} draft={draft} />
        <Buttons {...props} draft={draft} />
      </div>
    </div>
  );
}

function Effect({ isServer, draft }: { readonly isServer: boolean; readonly draft: DecisionDraft }) {
  const { t } = useTranslation('approvals');
  return (
    <div className="min-w-0 flex-1 basis-56">
      {isServer ? (
        <Checkbox
          checked={draft.publish}
          onChange={draft.setPublish}
          disabled={!draft.isAllowed}
          label={t('decision.publish')}
          hint={t(draft.publish ? 'decision.publishHint' : 'decision.publishOffHint')}
        />
      ) : (
        <p className="text-faint text-xs">{t('decision.atOnce')}</p>
      )}
    </div>
  );
}

type ButtonsProps = DecisionInput & { readonly draft: DecisionDraft };

function Buttons({ item, approved, isStale, isGrave, decide, draft }: ButtonsProps) {
  const { t } = useTranslation('approvals');
  const { intent, hasReason } = draft;
  const isServer = item.kind === 'SERVER';
  const rejected = item.tools.length - approved.size;
  function approveLabel() {
    if (!isServer) return t('decision.approve');
    return rejected === 0
      ? t('decision.approveAll', { count: approved.size })
      : t('decision.approveSome', { count: approved.size, rejected });
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <PermissionGate need="approvals.decide">
        <Button
          variant={isGrave ? 'danger' : 'secondary'}
          disabled={isStale}
          isPending={decide.isPending && intent === 'reject'}
          icon={<X className="size-4" aria-hidden="true" />}
          onClick={() => draft.commit('reject')}
        >
          {t(isServer ? 'decision.rejectAll' : 'decision.reject')}
          <Hint keys={intent === 'reject' && hasReason ? '⌃↵' : 'x'} />
        </Button>
      </PermissionGate>
      <PermissionGate need="approvals.decide">
        <Button
          variant={isGrave ? 'secondary' : 'primary'}
          disabled={isStale || approved.size === 0}
          isPending={decide.isPending && intent === 'approve'}
          icon={<Check className="size-4" aria-hidden="true" />}
          onClick={() => draft.commit('approve')}
        >
          {approveLabel()}
          <Hint keys={intent === 'approve' && hasReason ? '⌃↵' : 'e'} />
        </Button>
      </PermissionGate>
    </div>
  );
}

function Hint({ keys }: { readonly keys: string }) {
  return (
    <span aria-hidden="true" className="font-mono text-2xs opacity-70 max-lg:hidden">
      {keys}
    </span>
  );
}

/** A definition that moved under the decision is named; nothing was decided then. */
function Fault({ decide }: { readonly decide: DecideMutation }) {
  const { t } = useTranslation('approvals');
  const words = useErrorText();
  if (decide.error === null) return null;
  const { code, details } = decide.error;
  const tool = typeof details.tool === 'string' ? details.tool : null;
  if (code === 'conflict') {
    return (
      <Callout tone="block" title={tool === null ? t('conflict.decided') : t('conflict.moved', { tool })}>
        {t('conflict.next')}
      </Callout>
    );
  }
  return (
    <Callout tone="block" title={words(decide.error).title}>
      {words(decide.error).next}
    </Callout>
  );
}
