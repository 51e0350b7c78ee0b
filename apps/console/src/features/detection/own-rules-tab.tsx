import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { DataTable } from '@sallyport/ui/data-table';
import { EmptyState } from '@sallyport/ui/empty-state';
import { Section } from '@sallyport/ui/section';
import { ListPlus, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CustomRuleRowFragment,
  CustomRuleRowFragmentDoc,
  DeleteDetectionRuleDocument,
  type DetectionViewFragment,
} from '../../generated/graphql.ts';
import { readFragment } from '../../generated/index.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate, usePermission } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { ownRuleColumns } from './own-rule-columns.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { usePublished } from './use-detection.ts';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'new' }
  | { readonly kind: 'edit' | 'delete'; readonly rule: CustomRuleRowFragment };

/** Rules that this tenant wrote: keywords and patterns of its own. */
export function OwnRulesTab({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const canWrite = usePermission('settings.write');
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const rows = readFragment(CustomRuleRowFragmentDoc, view.customRules);
  const columns = useMemo(
    () => ownRuleColumns(t, { canWrite, onDelete: (rule) => setOpen({ kind: 'delete', rule }) }),
    [t, canWrite],
  );
  const close = () => setOpen({ kind: 'none' });
  const create = (
    <PermissionGate need="settings.write">
      <Button
        variant="primary"
        icon={<Plus className="size-4" aria-hidden="true" />}
        onClick={() => setOpen({ kind: 'new' })}
      >
        {t('own.new')}
      </Button>
    </PermissionGate>
  );
  return (
    <Section
      title={t('own.title')}
      description={t('own.lead')}
      isFlush
      aside={rows.length === 0 ? undefined : create}
    >
      {rows.length === 0 ? (
        <EmptyState
          icon={<ListPlus />}
          title={t('own.empty')}
          description={t('own.emptyNext')}
          action={create}
        />
      ) : (
        <DataTable
          label={t('own.title')}
          loadingLabel={t('own.title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          state={{ kind: 'ready' }}
          rowHeight={48}
          onOpen={(rule) => canWrite && setOpen({ kind: 'edit', rule })}
          empty={null}
        />
      )}
      {open.kind === 'new' ? <RuleDialog rule={null} onClose={close} /> : null}
      {open.kind === 'edit' ? <RuleDialog key={open.rule.id} rule={open.rule} onClose={close} /> : null}
      {open.kind === 'delete' ? <DeleteRule rule={open.rule} onClose={close} /> : null}
    </Section>
  );
}

function DeleteRule({
  rule,
  onClose,
}: {
  readonly rule: CustomRuleRowFragment;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['detection', 'common']);
  const words = useErrorText();
  const onPublished = usePublished();
  const remove = useGqlMutation(DeleteDetectionRuleDocument, {
    changes: ['detection', 'publication'],
    onDone: (result) => {
      onPublished(result.deleteDetectionRule.version);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      onOpenChange={onClose}
      title={t('detection:own.deleteTitle', { title: rule.title })}
      consequence={t('detection:own.deleteWhat', { code: rule.code })}
      confirmLabel={t('detection:own.delete')}
      cancelLabel={t('common:cancel')}
      closeLabel={t('common:close')}
      isPending={remove.isPending}
      error={remove.error === null ? null : words(remove.error).title}
      onConfirm={() => remove.mutate({ id: rule.id })}
    />
  );
}
