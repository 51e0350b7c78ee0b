import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Checkbox } from '@sallyport/ui/checkbox';
import { Dialog } from '@sallyport/ui/dialog';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Segmented } from '@sallyport/ui/segmented';
import { Select } from '@sallyport/ui/select';
import { Switch } from '@sallyport/ui/switch';
import { Textarea } from '@sallyport/ui/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CreateDetectionRuleDocument,
  type CustomRuleRowFragment,
  UpdateDetectionRuleDocument,
} from '../../generated/graphql.ts';
import { type ApiError, faultyField } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useGqlMutation } from '../../lib/query.ts';
import { severityOrder } from '../../parts/badges.tsx';
import { codeOf, isComplete, type RuleDraft, ruleSurfaces, toDraft, toInput } from './rule-draft.ts';
import { RuleTools } from './rule-tools.tsx';
import { RuleTrial } from './rule-trial.tsx';
import { usePublished } from './use-detection.ts';

export interface RuleDialogProps {
  readonly rule: CustomRuleRowFragment | null;
  readonly onClose: () => void;
}

const changes = ['detection', 'publication'] as const;

/** Writes a rule, tries it on a text, and saves it for the workers. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const { t } = useTranslation(['detection', 'common']);
  const onPublished = usePublished();
  const [draft, setDraft] = useState(() => toDraft(rule));
  const onDone = (version: number) => {
    onPublished(version);
    onClose();
  };
  const create = useGqlMutation(CreateDetectionRuleDocument, {
    changes,
    onDone: (result) => onDone(result.createDetectionRule.publication.version),
  });
  const update = useGqlMutation(UpdateDetectionRuleDocument, {
    changes,
    onDone: (result) => onDone(result.updateDetectionRule.publication.version),
  });
  const error = create.error ?? update.error;
  function save() {
    if (rule === null) create.mutate({ input: toInput(draft) });
    else update.mutate({ id: rule.id, version: rule.version, input: toInput(draft) });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(rule === null ? 'detection:own.newTitle' : 'detection:own.editTitle')}
      description={t('detection:own.dialogLead')}
      closeLabel={t('common:close')}
      size="lg"
      isSticky
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!isComplete(draft)}
            isPending={create.isPending || update.isPending}
            onClick={save}
          >
            {t(rule === null ? 'detection:own.create' : 'common:save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Fields
          draft={draft}
          isNew={rule === null}
          error={error}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        <RuleTrial kind={draft.kind} value={draft.value} />
        <Fault error={error} />
      </div>
    </Dialog>
  );
}

const shownFields = ['code', 'title', 'value'];

function Fault({ error }: { readonly error: ApiError | null }) {
  const words = useErrorText();
  const { t } = useTranslation('detection');
  if (error === null || shownFields.includes(faultyField(error)?.field ?? '')) return null;
  const { title, next } = words(error);
  return (
    <div role="alert">
      <Callout tone="block" title={error.code === 'conflict' ? t('own.conflict') : title}>
        {error.code === 'conflict' ? t('own.conflictNext') : (faultyField(error)?.reason ?? next)}
      </Callout>
    </div>
  );
}

interface FieldsProps {
  readonly draft: RuleDraft;
  readonly isNew: boolean;
  readonly error: ApiError | null;
  readonly onChange: (change: Partial<RuleDraft>) => void;
}

function Fields({ draft, isNew, error, onChange }: FieldsProps) {
  const { t } = useTranslation(['detection', 'common', 'parts']);
  const fault = faultyField(error);
  const errorOf = (field: string) => (fault?.field === field ? fault.reason : undefined);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('detection:own.titleLabel')} error={errorOf('title')}>
          <Input
            value={draft.title}
            maxLength={120}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        </Field>
        <Field
          label={t('detection:own.codeLabel')}
          hint={t('detection:own.codeHint')}
          error={errorOf('code')}
        >
          <Input
            value={draft.code}
            maxLength={60}
            placeholder={codeOf(draft.title)}
            disabled={!isNew}
            className="font-mono"
            onChange={(event) => onChange({ code: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <span className="flex flex-col gap-1.5">
          <span className="font-medium text-sm">{t('detection:own.kindLabel')}</span>
          <Segmented
            label={t('detection:own.kindLabel')}
            value={draft.kind}
            options={(['KEYWORDS', 'PATTERN'] as const).map((value) => ({
              value,
              label: t(`detection:own.kind.${value}`),
            }))}
            onChange={(kind) => onChange({ kind })}
          />
        </span>
        <Field label={t('detection:column.severity')} className="w-40">
          <Select
            value={draft.severity}
            options={severityOrder.map((value) => ({ value, label: t(`common:severity.${value}`) }))}
            onChange={(severity) => onChange({ severity })}
          />
        </Field>
        <Switch
          checked={draft.enabled}
          label={t('detection:own.enabled')}
          onChange={(enabled) => onChange({ enabled })}
        />
      </div>
      <Field
        label={t(`detection:own.value.${draft.kind}`)}
        hint={t(`detection:own.valueHint.${draft.kind}`)}
        error={errorOf('value')}
      >
        <Textarea
          value={draft.value}
          rows={4}
          spellCheck={false}
          className="font-mono"
          onChange={(event) => onChange({ value: event.target.value })}
        />
      </Field>
      <fieldset>
        <legend className="mb-1.5 font-medium text-sm">{t('detection:own.surfaces')}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1.5">
          {ruleSurfaces.map((surface) => (
            <Checkbox
              key={surface}
              checked={draft.surfaces.includes(surface)}
              label={t(`parts:detection.surface.${surface}`)}
              onChange={(isOn) =>
                onChange({
                  surfaces: isOn
                    ? [...draft.surfaces, surface]
                    : draft.surfaces.filter((each) => each !== surface),
                })
              }
            />
          ))}
        </div>
      </fieldset>
      <RuleTools value={draft.toolIds} onChange={(toolIds) => onChange({ toolIds })} />
    </>
  );
}
