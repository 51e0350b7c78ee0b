import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { IconButton } from '@sallyport/ui/icon-button';
import { Menu } from '@sallyport/ui/menu';
import { toast } from '@sallyport/ui/toast';
import { CircleOff, CirclePlay, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DeletePolicyDocument,
  type PolicyRowFragment,
  UpdatePolicyDocument,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { formatCount } from '../../lib/format.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';

const changes = ['policy', 'publication'] as const;

export interface PolicyActionsProps {
  readonly policy: PolicyRowFragment;
  /** Called with the version that the change made. */
  readonly onPublished: (version: number) => void;
  readonly onDeleted?: (() => void) | undefined;
}

/** Enable, disable, delete: what can be done without opening the text. */
export function PolicyActions({ policy, onPublished, onDeleted }: PolicyActionsProps) {
  const { t } = useTranslation(['policies', 'common']);
  const words = useErrorText();
  const canWrite = usePermission('policies.write');
  const [isDeleting, setDeleting] = useState(false);
  const update = useGqlMutation(UpdatePolicyDocument, {
    changes,
    onDone: (result) => onPublished(result.updatePolicy.publication.version),
  });
  const remove = useGqlMutation(DeletePolicyDocument, {
    changes,
    onDone: (result) => {
      setDeleting(false);
      onPublished(result.deletePolicy.version);
      onDeleted?.();
    },
  });
  const { id, name, text, version, enabled } = policy;
  const consequence = !enabled ? 'disabled' : policy.effect === 'forbid' ? 'forbid' : 'permit';
  function toggle() {
    const input = { name, text, enabled: !enabled };
    update.mutate(
      { id, version, input },
      {
        onError: (error) =>
          toast({
            tone: 'block',
            title: error.code === 'conflict' ? t('policies:conflict.title', { name }) : words(error).title,
            description: error.code === 'conflict' ? undefined : words(error).next,
          }),
      },
    );
  }
  return (
    // The row behind it opens the policy; a click in the menu is not meant for it.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events from the row
    <span
      className="inline-flex"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Menu
        trigger={
          <IconButton
            label={t('policies:action.more', { name })}
            icon={<MoreHorizontal />}
            className="size-7"
          />
        }
        entries={[
          {
            kind: 'item',
            id: 'toggle',
            label: t(enabled ? 'policies:action.disable' : 'policies:action.enable'),
            icon: enabled ? <CircleOff /> : <CirclePlay />,
            disabled: !canWrite || update.isPending,
            onSelect: toggle,
          },
          {
            kind: 'item',
            id: 'delete',
            label: t('policies:action.delete'),
            icon: <Trash2 />,
            isDanger: true,
            disabled: !canWrite,
            onSelect: () => setDeleting(true),
          },
        ]}
      />
      {isDeleting ? (
        <ConfirmDanger
          open
          onOpenChange={setDeleting}
          title={t('policies:delete.title', { name })}
          consequence={t(`policies:delete.${consequence}`, { hits: formatCount(policy.hits7d) })}
          confirmLabel={t('policies:action.delete')}
          cancelLabel={t('common:cancel')}
          closeLabel={t('common:close')}
          typeToConfirm={{ word: name, label: t('policies:delete.type', { name }) }}
          isPending={remove.isPending}
          error={remove.error === null ? null : words(remove.error).title}
          onConfirm={() => remove.mutate({ id })}
        />
      ) : null}
    </span>
  );
}
