import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Section } from '@sallyport/ui/section';
import { Select } from '@sallyport/ui/select';
import { StatusBadge } from '@sallyport/ui/status-badge';
import { Switch } from '@sallyport/ui/switch';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DetectionViewFragment,
  type OnFailure,
  RemoveExternalClassifierDocument,
  SetExternalClassifierDocument,
} from '../../generated/graphql.ts';
import { type ApiError, faultyField } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { type ClassifierDraft, classifierDraft, toClassifierInput } from './classifier-draft.ts';
import { keepView, usePublished } from './use-detection.ts';

type External = DetectionViewFragment['external'];

/** A classifier of the tenant's own, asked over HTTP only where the local tiers are unsure; off until somebody sets it. */
export function ClassifierSection({ external }: { readonly external: External }) {
  const { t } = useTranslation('detection');
  const client = useQueryClient();
  const onPublished = usePublished();
  const canWrite = usePermission('settings.write');
  const [draft, setDraft] = useState<ClassifierDraft>(() => classifierDraft(external));
  const [isRemoving, setRemoving] = useState(false);
  const save = useGqlMutation(SetExternalClassifierDocument, {
    changes: ['publication'],
    onDone: ({ setExternalClassifier: { detection, publication } }) => {
      keepView(client, detection);
      setDraft((before) => ({ ...before, token: '' }));
      onPublished(publication.version);
    },
  });
  const isOn = external?.enabled === true;
  return (
    <Section
      title={t('classifier.title')}
      description={t('classifier.lead')}
      aside={
        <StatusBadge tone={isOn ? 'accent' : 'neutral'}>
          {t(isOn ? 'classifier.on' : 'classifier.off')}
        </StatusBadge>
      }
    >
      <form
        className="flex max-w-3xl flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ input: toClassifierInput(draft) });
        }}
      >
        <Callout tone="hold" title={t('classifier.leaves')}>
          {t('classifier.leavesNext')}
        </Callout>
        <fieldset disabled={!canWrite} className="flex flex-col gap-4">
          <legend className="sr-only">{t('classifier.title')}</legend>
          <ClassifierFields
            draft={draft}
            hasToken={external?.hasToken ?? false}
            error={save.error}
            onChange={(change) => setDraft({ ...draft, ...change })}
          />
        </fieldset>
        <Fault error={save.error} />
        <span className="flex flex-wrap gap-2">
          <PermissionGate need="settings.write">
            <Button
              type="submit"
              variant="primary"
              disabled={draft.url.trim() === ''}
              isPending={save.isPending}
            >
              {t('classifier.save')}
            </Button>
          </PermissionGate>
          {external === null ? null : (
            <PermissionGate need="settings.write">
              <Button onClick={() => setRemoving(true)}>{t('classifier.remove')}</Button>
            </PermissionGate>
          )}
        </span>
      </form>
      {isRemoving ? <Remove onClose={() => setRemoving(false)} /> : null}
    </Section>
  );
}

const shownFields = ['url', 'budgetMs', 'perMinute', 'token'];

function Fault({ error }: { readonly error: ApiError | null }) {
  const words = useErrorText();
  if (error === null || shownFields.includes(faultyField(error)?.field ?? '')) return null;
  return (
    <div role="alert">
      <Callout tone="block" title={words(error).title}>
        {words(error).next}
      </Callout>
    </div>
  );
}

interface FieldsProps {
  readonly draft: ClassifierDraft;
  readonly hasToken: boolean;
  readonly error: ApiError | null;
  readonly onChange: (change: Partial<ClassifierDraft>) => void;
}

function ClassifierFields({ draft, hasToken, error, onChange }: FieldsProps) {
  const { t } = useTranslation(['detection', 'parts']);
  const fault = faultyField(error);
  const errorOf = (field: string) => (fault?.field === field ? fault.reason : undefined);
  return (
    <>
      <Switch
        checked={draft.enabled}
        label={t('detection:classifier.enabled')}
        hint={t('detection:classifier.enabledHint')}
        onChange={(enabled) => onChange({ enabled })}
      />
      <Field
        label={t('detection:classifier.url')}
        hint={t('detection:classifier.urlHint')}
        error={errorOf('url')}
      >
        <Input
          type="url"
          value={draft.url}
          placeholder="https://classifier.example.com/judge"
          className="font-mono"
          onChange={(event) => onChange({ url: event.target.value })}
        />
      </Field>
      <Field
        label={t('detection:classifier.token')}
        hint={t(hasToken ? 'parts:connection.keepHint' : 'parts:connection.secretHint')}
        error={errorOf('token')}
      >
        <Input
          type="password"
          autoComplete="off"
          value={draft.token}
          onChange={(event) => onChange({ token: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          label={t('detection:classifier.budget')}
          hint={t('detection:classifier.budgetHint')}
          error={errorOf('budgetMs')}
        >
          <Input
            type="number"
            min={10}
            value={draft.budgetMs}
            onChange={(event) => onChange({ budgetMs: event.target.value })}
          />
        </Field>
        <Field
          label={t('detection:classifier.perMinute')}
          hint={t('detection:classifier.perMinuteHint')}
          error={errorOf('perMinute')}
        >
          <Input
            type="number"
            min={1}
            value={draft.perMinute}
            onChange={(event) => onChange({ perMinute: event.target.value })}
          />
        </Field>
        <Field
          label={t('detection:classifier.onFailure')}
          hint={t(`detection:classifier.failure.${draft.onFailure}_hint`)}
        >
          <Select<OnFailure>
            value={draft.onFailure}
            options={(['PASS', 'BLOCK'] as const).map((value) => ({
              value,
              label: t(`detection:classifier.failure.${value}`),
            }))}
            onChange={(onFailure) => onChange({ onFailure })}
          />
        </Field>
      </div>
    </>
  );
}

function Remove({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['detection', 'common']);
  const client = useQueryClient();
  const words = useErrorText();
  const onPublished = usePublished();
  const remove = useGqlMutation(RemoveExternalClassifierDocument, {
    changes: ['publication'],
    onDone: ({ removeExternalClassifier: { detection, publication } }) => {
      keepView(client, detection);
      onPublished(publication.version);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      onOpenChange={onClose}
      title={t('detection:classifier.removeTitle')}
      consequence={t('detection:classifier.removeWhat')}
      confirmLabel={t('detection:classifier.remove')}
      cancelLabel={t('common:cancel')}
      closeLabel={t('common:close')}
      isPending={remove.isPending}
      error={remove.error === null ? null : words(remove.error).title}
      onConfirm={() => remove.mutate({})}
    />
  );
}
