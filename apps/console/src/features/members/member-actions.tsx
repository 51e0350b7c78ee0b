import { Button } from '@sallyport/ui/button';
import { ConfirmDanger } from '@sallyport/ui/confirm-danger';
import { Dialog } from '@sallyport/ui/dialog';
import { IconButton } from '@sallyport/ui/icon-button';
import { Menu } from '@sallyport/ui/menu';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type MembersPageQuery,
  RemoveMemberDocument,
  type Role,
  SetMemberRolesDocument,
} from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { RoleChoice } from './role-choice.tsx';

export type MemberRow = MembersPageQuery['members'][number];

interface OwnProps {
  readonly member: MemberRow;
  readonly onClose: () => void;
}

function EditRoles({ member, onClose }: OwnProps) {
  const { t } = useTranslation(['members', 'common']);
  const errorText = useErrorText();
  const [roles, setRoles] = useState<Role[]>([...member.roles]);
  const save = useGqlMutation(SetMemberRolesDocument, { changes: ['member'], onDone: onClose });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={t('edit.title', { name: member.user.displayName })}
      closeLabel={t('common:close')}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            variant="primary"
            isPending={save.isPending}
            disabled={roles.length === 0}
            onClick={() => save.mutate({ id: member.id, roles })}
          >
            {t('edit.save')}
          </Button>
        </>
      }
    >
      <RoleChoice value={roles} onChange={setRoles} />
      {save.error ? (
        <p role="alert" className="mt-3 text-block text-sm">
          {errorText(save.error).title}
        </p>
      ) : null}
    </Dialog>
  );
}

function Removal({ member, onClose }: OwnProps) {
  const { t } = useTranslation(['members', 'common']);
  const errorText = useErrorText();
  const remove = useGqlMutation(RemoveMemberDocument, { changes: ['member'], onDone: onClose });
  const { displayName: name } = member.user;
  return (
    <ConfirmDanger
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={t('removal.title', { name })}
      consequence={t('removal.consequence', { name })}
      confirmLabel={t('removal.confirm')}
      cancelLabel={t('common:cancel')}
      closeLabel={t('common:close')}
      isPending={remove.isPending}
      error={remove.error ? errorText(remove.error).title : undefined}
      onConfirm={() => remove.mutate({ id: member.id })}
    />
  );
}

/** What can be done to one member. */
export function MemberActions({ member }: { readonly member: MemberRow }) {
  const { t } = useTranslation(['members', 'common']);
  const [step, setStep] = useState<'roles' | 'removal' | null>(null);
  const isAllowed = usePermission('members.write');
  const close = () => setStep(null);
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={t('actions', { name: member.user.displayName })} icon={<Ellipsis />} />}
        entries={[
          {
            kind: 'item',
            id: 'roles',
            label: t('changeRoles'),
            disabled: !isAllowed,
            onSelect: () => setStep('roles'),
          },
          {
            kind: 'item',
            id: 'remove',
            label: t('remove'),
            isDanger: true,
            disabled: !isAllowed,
            onSelect: () => setStep('removal'),
          },
        ]}
      />
      {step === 'roles' ? <EditRoles member={member} onClose={close} /> : null}
      {step === 'removal' ? <Removal member={member} onClose={close} /> : null}
    </>
  );
}
