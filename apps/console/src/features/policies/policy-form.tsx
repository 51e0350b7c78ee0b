import { Button } from '@sallyport/ui/button';
import { CodeEditor } from '@sallyport/ui/code-editor';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Switch } from '@sallyport/ui/switch';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { CircleCheck, CircleX } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { type PolicyCheck, usePolicyCheck } from './use-policy-check.ts';
import { Vocabulary } from './vocabulary.tsx';

export interface PolicyDraft {
  readonly name: string;
  readonly text: string;
  readonly enabled: boolean;
}

const cedar = {
  keywords: ['permit', 'forbid', 'when', 'unless', 'if', 'then', 'else', 'in', 'has', 'like', 'is'],
  atoms: ['true', 'false', 'principal', 'action', 'resource', 'context'],
};

export interface PolicyFormProps {
  readonly draft: PolicyDraft;
  readonly onChange: (draft: PolicyDraft) => void;
  readonly onSave: () => void;
  readonly isSaving: boolean;
  /** Nothing differs from what is stored. */
  readonly isUnchanged: boolean;
  readonly nameError?: string | undefined;
  readonly saveLabel: string;
  readonly children?: ReactNode;
}

/** Name and Cedar text, faults at their line while typing. */
export function PolicyForm(props: PolicyFormProps) {
  const { draft, onChange, onSave, isSaving, isUnchanged, nameError, saveLabel, children } = props;
  const { t } = useTranslation(['policies', 'common']);
  const canWrite = usePermission('policies.write');
  const { check, problems } = usePolicyCheck(draft.text);
  const marks = useMemo(
    () =>
      problems.map((problem) => ({
        message: problem.message,
        startLine: problem.startLine ?? undefined,
        startColumn: problem.startColumn ?? undefined,
        endLine: problem.endLine ?? undefined,
        endColumn: problem.endColumn ?? undefined,
      })),
    [problems],
  );
  const isReady =
    draft.name.trim() !== '' && draft.text.trim() !== '' && check.kind !== 'problems' && !isUnchanged;
  return (
    <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-4">
        {children}
        <Field label={t('policies:form.name')} error={nameError}>
          <Input
            value={draft.name}
            maxLength={100}
            readOnly={!canWrite}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="font-medium text-sm">{t('policies:form.text')}</span>
          <CodeEditor
            value={draft.text}
            onChange={(text) => onChange({ ...draft, text })}
            language={cedar}
            label={t('policies:form.text')}
            loadingLabel={t('common:loading')}
            isReadOnly={!canWrite}
            problems={marks}
            className="min-h-72!"
          />
          <CheckResult check={check} isEmpty={draft.text.trim() === ''} />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Switch
            checked={draft.enabled}
            disabled={!canWrite}
            onChange={(enabled) => onChange({ ...draft, enabled })}
            label={t('policies:form.enabled')}
            hint={t('policies:form.enabledHint')}
          />
          <PermissionGate need="policies.write">
            <Button variant="primary" isPending={isSaving} disabled={!isReady} onClick={onSave}>
              {saveLabel}
            </Button>
          </PermissionGate>
        </div>
      </div>
      <Vocabulary />
    </div>
  );
}

/** The verdict of the compiler in words, beside the marks in the text. */
function CheckResult({ check, isEmpty }: { readonly check: PolicyCheck; readonly isEmpty: boolean }) {
  const { t } = useTranslation('policies');
  if (check.kind === 'problems') {
    return (
      <ul role="status" className="flex flex-col gap-1 text-block text-sm">
        {check.problems.map((problem) => (
          <li key={`${problem.startLine}-${problem.startColumn}-${problem.message}`} className="flex gap-2">
            <CircleX className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            <span className="min-w-0">
              {problem.startLine === null ? null : (
                <span className="me-1.5 font-medium tabular-nums">
                  {t('check.at', { line: problem.startLine, column: problem.startColumn ?? 1 })}
                </span>
              )}
              <UntrustedText text={problem.message} isMultiline maxLength={600} />
            </span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <p role="status" className="flex items-center gap-2 text-muted text-sm">
      {check.kind === 'ok' ? <CircleCheck className="size-4 text-allow" aria-hidden="true" /> : null}
      {isEmpty ? t('check.empty') : t(`check.${check.kind}`)}
    </p>
  );
}
